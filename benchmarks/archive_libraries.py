"""Writing and reading WARC alone, ours beside warcio and FastWARC: part of benchmarks/archive.py.

Each writes a response and a request record a page, one gzip member a record, with digests, bodies as
they came (gzip). Milliseconds of CPU a page; the order is drawn anew for each round, a figure is the median.
"""

from __future__ import annotations

import gzip
import random
import tempfile
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks import crawl_pages
from crawler.archive import reader
from crawler.archive.exchange import Exchange
from crawler.archive.records import new_id
from crawler.archive.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS: Final = 5
PAGES: Final = 100
HEADERS: Final = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "gzip"),
    ("Server", "nginx"),
]
ASKED: Final = [("Accept", "text/html"), ("User-Agent", "Hemero")]


def ours(pages: list[bytes], folder: Path) -> None:
    writer = Writer(folder / "ours", info={"software": "benchmark"})
    for number, body in enumerate(pages):
        made = Exchange(
            record=new_id(),
            at=datetime.now(UTC),
            url=f"http://banc.example/{number}",
            method="GET",
            asked=ASKED,
            protocol="HTTP/1.1",
            status=200,
            headers=HEADERS,
            body=body,
        )
        writer.append(made.response())
    writer.close()


def warcio(pages: list[bytes], folder: Path) -> None:
    with (folder / "warcio.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, body in enumerate(pages):
            url = f"http://banc.example/{number}"
            answered = StatusAndHeaders("200 OK", HEADERS, protocol="HTTP/1.1")
            asked = StatusAndHeaders(f"GET /{number} HTTP/1.1", ASKED, is_http_request=True)
            response = writer.create_warc_record(
                url, "response", payload=BytesIO(body), http_headers=answered
            )
            request = writer.create_warc_record(url, "request", payload=BytesIO(), http_headers=asked)
            writer.write_request_response_pair(request, response)


def fastwarc(pages: list[bytes], folder: Path) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in HEADERS)
    with (folder / "fastwarc.warc.gz").open("wb") as file:
        for number, body in enumerate(pages):
            for kind, block in (
                (WarcRecordType.response, f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body),
                (WarcRecordType.request, f"GET /{number} HTTP/1.1\r\n\r\n".encode()),
            ):
                record = WarcRecord()
                record.init_headers(kind)
                record.headers["WARC-Target-URI"] = f"http://banc.example/{number}"
                record.is_http = True
                record.set_bytes_content(block)
                packed = GzipWriter(file, 1)
                record.write(packed, checksum_data=True)
                packed.close()


def read_ours(file: Path) -> int:
    return sum(len(capture.payload) for capture in reader.captures(file))


def read_fastwarc(file: Path) -> int:
    with file.open("rb") as stream:
        found = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True)
        return sum(len(record.reader.read()) for record in found)


def read_warcio(file: Path) -> int:
    with file.open("rb") as stream:
        found = (record for record in WarcioIterator(stream) if record.rec_type == "response")
        return sum(len(record.raw_stream.read()) for record in found)


def timed(action: Callable[..., object], *arguments: object) -> float:
    """Milliseconds of CPU a page."""
    started = time.process_time()
    action(*arguments)
    return 1000 * (time.process_time() - started) / PAGES


def main() -> None:
    pages = [gzip.compress(crawl_pages.page(number).html, 6) for number in range(PAGES)]
    writing: dict[str, list[float]] = {}
    reading: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for write in random.sample([ours, warcio, fastwarc], 3):
                writing.setdefault(write.__name__, []).append(timed(write, pages, folder))
            [file] = (folder / "ours").iterdir()
            for read in random.sample([read_ours, read_warcio, read_fastwarc], 3):
                reading.setdefault(read.__name__, []).append(timed(read, file))
    size = sum(map(len, pages)) / PAGES / 1000
    print(f"{PAGES} pages of {size:.0f} kB as sent, {ROUNDS} rounds, CPU ms a page")
    for costs in (writing, reading):
        first = median(next(values for name, values in costs.items() if name.endswith("ours")))
        for name, values in sorted(costs.items()):
            print(f"{name:14} {median(values):.3f}  {median(values) / first:.1f} times ours")


if __name__ == "__main__":
    main()
