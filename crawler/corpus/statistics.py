"""How many articles a query finds, by month, source, author …, and what share of all that is kept that is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from crawler.corpus.filters import LABEL
from crawler.corpus.matches import match
from crawler.db.types import UTCDateTime
from crawler.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy.engine import Connection, Engine

    Keys = Callable[[Any, str], Iterable[str]]

TIMES: Final = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
"""Buckets of time, in the zone of the newspaper: at 23:30 UTC it is tomorrow in Paris."""

MOST: Final = 2_000
"""Days, months or years in a row; where there are more, those without articles are left out."""

NONE: Final = "–"
"""The bucket of what has no date, no agency, no author …"""

_FROM: Final = """
    FROM {{found}} AS found
    JOIN article ON article.id = found.id
    JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
    JOIN source ON source.key = article.source{}
"""
_LINKED: Final = """
    LEFT JOIN revision_{0} ON revision_{0}.revision_id = revision.id
    LEFT JOIN {0} ON {0}.id = revision_{0}.{0}_id"""
_TERMS: Final = "(SELECT terms FROM judgement WHERE revision_id = revision.id ORDER BY id DESC LIMIT 1)"

_SELECTED: Final = {
    **dict.fromkeys(TIMES, ("revision.published_at", "")),
    "source": ("source.name", ""),
    "country": ("source.country", ""),
    "agency": ("revision.agency", ""),
    "section": ("revision.section", ""),
    "access": ("revision.access", ""),
    "label": (LABEL, ""),
    "term": (_TERMS, ""),
    "author": ("author.name", _LINKED.format("author")),
    "tag": ("tag.name", _LINKED.format("tag")),
}
"""By what is counted: the column, and what has to be joined for it."""

BY: Final = tuple(_SELECTED)


@dataclass(frozen=True, slots=True)
class Count:
    """One bucket of one query.

    ``texts`` counts near-identical articles once; ``of_articles`` and ``of_texts`` are those of all that is
    kept, whatever they say.
    """

    query: str
    bucket: str
    articles: int
    texts: int
    of_articles: int
    of_texts: int

    def share(self, copies: str = "all") -> float:
        """The part of all articles, or of all texts, from 0 to 1."""
        part, whole = (self.articles, self.of_articles) if copies == "all" else (self.texts, self.of_texts)
        return part / whole if whole else 0.0


def statistics(engine: Engine, queries: Sequence[str], by: str) -> list[Count]:
    """The counts of queries, bucket by bucket: times in their order and without holes, others by size.

    :raises QueryError: a query asks for what cannot be, or ``by`` is none of ``BY``
    """
    if by not in BY:
        raise QueryError(f"count by {', '.join(BY[:-1])} or {BY[-1]}, not {by!r}")
    with engine.connect() as connection:
        every = _counted(connection, "", by)
        counted = {query: _counted(connection, query, by) for query in dict.fromkeys(queries)}
    return [
        Count(query, bucket, *found.get(bucket, (0, 0)), *every.get(bucket, (0, 0)))
        for bucket in _buckets(list(counted.values()), by)
        for query, found in counted.items()
    ]


def _counted(connection: Connection, query: str, by: str) -> dict[str, tuple[int, int]]:
    """By bucket, how many articles and how many texts there are."""
    column, joined = _SELECTED[by]
    columns = f"SELECT {column} AS bucket, source.timezone, coalesce(article.cluster_id, -article.id) AS text"
    statement = match(connection, query).statement(columns + _FROM.format(joined))
    if by in TIMES:
        statement = statement.columns(bucket=UTCDateTime())  # type: ignore[assignment]  # still a statement
    articles: dict[str, int] = defaultdict(int)
    texts: dict[str, set[int]] = defaultdict(set)
    for value, timezone, text in connection.execute(statement, execution_options={"yield_per": 2000}):
        for bucket in _named(value, timezone, by):
            articles[bucket] += 1
            texts[bucket].add(text)
    return {bucket: (count, len(texts[bucket])) for bucket, count in articles.items()}


def _named(value: Any, timezone: str, by: str) -> Iterable[str]:  # noqa: ANN401 -- a column
    """The buckets of an article: several agencies or terms are joined by "; "."""
    if value is None or value == "":
        return (NONE,)
    if by in TIMES:
        return (f"{value.astimezone(_zone(timezone)):{TIMES[by]}}",)
    return dict.fromkeys(value.split("; ")) if by in {"agency", "term"} else (str(value),)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name or "UTC")


def _buckets(counted: Sequence[dict[str, tuple[int, int]]], by: str) -> list[str]:
    """The buckets of all queries in the order in which they are shown."""
    sizes: dict[str, int] = defaultdict(int)
    for found in counted:
        for bucket, (articles, _) in found.items():
            sizes[bucket] += articles
    undated = [NONE] * (NONE in sizes)
    if by not in TIMES:
        return sorted(sizes, key=lambda bucket: (-sizes[bucket], bucket))
    dated = sorted(set(sizes) - {NONE})
    whole = list(islice(_between(dated[0], dated[-1]), MOST + 1)) if dated else []
    return [*(whole if len(whole) <= MOST else dated), *undated]


def _between(first: str, last: str) -> Iterator[str]:
    """Every day, month or year from the first to the last."""
    year, month, day = ([int(part) for part in first.split("-")] + [1, 1])[:3]
    form = list(TIMES.values())[::-1][first.count("-")]
    current = dt.date(year, month, day)
    while (bucket := f"{current:{form}}") <= last:
        yield bucket
        current = _next(current, form)


def _next(day: dt.date, form: str) -> dt.date:
    if form == TIMES["day"]:
        return day + dt.timedelta(days=1)
    if form == TIMES["year"]:
        return dt.date(day.year + 1, 1, 1)
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
