"""JSON Lines: an object an article, authors, agencies, tags and terms as lists, times as RFC 3339 in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job


def write(records: Iterator[Record], target: Path, _job: Job) -> None:
    """Write a line an article."""
    with target.open("wb") as file:
        for record in records:
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
