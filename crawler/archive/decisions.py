"""What we decided on the captures of our own files: the ``metadata`` records that stand beside them."""

from __future__ import annotations

from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.archive.records import FIELDS
from crawler.errors import CaptureError


def decisions(path: Path | str) -> dict[str, dict[str, str]]:
    """The record of a capture → "source", "kind", "found-in", "robots", as they were written.

    :raises CaptureError: the file cannot be read
    """
    found: dict[str, dict[str, str]] = {}
    try:
        with Path(path).open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.metadata, parse_http=False):
                tied = str(record.headers.get("WARC-Concurrent-To", "")).strip("<>")
                if tied and record.headers.get("Content-Type") == FIELDS:
                    lines = record.reader.read().decode("utf-8", "replace").splitlines()
                    found[tied] = dict(line.split(": ", 1) for line in lines if ": " in line)
    except OSError as error:
        raise CaptureError(f"{path}: {error}") from error
    return found
