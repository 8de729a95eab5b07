"""CSV as RFC 4180 writes it, UTF-8: a row an article, lists joined by ``; ``, no cell a formula."""

from __future__ import annotations

import csv
from operator import attrgetter
from typing import TYPE_CHECKING

from crawler.corpus.codebook import COLUMNS
from crawler.corpus.stream import JOINED
from crawler.export.cells import cell, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

_values = attrgetter(*COLUMNS)


def write(records: Iterator[Record], target: Path, _job: Job) -> None:
    """Write a header and a row an article."""
    # Line ends of two characters: before Python 3.13 a cell is quoted only for those of the line ends.
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(_row, records))


def _row(record: Record) -> list[str]:
    return [_cell(value) for value in _values(record)]


def _cell(value: object) -> str:
    """Only text is a stranger's: a negative number stays one."""
    if isinstance(value, list):
        return cell(JOINED.join(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell(value) if isinstance(value, str) else plain(value)
