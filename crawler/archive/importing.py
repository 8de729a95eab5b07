"""Captures of others in our own archive: only the pages wanted, byte for byte, with where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.archive.exchange import decided
from crawler.archive.members import Damage, walk
from crawler.archive.reader import captures
from crawler.errors import CaptureError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crawler.archive.reader import Capture
    from crawler.archive.writer import Writer

PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})


def copy(file: Path, writer: Writer, *, origin: str, wanted: Callable[[str], bool]) -> dict[str, int]:
    """Copy the pages of a WARC file whose address is ``wanted``; how many are in which file of ours.

    Records are copied as they are, with their names, dates and digests; a ``metadata`` record beside each
    says ``origin``, the file and the offset. Addresses are looked at before anything is parsed: of a gigabyte
    of Common Crawl's news a few hundred pages are of French newspapers.

    :raises CaptureError: the file is none, is damaged, or has not a gzip member a record
    """
    counts: dict[str, int] = {}
    for capture in captures(file, wanted):
        if capture.kind == "response" and capture.status == 200 and _is_page(capture):
            said = [("origin", origin), ("file", file.name), ("offset", str(capture.offset))]
            tied = [("WARC-Concurrent-To", f"<{capture.record}>")]
            beside = decided(capture.fetched_at, capture.url, said, tied)
            name, _ = writer.append([_text(file, capture.offset), beside])[0]
            counts[name] = counts.get(name, 0) + 1
    return counts


def _is_page(capture: Capture) -> bool:
    return capture.headers.get("content-type", "").partition(";")[0].strip().lower() in PAGES


def _text(file: Path, offset: int) -> bytes:
    """The record at a place of a file."""
    found = next(walk(file, offset), None)
    if found is None or isinstance(found, Damage):
        raise CaptureError(
            f"{file}, offset {offset}: no gzip member a record; 'hemero backfill files' reads it"
        )
    return found.text
