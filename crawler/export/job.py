"""What a format is given besides the articles, and what it tells about what it wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.corpus.codebook import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record, Selection

NAMED: Final = 1_000
"""Articles of one reason whose ids the manifest names; all are counted."""


@dataclass(slots=True)
class LeftOut:
    """Articles that the query selects and that are not in the export, for one reason."""

    count: int = 0
    ids: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Job:
    """One export: what it selects, and what its format tells.

    ``codebook`` is a table whose first row are its headings; a format with names of its own replaces it.
    """

    selection: Selection
    archive: Path  # the folder of the WARC files
    codebook: list[tuple[str, ...]] = field(default_factory=lambda: meanings(COLUMNS))
    left_out: dict[str, LeftOut] = field(default_factory=dict)
    read: int = 0
    days: list[str] = field(default_factory=list)  # the first and the last one

    @property
    def query(self) -> str:
        """What selects the articles."""
        return self.selection.query

    def leave_out(self, record: Record, reason: str) -> None:
        """Note that an article is not in the export, and why."""
        found = self.left_out.setdefault(reason, LeftOut())
        found.count += 1
        if found.count <= NAMED:
            found.ids.append(record.id)

    @property
    def written(self) -> int:
        """How many articles are in the export."""
        return self.read - sum(found.count for found in self.left_out.values())

    def follow(self, records: Iterable[Record]) -> Iterator[Record]:
        """The articles, counted as they pass."""
        for record in records:
            self.read += 1
            if record.published_on:
                day = record.published_on.isoformat()
                self.days = [min([*self.days[:1], day]), max([*self.days[1:], day])]
            yield record


def meanings(columns: dict[str, str] | Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """A codebook of columns and what they hold."""
    return [("column", "holds"), *dict(columns).items()]
