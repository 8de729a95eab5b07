"""Captures come back as they went in, from our files and from those of others."""

from __future__ import annotations

import gzip
import random
import zipfile
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import records
from crawler.archive.reader import LARGEST, Capture, captures, original, read
from crawler.archive.writer import Writer
from crawler.errors import CaptureError
from crawler.text.codings import unpack
from tests.archive.conftest import AT, Kept, exchange, page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_what_is_written_is_read(kept: Kept) -> None:
    for number, row in enumerate(kept.rows):
        capture = read(kept.folder / row.file, row.offset)
        assert (capture.kind, capture.record, capture.status) == ("response", row.record, 200)
        assert capture.url == f"https://courrier.example/{number}"
        assert capture.fetched_at == AT
        assert capture.body.decode() == page(number)
        assert brotli.decompress(capture.payload) == capture.body


def in_one(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data))


@pytest.mark.parametrize("pack", [bytes, gzip.decompress, in_one])
def test_a_file_is_read_however_it_is_packed(
    kept: Kept, tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    """A member a record, none at all, or one for the whole file; the offset leads back in each."""
    file = tmp_path / "other.warc"
    file.write_bytes(pack(kept.file.read_bytes()))
    found = list(captures(file))
    assert [capture.record for capture in found] == [row.record for row in kept.rows]
    assert [read(file, capture.offset).body for capture in found] == [capture.body for capture in found]


def test_captures_of_a_wacz_package(kept: Kept, tmp_path: Path) -> None:
    package = tmp_path / "week.wacz"
    with zipfile.ZipFile(package, "w") as made:
        made.write(kept.file, "archive/data.warc.gz")
        made.writestr("pages/pages.jsonl", "{}")
    found = list(captures(package, wanted=lambda url: url.endswith("/1")))
    assert [capture.body.decode() for capture in found] == [page(1)]
    assert found[0].file == f"{package}#archive/data.warc.gz"
    assert read(found[0].file, found[0].offset) == found[0]


def test_warc_of_others(tmp_path: Path) -> None:
    """WARC 1.0: an address in angle brackets, chunks left as they came, LF alone, no digests."""
    http = b"HTTP/1.0 200\nContent-type: text/html\nTransfer-Encoding: chunked\n\n5\r\nsalut\r\n0\r\n\r\n"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "WARC-Date: 2016-09-01T08:00:00Z\r\nWARC-Target-URI: <http://courrier.example/a>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    file = tmp_path / "other.warc"
    file.write_bytes(head.encode() + http + b"\r\n\r\n")
    [capture] = captures(file)
    assert (capture.url, capture.body, capture.status) == ("http://courrier.example/a", b"salut", 200)
    assert capture.fetched_at.isoformat() == "2016-09-01T08:00:00+00:00"


def test_a_file_still_open_is_read_and_a_revisit_finds_its_body(tmp_path: Path) -> None:
    writer = Writer(tmp_path, info={})
    first = exchange("https://courrier.example/a", "la même page")
    file, offset = writer.append(first.response())[0]
    held = original(tmp_path, file, offset)
    again = exchange(first.url, "la même page", headers=[("Age", "1")])
    place = writer.append(again.revisit(held))[0]
    unmodified = exchange(first.url, body=b"", status=304)
    last = writer.append(unmodified.revisit(original(tmp_path, *place)))[0]
    for where, name in ((place, again.record), (last, unmodified.record)):
        capture = read(tmp_path / where[0], where[1])
        assert (capture.kind, capture.record, capture.refers_to) == ("revisit", name, first.record)
        assert capture.body.decode() == "la même page"
    assert captures(next(tmp_path.iterdir()))
    writer.close()


@pytest.mark.parametrize(("name", "offset", "what"), [
    ("none.warc.gz", 0, "no such file"),
    ("", 3, "damaged"),
    ("", 0, "no capture there"),
    ("", 10**9, "no capture there"),
])  # fmt: skip
def test_what_cannot_be_read_is_said(kept: Kept, name: str, offset: int, what: str) -> None:
    with pytest.raises(CaptureError, match=what):
        read(kept.folder / (name or kept.file.name), offset)


@pytest.mark.parametrize("left", [100, 200, 300, 400, 450])
def test_a_capture_cut_short_is_none(kept: Kept, left: int) -> None:
    data = kept.file.read_bytes()
    kept.file.write_bytes(data[: kept.rows[0].offset + left])
    with pytest.raises(CaptureError, match=r"cut short|damaged|no time"):
        read(kept.file, kept.rows[0].offset)


@given(url=st.text(min_size=1), name=st.text(min_size=1), value=st.text())
def test_nothing_ends_its_line(url: str, name: str, value: str) -> None:
    """No address and no header can begin another line, in the WARC header or in HTTP's."""
    made = exchange(f"http://e.example/{url}", asked=[(name, value)], headers=[(name, value)])
    for record in made.response():
        head, _, block = record.partition(b"\r\n\r\n")
        assert len(head.split(b"\r\n")) <= 10
        assert len(block.partition(b"\r\n\r\n")[0].splitlines()) <= 3
    assert records.address(records.address(url)) == records.address(url) or "%" in url


@pytest.mark.parametrize("name", ["Set-Cookie", "set-cookie2", "Cookie", "Authorization"])
def test_cookies_and_credentials_are_left_out(name: str) -> None:
    made = exchange("http://e.example/", asked=[(name, "secret")], headers=[(name, "secret")])
    assert not any(b"secret" in record for record in made.response())


PAGE = page(1).encode()


def _captured(payload: bytes, coding: str) -> Capture:
    return Capture(
        kind="response",
        record="",
        url="http://e.example/",
        fetched_at=AT,
        status=200,
        headers={"content-encoding": coding},
        payload=payload,
        file="x.warc.gz",
        offset=0,
    )


@pytest.mark.parametrize(("payload", "coding"), [
    (gzip.compress(PAGE), "gzip"),
    (brotli.compress(gzip.compress(PAGE)), "gzip, br"),
    (PAGE, "gzip"),  # a server that only says so
    (gzip.compress(PAGE)[:-8] + bytes(8), "x-gzip"),  # its checksum is wrong
    (PAGE, ""),
])  # fmt: skip
def test_a_capture_gives_what_the_crawl_has_read(payload: bytes, coding: str) -> None:
    assert _captured(payload, coding).body == PAGE == unpack(payload, coding.split(", "), 10_000)[0]


def test_a_capture_that_is_cut_gives_what_it_holds() -> None:
    whole = bytes(random.Random(1).randbytes(9000))
    for coding, packed in {"gzip": gzip.compress(whole), "br": brotli.compress(whole)}.items():
        found = _captured(packed[:-100], coding).body
        assert found == whole[: len(found)]
        assert len(found) > 4000


@pytest.mark.parametrize(("payload", "coding"), [
    (b"plain", "gzip"),
    (b"plain", "unheard-of"),
    (gzip.compress(bytes(LARGEST + 1)), "gzip"),
    (b"x", "gzip, " * 6),
])  # fmt: skip
def test_what_cannot_be_unpacked_is_refused(payload: bytes, coding: str) -> None:
    with pytest.raises(CaptureError, match=r"x\.warc\.gz, offset 0: http://e\.example/: "):
        _ = _captured(payload, coding).body


@pytest.mark.parametrize(("name", "offset"), [("../../secret", "0"), ("", "0"), ("x.warc.gz", "minus one")])
def test_a_revisit_leads_nowhere_outside_its_folder(tmp_path: Path, name: str, offset: str) -> None:
    (tmp_path / "secret").write_text("beyond")
    fields = [("WARC-Refers-To", "<urn:uuid:1>"), ("WARC-Refers-To-Filename", name)]
    fields.append(("WARC-Refers-To-File-Offset", offset))
    visit = records.build("revisit", b"", record="urn:uuid:2", at=AT, url="http://e.example/", fields=fields)
    file = tmp_path / "archive" / "deep" / "other.warc.gz"
    file.parent.mkdir(parents=True)
    file.write_bytes(records.member(visit))
    with pytest.raises(CaptureError, match="no such file"):
        read(file, 0)
