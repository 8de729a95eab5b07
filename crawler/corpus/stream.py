"""The articles of a query one after another, however many: what exports and citations read."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from crawler.corpus.matches import match
from crawler.db.models import Fetch, Revision, Source
from crawler.db.types import UTCDateTime
from crawler.errors import QueryError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection, Engine

BATCH: Final = 500
"""Rows fetched at once: memory stays that of a batch, whatever the number of articles."""

JOINED: Final = "; "
"""What parts authors, agencies, tags and terms in the views."""

SELECT: Final = """
SELECT articles.*, revision.number AS revision, revision.digest, revision.extractor,
    revision.published_precision, capture.warc_record, source.name AS source_name, source.timezone
FROM articles
JOIN article ON article.id = articles.id
JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
JOIN source ON source.key = article.source
LEFT JOIN "fetch" AS capture ON capture.id = revision.fetch_id
WHERE articles.id IN {found}
ORDER BY articles.id
"""
VERSIONS: Final = (
    ("version_num", "alembic_version"),
    ("extractor", "revision"),
    ("query", "judgement"),
)
TEXTS: Final = (
    *("article_id", "number", "changed", "title", "lead", "body"),
    *("words", "access", "published_at", "digest"),
)
"""Columns of a revision that make its history."""

TIMES: Final = ("published_at", "modified_at", "first_seen_at", "fetched_at")


@dataclass(slots=True)
class Record:
    """One article with all that an export can need: columns of the view ``articles``, lists as lists."""

    id: int
    url: str
    source: str
    source_name: str
    title: str
    lead: str
    body: str
    authors: list[str]
    agency: list[str]
    section: str
    tags: list[str]
    published_at: dt.datetime | None
    published_signal: str
    published_precision: str
    modified_at: dt.datetime | None
    language: str
    access: str
    truncated: bool
    comment_count: int | None
    words: int
    relevance: float | None
    label: int | None
    terms: list[str]
    cluster_id: int | None
    copies: int
    revision: int
    revisions: int
    digest: str
    extractor: str
    first_seen_at: dt.datetime
    fetched_at: dt.datetime | None
    warc_file: str | None
    warc_offset: int | None
    warc_record: str | None
    timezone: str

    @property
    def published_on(self) -> dt.date | None:
        """The day of publication where the newspaper is: at 23:30 UTC it is tomorrow in Paris."""
        return self.published_at.astimezone(_zone(self.timezone)).date() if self.published_at else None

    @property
    def fetched_on(self) -> dt.date:
        """The day on which the text was read."""
        return (self.fetched_at or self.first_seen_at).date()


COLUMNS: Final = tuple(field.name for field in fields(Record))
LISTS: Final = ("authors", "agency", "tags", "terms")


class Selection:
    """What a query selects, counted and read in one transaction, so that the two agree."""

    def __init__(self, connection: Connection, query: str, copies: str = "all") -> None:
        """:raises QueryError: the query asks for what cannot be"""
        self.query = query
        self.copies = copies
        self._connection = connection
        self._found = match(connection, query, copies)

    @cached_property
    def total(self) -> int:
        """How many articles there are."""
        return self._found.total(self._connection)

    @cached_property
    def other_copies(self) -> int:
        """How many articles are left out as copies of one that is there."""
        if self.copies == "all":
            return 0
        return match(self._connection, self.query).total(self._connection) - self.total

    @cached_property
    def without_text(self) -> int:
        """How many articles the filters allow whose text is not kept: no words can find them."""
        return self._found.without_text(self._connection)

    @cached_property
    def versions(self) -> dict[str, Any]:
        """The versions that made the texts and judged them, and the schema of the database."""
        schema, readers, queries = (
            list(self._connection.scalars(sa.text(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1")))  # noqa: S608
            for column, table in VERSIONS
        )
        return {"schema": schema[0], "extractors": readers, "relevance_queries": queries}

    def articles(self) -> Iterator[Record]:
        """The articles whose text is kept, by id."""
        statement = self._found.statement(SELECT)
        typed = statement.columns(**dict.fromkeys(TIMES, UTCDateTime()))
        rows = self._connection.execute(typed, execution_options={"yield_per": BATCH})
        for row in rows.mappings():
            yield record(row)

    def sources(self) -> list[dict[str, Any]]:
        """Every source, as the table says."""
        query = sa.select(Source.__table__).order_by(Source.key)
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def texts(self, articles: Sequence[int]) -> list[dict[str, Any]]:
        """Every revision of some articles, oldest first."""
        columns = (*(getattr(Revision, name) for name in TEXTS), Fetch.fetched_at)
        query = sa.select(*columns).outerjoin(Fetch, Fetch.id == Revision.fetch_id)
        query = query.where(Revision.article_id.in_(articles)).order_by(Revision.article_id, Revision.number)
        return [dict(row) for row in self._connection.execute(query).mappings()]


@contextmanager
def select(engine: Engine, query: str, copies: str = "all") -> Iterator[Selection]:
    """The articles of a query, as they are at this moment, whatever a crawl writes meanwhile."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**level) as connection:
        yield Selection(connection, query, copies)


def one(connection: Connection, article: int) -> Record:
    """One article, whether its text is kept or not.

    :raises QueryError: there is none of this id
    """
    typed = sa.text(SELECT.format(found="(:article)")).columns(**dict.fromkeys(TIMES, UTCDateTime()))
    row = connection.execute(typed, {"article": article}).mappings().first()
    if row is None:
        raise QueryError(f"{article}: there is no article of this id")
    return record(row)


def record(row: Any) -> Record:  # noqa: ANN401 -- a mapping of the database's own values
    """A row of ``SELECT`` as a record."""
    values = {name: row[name] for name in COLUMNS}
    for name in LISTS:
        values[name] = values[name].split(JOINED) if values[name] else []
    values["truncated"] = bool(values["truncated"])
    return Record(**values)


@lru_cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name or "UTC")
