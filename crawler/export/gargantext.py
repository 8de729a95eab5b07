"""GarganText: its table with tabs, whose columns and their names are fixed.

Source: GarganText's documentation, "Le format CSV/TSV": no tab or line end inside a field; the text stands in
``Abstract``.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from crawler.export.cells import cell, one_line
from crawler.export.job import meanings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

FIELDS: Final = {
    "Publication Day": "the day of the month, where the newspaper is",
    "Publication Month": "the month, 1 to 12",
    "Publication Year": "the year",
    "Authors": "authors, then agencies, joined by `; `",
    "Title": "title",
    "Abstract": "lead and body",
    "Source": "the newspaper",
}


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write a row an article; one without a date is left out, since GarganText needs one."""
    job.codebook = meanings(FIELDS)
    with target.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(FIELDS)
        for record in records:
            if day := record.published_on:
                table.writerow([day.day, day.month, day.year, *map(cell, _texts(record))])
            else:
                job.leave_out(record, "no date: GarganText needs one")


def _texts(record: Record) -> list[str]:
    people = "; ".join(record.authors + record.agency)
    return [*map(one_line, (people, record.title, f"{record.lead} {record.body}", record.source_name))]
