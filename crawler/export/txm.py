"""TXM, import TXT+CSV: a folder with a text file an article and ``metadata.csv``.

Source: the manual of TXM, "Formats importables": first column ``id``, the file's name without its ending;
columns without accents; one encoding, UTF-8; no dot in a file's base name.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from crawler.export.cells import cell, one_line
from crawler.export.job import meanings
from crawler.export.text import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

FIELDS: Final = {
    "id": "the file of the text, without its ending: `a` and the article's id",
    "titre": "title",
    "source": "the newspaper",
    "date": "the day of publication, where the newspaper is",
    "annee": "its year",
    "mois": "its year and month",
    "rubrique": "section",
    "auteur": "authors, joined by `; `",
    "url": "the canonical address",
    "acces": "`free`, `metered`, `paywalled` or `unknown`",
    "agence": "agencies, joined by `; `",
}


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write the folder; an article without a word is left out, since TXM cannot index it."""
    job.codebook = meanings(FIELDS)
    target.mkdir()
    with target.joinpath("metadata.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        table.writerow(FIELDS)
        for record in records:
            if text := paragraphs(record):
                target.joinpath(f"a{record.id:06}.txt").write_text(text, "utf-8", newline="\n")
                table.writerow(_row(record))
            else:
                job.leave_out(record, "no text: there is nothing to index")


def _row(record: Record) -> list[str]:
    day = record.published_on
    found = (
        f"a{record.id:06}",
        record.title,
        record.source_name,
        day.isoformat() if day else "",
        f"{day:%Y}" if day else "",
        f"{day:%Y-%m}" if day else "",
        record.section,
        "; ".join(record.authors),
        record.url,
        record.access,
        "; ".join(record.agency),
    )
    return [cell(one_line(value)) for value in found]
