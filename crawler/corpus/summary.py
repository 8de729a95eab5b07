"""All that a report says about a query: its articles, their words, and how the corpus came to be."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler import __version__
from crawler.corpus.association import attracted
from crawler.corpus.matches import match
from crawler.corpus.occurrences import read, tokens
from crawler.corpus.search import search
from crawler.corpus.statistics import NONE, statistics
from crawler.db.types import UTCDateTime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Engine

    from crawler.corpus.association import Associated
    from crawler.corpus.search import Hit
    from crawler.corpus.statistics import Count

SAMPLE: Final = 20
"""Articles that are shown: the first of the ranking."""

READ: Final = 400
"""Texts that are read for the words that set them apart, and as many others to hold them against."""

WORDS: Final = 40
MONTHS: Final = 120
"""Months of a timeline; a longer one shows years."""

_OTHERS: Final = """
    SELECT article.id FROM article
    JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
    WHERE revision.text_kept AND article.id NOT IN {found} ORDER BY article.id % 7919, article.id LIMIT :limit
"""
_TEXTS: Final = """
    SELECT revision.title, revision.lead, revision.body FROM article
    JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
    WHERE article.id IN :ids
"""
_CRAWLS: Final = """
    SELECT count(*) AS runs, count(DISTINCT spider) AS spiders,
        min(started_at) AS first, max(started_at) AS last
    FROM crawl
"""
_LISTS: Final = {
    "programs": "SELECT version, count(*) FROM crawl GROUP BY version ORDER BY version",
    "readers": "SELECT extractor, count(*) FROM revision GROUP BY extractor ORDER BY extractor",
    "judges": "SELECT query, count(*) FROM judgement GROUP BY query ORDER BY query",
    "outcomes": """SELECT outcome, count(*) FROM page WHERE kind = 'article'
        GROUP BY outcome ORDER BY 2 DESC, 1""",
    "erasures": "SELECT kind, count(*) FROM erasure GROUP BY kind ORDER BY kind",
    "schema": "SELECT version_num, 1 FROM alembic_version",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a query finds; the lists of ``made`` are names with how many there are of each."""

    query: str
    copies: str
    made_at: dt.datetime
    version: str
    total: int
    texts: int
    without_text: int
    by_time: str  # "month" or "year"
    times: list[Count]
    sources: list[Count]
    agencies: list[Count]
    access: list[Count]
    words: list[Associated]
    read: int  # texts behind ``words``
    sample: list[Hit]
    crawls: dict[str, Any]  # runs, spiders, first and last instant
    made: dict[str, list[tuple[str, int]]]


def summarise(engine: Engine, query: str, copies: str = "all") -> Summary:
    """Look at the articles of a query from every side.

    :raises QueryError: the query asks for what cannot be
    """
    months = statistics(engine, [query], "month")
    by_time = "month" if len(months) <= MONTHS else "year"
    found = search(engine, query, limit=SAMPLE, copies=copies)
    with engine.connect() as connection:
        matched = match(connection, query, copies)
        words, count = _words(connection, query, copies)
        return Summary(
            query=query,
            copies=copies,
            made_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
            version=__version__,
            total=match(connection, query).total(connection),
            texts=match(connection, query, "one").total(connection),
            without_text=matched.without_text(connection),
            by_time=by_time,
            times=months if by_time == "month" else statistics(engine, [query], "year"),
            sources=statistics(engine, [query], "source"),
            agencies=[one for one in statistics(engine, [query], "agency") if one.bucket != NONE],
            access=statistics(engine, [query], "access"),
            words=words,
            read=count,
            sample=found.hits,
            crawls=_crawls(connection),
            made={name: _list(connection, sql) for name, sql in _LISTS.items()},
        )


def _words(connection: Connection, query: str, copies: str) -> tuple[list[Associated], int]:
    """The words that set the articles apart from others, and how many texts were read for them."""
    matched = match(connection, query, copies)
    ids = matched.newest(connection, READ)
    others = list(connection.scalars(matched.statement(_OTHERS, limit=READ)))
    inside, outside = (_counted(connection, some) for some in (ids, others))
    return attracted(inside, outside, least=3)[:WORDS], len(ids)


def _counted(connection: Connection, ids: Sequence[int]) -> Counter[str]:
    query = sa.text(_TEXTS).bindparams(sa.bindparam("ids", list(ids), sa.Integer, expanding=True))
    found: Counter[str] = Counter()
    for row in connection.execute(query):
        for text in row:
            found.update(read(word.word)[2] for word in tokens(text))
    return found


def _crawls(connection: Connection) -> dict[str, Any]:
    typed = sa.text(_CRAWLS).columns(first=UTCDateTime, last=UTCDateTime)
    return dict(connection.execute(typed).mappings().one())


def _list(connection: Connection, sql: str) -> list[tuple[str, int]]:
    return [(str(name), int(count)) for name, count in connection.execute(sa.text(sql))]
