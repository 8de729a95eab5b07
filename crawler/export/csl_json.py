"""CSL-JSON: references of type ``article-newspaper`` for Zotero, pandoc and citeproc.

Source: the Citation Style Language's schema for data: only what it names, our own values in ``custom``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from crawler.export.bibtex import key
from crawler.export.cells import one_line
from crawler.export.job import meanings
from crawler.export.names import split

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

FIELDS = {
    "id": "source, year and the article's id",
    "type": "article-newspaper",
    "title": "title",
    "author": "authors by family and given name; agencies and what is no person as `literal`",
    "container-title": "the newspaper",
    "issued": "the day of publication, where the newspaper is",
    "accessed": "the day on which the text was read",
    "URL": "the canonical address",
    "language": "language",
    "abstract": "the lead",
    "section": "section",
    "keyword": "the tags, joined by `, `",
    "archive": "the file of the archive that holds the capture",
    "archive_location": "the record of the capture",
    "custom": "the article's id in this database, its revision and its digest",
}


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write a list with an object an article."""
    job.codebook = meanings(FIELDS)
    with target.open("wb") as file:
        file.write(b"[")
        for number, record in enumerate(records):
            file.write((b",\n" if number else b"\n") + orjson.dumps(entry(record)))
        file.write(b"\n]\n")


def entry(record: Record) -> dict[str, Any]:
    """An article as an object of CSL-JSON; what is not known is left out."""
    found = {
        "id": key(record),
        "type": "article-newspaper",
        "title": one_line(record.title),
        "author": [*map(_name, record.authors), *({"literal": one} for one in record.agency)],
        "container-title": record.source_name,
        "issued": _date(record.published_on),
        "accessed": _date(record.fetched_on),
        "URL": record.url,
        "language": record.language,
        "abstract": one_line(record.lead),
        "section": record.section,
        "keyword": ", ".join(record.tags),
        "archive": record.warc_file,
        "archive_location": record.warc_record,
        "custom": {"hemero-id": record.id, "revision": record.revision, "digest": record.digest},
    }
    return {name: value for name, value in found.items() if value}


def _date(day: dt.date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _name(author: str) -> dict[str, str]:
    family, given = split(author)
    return {"family": family, "given": given} if given else {"literal": family}
