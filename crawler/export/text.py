"""Plain text for AntConc, Voyant and any other reader: a folder with a file an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.export.cells import one_line
from crawler.export.job import meanings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

FIELDS: Final = {
    "file name": "the day of publication where the newspaper is (or `undated`), the source, `a` and the id",
    "first line": "title",
    "second paragraph": "the lead, where there is one; then the body",
}


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write the folder; an article without a word is left out."""
    job.codebook = meanings(FIELDS)
    target.mkdir()
    for record in records:
        if text := paragraphs(record):
            target.joinpath(f"{name(record)}.txt").write_text(text, "utf-8", newline="\n")
        else:
            job.leave_out(record, "no text")


def name(record: Record) -> str:
    """A file's name, without its ending: such as ``2024-03-05_latribune_a000042``."""
    source = re.sub(r"[^a-z0-9]+", "-", record.source.lower()).strip("-")
    return f"{record.published_on or 'undated'}_{source}_a{record.id:06}"


def paragraphs(record: Record) -> str:
    """Title, lead and body, with a blank line between two paragraphs; nothing where there is no word."""
    parts = (one_line(part) for part in (record.title, record.lead, *record.body.split("\n\n")))
    text = "\n\n".join(part for part in parts if part)
    return f"{text}\n" if text else ""
