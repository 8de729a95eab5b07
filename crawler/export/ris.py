"""RIS: references of type NEWS, in the fields that Zotero reads for a newspaper article.

Source: Research Information Systems' format as zotero/translators' RIS.js reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.export.cells import one_line
from crawler.export.job import meanings
from crawler.export.names import split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

FIELDS = {
    "TY": "the type: a newspaper article",
    "TI": "title",
    "AU": "an author, or an agency; repeated",
    "T2": "the newspaper",
    "DA": "the day of publication, where the newspaper is",
    "PY": "its year",
    "UR": "the canonical address",
    "Y2": "the day on which the text was read",
    "LA": "language",
    "AB": "the lead",
    "SE": "section",
    "KW": "a tag; repeated",
    "DB": "the file of the archive that holds the capture",
    "AN": "the record of the capture",
    "N1": "the article's id in this database, and its revision",
}


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write a reference an article."""
    job.codebook = meanings(FIELDS)
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(entry(record) + "\n")


def entry(record: Record) -> str:
    """An article as a reference, with its line ends."""
    day, read = record.published_on, record.fetched_on
    lines = [
        ("TY", "NEWS"),
        ("TI", record.title),
        *(("AU", _name(author)) for author in record.authors),
        *(("AU", agency) for agency in record.agency),
        ("T2", record.source_name),
        ("DA", f"{day:%Y/%m/%d}/" if day else ""),
        ("PY", f"{day:%Y}" if day else ""),
        ("UR", record.url),
        ("Y2", f"{read:%Y/%m/%d}/"),
        ("LA", record.language),
        ("AB", record.lead),
        ("SE", record.section),
        *(("KW", tag) for tag in record.tags),
        ("DB", record.warc_file or ""),
        ("AN", record.warc_record or ""),
        ("N1", f"hemero:{record.id}, revision {record.revision}"),
    ]
    body = "".join(f"{field}  - {one_line(value)}\n" for field, value in lines if value)
    return f"{body}ER  - \n"


def _name(author: str) -> str:
    family, given = split(author)
    return f"{family}, {given}" if given else family
