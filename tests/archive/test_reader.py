"""Captures come back as they went in, from our files and from those of others."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import coding, records
from crawler.archive.reader import captures, original, read
from crawler.archive.writer import Writer
from crawler.errors import CaptureError
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


def zipped(text: bytes, wbits: int) -> bytes:
    packer = zlib.compressobj(wbits=wbits)
    return packer.compress(text) + packer.flush()


@given(text=st.binary(max_size=300))
def test_codings_are_undone(text: bytes) -> None:
    packed = {
        "gzip": gzip.compress(text),
        "deflate": zipped(text, 15),
        "br": brotli.compress(text),
        "zstd": zstd.compress(text),
        "gzip, br": brotli.compress(gzip.compress(text)),
        "identity": text,
        "": text,
    }
    for name, payload in packed.items():
        assert coding.decode(payload, name, 10_000) == text
    assert coding.decode(zipped(text + b"x", -15), "deflate", 10_000) == text + b"x"


@pytest.mark.parametrize(("payload", "name"), [
    (b"plain", "gzip"),
    (b"plain", "unheard-of"),
    (gzip.compress(bytes(100_000)), "gzip"),
    (brotli.compress(bytes(100_000)), "br"),
    (b"x", "gzip, " * 6),
])  # fmt: skip
def test_what_cannot_be_decoded_is_refused(payload: bytes, name: str) -> None:
    with pytest.raises(ValueError, match=r"Content-Encoding|codings"):
        coding.decode(payload, name, 10_000)


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
