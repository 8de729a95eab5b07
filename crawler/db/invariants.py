"""What must hold of a database whatever was killed when: one query a rule, on both databases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from crawler.db.models import Article, Base, Crawl, Fetch, Page, Revision
from crawler.db.types import CleanJSON, CleanText
from crawler.errors import DatabaseError, StorageError
from crawler.items import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection, Engine

MOST: Final = 20
"""Cases of one rule that are named."""

_one, _two, _other = aliased(Revision), aliased(Revision), aliased(Fetch)

RULES: Final = (
    (
        "I1",
        "its outcome is none of the closed list",
        sa.select(Page.url).where(Page.outcome.not_in(OUTCOMES)),
    ),
    (
        "I1",
        "taken on, but nobody will ask for it: it has no date",
        sa.select(Page.url).where(Page.outcome == "pending", Page.next_due_at.is_(None)),
    ),
    (
        "I1",
        "it has an outcome, but was never asked for",
        sa.select(Page.url).where(Page.outcome != "pending", Page.last_fetched_at.is_(None)),
    ),
    (
        "I2",
        "a text was read from a page that its run's archive does not hold",
        sa.select(Article.url)
        .join(Revision, Revision.article_id == Article.id)
        .join(Fetch, Fetch.id == Revision.fetch_id)
        .where(
            Fetch.warc_record.is_(None),
            Fetch.outcome != "tdm_reserved",  # what is reserved is not archived
            sa.exists().where(_other.crawl_id == Fetch.crawl_id, _other.warc_record.is_not(None)),
        ),
    ),
    (
        "I4",
        "two revisions in a row have the same text and the same access",
        sa.select(Article.url)
        .join(_one, _one.article_id == Article.id)
        .join(_two, (_two.article_id == Article.id) & (_two.number == _one.number + 1))
        .where(_one.digest == _two.digest, _one.access == _two.access),
    ),
    (
        "I4",
        "its current revision is not there",
        sa.select(Article.url)
        .outerjoin(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision))
        .where(Revision.id.is_(None)),
    ),
    (
        "I9",
        "the run has no end: it is still under way, or was killed and none has followed",
        sa.select(Crawl.spider + " " + sa.cast(Crawl.id, sa.Text)).where(Crawl.finished_at.is_(None)),
    ),
)
"""The number of the invariant, what is wrong, and the query that finds who breaks it."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One case of an invariant that does not hold."""

    invariant: str  # "I1" … "I9"
    subject: str  # an address, a run, a table
    what: str


def broken(engine: Engine, absent: Sequence[str] = ()) -> Iterator[Broken]:
    """Every invariant of the database that does not hold, the first cases of each.

    :param absent: words that must stand in no column (I7): names of readers, secrets
    """
    with engine.connect() as connection:
        for number, what, query in RULES:
            for subject in connection.scalars(query.distinct().limit(MOST)):
                yield Broken(number, subject, what)
        yield from _indexed(connection)
        yield from _present(connection, absent)
        yield from _sound(connection)
        connection.rollback()  # SQLite's check of its index is a write: the last, since crawls wait for it


def _sound(connection: Connection) -> Iterator[Broken]:
    """I5 of SQLite: pages, keys and index are in order; PostgreSQL holds keys itself."""
    if connection.dialect.name != "sqlite":
        return
    for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if line != "ok":
            yield Broken("I5", "database", str(line))
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Broken("I5", f"{table} {row}", f"refers to a row of {parent} that is not there")
    try:
        connection.exec_driver_sql("INSERT INTO fulltext (fulltext) VALUES ('integrity-check')")
    except DatabaseError as error:
        yield Broken("I5", "fulltext", str(error))
    except StorageError as error:
        raise StorageError(
            f"{error}: an index is only checked where it may be written; verify a copy"
        ) from error


def _indexed(connection: Connection) -> Iterator[Broken]:
    """I5 of both: the index holds the articles whose text is kept, PostgreSQL's with the current revision."""
    keys = ["rowid"] if connection.dialect.name == "sqlite" else ["article_id", "revision_id"]
    held = sa.select(*(sa.literal_column(key, sa.Integer) for key in keys)).select_from(sa.table("fulltext"))
    kept = (
        sa.select(*[Article.id, Revision.id][: len(keys)])
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision))
        .where(Revision.text_kept)
    )
    for query, what in (
        (kept.except_(held), "is not in the index"),
        (held.except_(kept), "is only in the index"),
    ):
        for number in connection.scalars(query.limit(MOST)):
            yield Broken("I5", f"article {number}", what)


def _present(connection: Connection, absent: Sequence[str]) -> Iterator[Broken]:
    """I7: words that stand in a column though they must not."""
    columns = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, CleanText | CleanJSON)
    ]
    for word in absent:
        for column in columns:
            found = sa.cast(column, sa.Text).contains(word, autoescape=True)
            if connection.scalar(sa.select(sa.literal(1)).where(found).limit(1)):
                yield Broken("I7", str(column), f"holds {word!r}")
