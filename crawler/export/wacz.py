"""WACZ: the captures behind the articles as one file that replays in a browser.

Read by ReplayWeb.page and pywb. Format: https://specs.webrecorder.net/wacz/1.1.1/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler import __version__
from crawler.archive.package import package
from crawler.errors import CaptureError
from crawler.export.job import meanings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

FIELDS = {
    "archive/data.warc.gz": "the captures, their requests and what was decided on each, as in the archive",
    "indexes/index.cdx": "where each capture is, by address and time",
    "pages/pages.jsonl": "a line an article: url, ts (when it was fetched), title, article, revision, source",
}
NO_CAPTURE = "no capture: the archive was off when it was fetched"
LOST = "the capture cannot be read from the archive"


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write a package of the captures that the articles' current texts were read from."""
    job.codebook = meanings(FIELDS)
    with package(target, job.archive, software=f"Hemero {__version__}") as made:
        for record in records:
            if record.warc_file is None or record.warc_offset is None:
                job.leave_out(record, NO_CAPTURE)
                continue
            ids = {"article": record.id, "revision": record.revision, "source": record.source}
            try:
                made.add(record.warc_file, record.warc_offset, {"title": record.title, **ids})
            except CaptureError:
                job.leave_out(record, LOST)
        asked = job.query or "all articles"
        made.finish(
            title=f"Hemero: {asked}",
            description=f"The captures behind {job.written} articles selected by: {asked}",
            software=f"Hemero {__version__}",
        )
