"""Whatever is done to a file, ``verify`` says so; ``warcio check`` passes most of it."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archive import members
from crawler.archive.members import Member
from tests.archive.conftest import Kept, exchange, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.archive.exchange import Exchange


def packed(text: bytes) -> bytes:
    return gzip.compress(text, mtime=0)


def parts(data: bytes) -> list[Member]:
    """The members of a file that is whole."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return [part for part in members.walk(Path(file.name)) if isinstance(part, Member)]


def last(data: bytes) -> int:
    """Where the last member begins."""
    return data.rindex(members.MAGIC)


DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut in the last member": (lambda data: data[:-20], "cut short"),
    "cut at a member": (lambda data: data[: last(data)], ""),
    "cut in the middle": (lambda data: data[: len(data) // 2], "cut short"),
    "zeros at the end": (lambda data: data + bytes(4096), "filled with zeros"),
    "zeros in place of the end": (lambda data: data[:-1000] + bytes(1000), ""),
    "zeros in the middle": (lambda data: data[:900] + bytes(300) + data[1200:], ""),
    "empty": (lambda _: b"", "the file is empty"),
    "words at the end": (lambda data: data + b"appended by hand", "no gzip member begins here"),
    "one member for all": (lambda data: packed(gzip.decompress(data)), "something stands behind it"),
    "two records in one": (
        lambda data: data + packed(gzip.decompress(data[last(data) :]) * 2),
        "something stands",
    ),
    "a lie in clear": (
        lambda data: b"".join(packed(part.text.replace(b"200 OK", b"404 OK")) for part in parts(data)),
        "block digest is wrong",
    ),
}


def test_a_sound_archive_is_sound(kept: Kept) -> None:
    report = kept.verify()
    assert not report.findings
    assert not report.orphans
    assert (report.files, report.rows) == (1, 3)
    assert report.records == {"warcinfo": 1, "response": 3, "request": 3, "metadata": 3}


@pytest.mark.parametrize("name", [name for name in DAMAGE if name != "cut at a member"])
def test_damage_is_found(kept: Kept, name: str) -> None:
    change, what = DAMAGE[name]
    kept.file.write_bytes(change(kept.file.read_bytes()))
    findings = kept.verify().findings
    assert findings
    assert all(finding.file == kept.rows[0].file for finding in findings)
    assert any(what in finding.what for finding in findings)


def test_a_file_cut_between_two_records_is_found_by_its_rows(kept: Kept) -> None:
    data = kept.file.read_bytes()
    kept.file.write_bytes(data[: kept.rows[2].offset])
    [finding] = kept.verify().findings
    assert (finding.offset, finding.fetch) == (kept.rows[2].offset, 2)


def test_a_missing_file_is_found(kept: Kept) -> None:
    kept.file.unlink()
    [finding] = kept.verify().findings
    assert "missing: 3 rows" in finding.what


def test_records_behind_damage_are_still_read(kept: Kept) -> None:
    data = bytearray(kept.file.read_bytes())
    data[kept.rows[1].offset + 40] ^= 0x20
    kept.file.write_bytes(data)
    report = kept.verify()
    assert {finding.offset for finding in report.findings} == {kept.rows[1].offset}
    assert report.records["response"] == 2


@pytest.mark.parametrize(("row", "what"), [
    ({"record": "urn:uuid:0"}, "the row names urn:uuid:0"),
    ({"digest": "sha256:0"}, "the page is not the one"),
    ({"offset": 7}, "no whole record begins here"),
    ({"offset": 0}, "here stands"),
])  # fmt: skip
def test_a_row_that_leads_elsewhere_is_found(kept: Kept, row: dict[str, object], what: str) -> None:
    kept.rows[1] = replace(kept.rows[1], **row)  # type: ignore[arg-type]
    assert [finding.fetch for finding in kept.verify().findings if what in finding.what] == [1]


def test_a_record_without_a_row_is_an_orphan(kept: Kept) -> None:
    gone = kept.rows.pop()
    report = kept.verify()
    assert not report.findings
    assert [(one.record, one.url) for one in report.orphans] == [(gone.record, "https://courrier.example/2")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_no_bit_can_be_flipped_unseen(kept: Kept, data: st.DataObject) -> None:
    """Any one bit of a file, but two bytes of a gzip header that say nothing: the level, and the system.

    Behind the header some bits only fill up a byte, the first of a block that is stored as it is and the
    last before the checksum: what a member says is the same, and nobody can tell.
    """
    whole = kept.file.read_bytes()
    begins = [part.offset for part in parts(whole)]
    heads = {begin + place for begin in begins for place in (8, 9)}
    headers = {begin + place for begin in begins for place in range(10)}
    place = data.draw(st.integers(0, len(whole) - 1).filter(lambda place: place not in heads))
    changed = bytearray(whole)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        kept.file.write_bytes(changed)
        says_the_same = place not in headers and gzip.decompress(whole) == _unpacked(bytes(changed))
        assert kept.verify().findings or says_the_same
    finally:
        kept.file.write_bytes(whole)


def _unpacked(data: bytes) -> bytes:
    """What a file of gzip members says; nothing if it is none."""
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return b""


def test_other_readers_find_our_files_sound(tmp_path: Path) -> None:
    """``gzip -t`` and warcio's own check, where they are installed."""
    pytest.importorskip("warcio")
    headers, body = [("Content-Encoding", "gzip")], packed(b"texte")  # warcio stumbles on brotli 1.2

    def build(number: int) -> Exchange:
        return exchange(f"https://courrier.example/{number}", headers=headers, body=body)

    kept = write(tmp_path / "archive", 5, build)
    subprocess.run(["gzip", "-t", kept.file], check=True)
    check = "import sys; from warcio.cli import main; main(['check', '-v', sys.argv[1]])"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", check, kept.file], capture_output=True, text=True, check=False
    )
    assert done.stdout.count("digest pass") == 15 + 1, done.stdout
