"""What must not be held any more goes, and does not come back: an erasure outlives what it names.

First the erasure is written down: from then on nothing of it is asked for or stored. Then the archive's
records become tombstones, then the rows go and ``buried_at`` says so. Whatever is killed in between, the next
run or the next ``hemero erase`` goes on from there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db import fulltext
from crawler.db.models import (
    Alternate,
    Article,
    Author,
    Erasure,
    Fetch,
    Page,
    RevisionAuthor,
    RevisionTag,
    Tag,
)
from crawler.db.session import writing
from crawler.db.sql import among, chunks, insert
from crawler.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection, Engine

EMPTY: Final = dict.fromkeys(
    ("title", "published", "found_in", "etag", "last_modified", "digest", "flags", "redirected_to"), ""
)
"""What a page keeps nothing of; its address and outcome stay, for every address has one."""


@dataclass(slots=True)
class Held:
    """What is held of that which is to be erased."""

    pages: list[int] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)  # of the archive
    files: set[str] = field(default_factory=set)  # that hold them
    sources: set[str] = field(default_factory=set)


def held(engine: Engine, *, url: str = "", source: str = "") -> Held:
    """What is held of an address, in all spellings that mean the same, or of a whole source."""
    with engine.connect() as connection:
        if source:
            return _complete(connection, Page.source == source, Article.source == source)
        keys = _spellings(url)
        alternates = sa.select(Alternate.article_id).where(among(Alternate.url, keys))
        by_page = sa.select(Page.id).where(among(Page.url, keys) | among(Page.identity, keys))
        named = among(Article.url, keys) | among(Article.identity, keys) | Article.id.in_(alternates)
        return _complete(connection, Page.id.in_(by_page), named | Article.page_id.in_(by_page))


def all_held(engine: Engine, subjects: Iterable[tuple[str, str]]) -> Held:
    """What is held of several erasures, each a kind and a subject."""
    found = Held()
    for kind, subject in subjects:
        one = held(engine, source=subject) if kind == "source" else held(engine, url=subject)
        found.addresses |= one.addresses | ({subject} if kind == "address" else set())
        found.pages += [page for page in one.pages if page not in found.pages]
        found.articles += [article for article in one.articles if article not in found.articles]
        found.records |= one.records
    return found


def declare(engine: Engine, what: Held, why: str, *, url: str = "", source: str = "") -> None:
    """Write an erasure down: from now on nothing of it is asked for, nor stored."""
    now = dt.datetime.now(dt.UTC)
    subjects = (
        {("source", source)} if source else {("address", key) for key in {*_spellings(url), *what.addresses}}
    )
    said = {"why": why, "erased_at": now, "buried_at": None}
    key = source or next(iter(what.sources), "")
    rows = [{"kind": kind, "subject": subject, "source": key, **said} for kind, subject in sorted(subjects)]
    with writing(engine).begin() as connection:
        statement = insert(connection, Erasure)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["kind", "subject"], set_=said), rows
        )


def pending(engine: Engine) -> list[tuple[str, str, str]]:
    """Erasures that are not finished: kind, subject, why."""
    query = sa.select(Erasure.kind, Erasure.subject, Erasure.why).where(Erasure.buried_at.is_(None))
    with engine.connect() as connection:
        return [(row.kind, row.subject, row.why) for row in connection.execute(query.order_by(Erasure.id))]


def erase(engine: Engine, what: Held, subjects: Iterable[tuple[str, str]], why: str) -> None:
    """Delete the rows, and say that the erasures are done; the archive has buried its records already."""
    now = dt.datetime.now(dt.UTC)
    reason = f"erased on {now:%Y-%m-%d}: {why}"
    refused = {**EMPTY, "outcome": "address_refused", "reason": reason, "next_due_at": None, "status": None}
    with writing(engine).connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what is deleted is overwritten
            connection.commit()
        with connection.begin():
            for chunk in chunks(what.articles):
                fulltext.forget(connection, chunk)
                connection.execute(sa.delete(Article).where(among(Article.id, chunk)))
            for chunk in chunks(what.pages):
                connection.execute(sa.delete(Fetch).where(among(Fetch.page_id, chunk)))
                connection.execute(sa.update(Page).where(among(Page.id, chunk)).values(refused))
            _forget_names(connection)
            if (
                connection.dialect.name == "sqlite"
            ):  # a deleted word stays in FTS5's files until they are merged
                connection.exec_driver_sql("INSERT INTO fulltext (fulltext) VALUES ('optimize')")
            for kind, subject in subjects:
                one = (Erasure.kind == kind) & (Erasure.subject == subject)
                connection.execute(sa.update(Erasure).where(one).values(buried_at=now))
        if connection.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def refused(connection: Connection, sources: Iterable[str], keys: Iterable[str]) -> dict[str, str]:
    """Of sources and addresses, those that are erased: each with when and why."""
    if connection.execute(sa.select(Erasure.id).limit(1)).first() is None:
        return {}
    found: dict[str, str] = {}
    row: Any
    for kind, wanted in (("source", sources), ("address", keys)):
        chunk: list[Any]
        for chunk in chunks(wanted):
            query = sa.select(Erasure.subject, Erasure.why, Erasure.erased_at)
            for row in connection.execute(query.where(Erasure.kind == kind, among(Erasure.subject, chunk))):
                found[row.subject] = f"erased on {row.erased_at:%Y-%m-%d}: {row.why}"
    return found


def again(connection: Connection, url: str, source: str, told: str) -> None:
    """A record of something erased has come into the archive all the same: the next run buries it.

    :param told: when and why it was erased, as ``refused`` says it
    """
    row: dict[str, Any] = {"kind": "address", "subject": url, "source": source, "buried_at": None}
    row |= {"why": told.partition(": ")[2], "erased_at": dt.datetime.now(dt.UTC)}
    reopened = {"buried_at": None}
    statement = insert(connection, Erasure)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["kind", "subject"], set_=reopened), row
    )


def _complete(
    connection: Connection, pages: sa.ColumnElement[bool], articles: sa.ColumnElement[bool]
) -> Held:
    """Everything that hangs on pages and articles, and on the other pages of these articles."""
    found = Held()
    rows = connection.execute(
        sa.select(Article.id, Article.url, Article.page_id, Article.source).where(articles)
    )
    more: set[str] = set()
    ids: set[int] = set()
    for row in rows:
        found.articles.append(row.id)
        found.sources.add(row.source)
        more.add(row.url)
        ids.add(row.page_id)
    for chunk in chunks(found.articles):
        more |= set(connection.scalars(sa.select(Alternate.url).where(among(Alternate.article_id, chunk))))
    found.addresses |= more
    wanted = [
        pages,
        *(among(Page.id, chunk) for chunk in chunks(ids)),
        *(among(Page.url, chunk) for chunk in chunks(more)),
    ]
    for condition in wanted:
        for page in connection.execute(
            sa.select(Page.id, Page.url, Page.identity, Page.source).where(condition)
        ):
            found.pages.append(page.id)
            found.addresses |= {page.url, page.identity}
            found.sources.add(page.source)
    found.pages = sorted(set(found.pages))
    for chunk in chunks(found.pages):
        query = sa.select(Fetch.url, Fetch.warc_record, Fetch.warc_file).where(among(Fetch.page_id, chunk))
        for fetch in connection.execute(query):
            found.addresses.add(fetch.url)
            found.records |= {fetch.warc_record} if fetch.warc_record else set()
            found.files |= {fetch.warc_file} if fetch.warc_file else set()
    return found


def _forget_names(connection: Connection) -> None:
    """Authors and tags that nothing names any more."""
    pairs: tuple[tuple[Any, Any], ...] = ((Author, RevisionAuthor.author_id), (Tag, RevisionTag.tag_id))
    for names, column in pairs:
        connection.execute(sa.delete(names).where(~sa.exists().where(column == names.id)))


def _spellings(url: str) -> list[str]:
    """An address as typed, as it is asked for, and as it is compared."""
    found = {url}
    for spell in (urls.normalise, urls.identity):
        try:
            found.add(spell(url))
        except ValueError:
            continue
    return sorted(found)
