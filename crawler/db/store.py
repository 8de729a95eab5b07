"""What a crawl writes, and what it asks before it asks a server."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db import (
    articles,
    captures,
    details,
    erasing,
    extractions,
    hints,
    models,
    origins,
    pages,
    polling,
    revisions,
)
from crawler.db.articles import Draft, draft
from crawler.db.models import Crawl, Page, Source
from crawler.db.pages import Validators, Visit
from crawler.db.session import Interrupted, writing
from crawler.db.sql import chunks
from crawler.items import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection, Engine

    from crawler.db.origins import Pause, RobotsAnswer, TdmAnswer
    from crawler.items import Fetch


PAUSES: Final = (0.5, 1, 2, 4, 8)
"""Seconds between tries of a transaction whose server went away: long enough for it to be started again."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one item that was saved.

    ``what`` is "new", "revision", "unchanged" or "duplicate" of an Article, "fetch" of a Fetch, "reading" of
    a capture that was read anew; ``outcome``
    now stands in the view ``outcomes``; ``found`` is how many addresses of a list were not known before.
    """

    url: str
    what: str
    outcome: str
    article: int | None = None
    revision: int | None = None
    found: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """One address to ask for, with what its list said and what a conditional request needs."""

    url: str
    kind: str
    identity: str
    found_in: str
    title: str
    published: str
    validators: Validators


class Store:
    """The database as a crawl sees it. Writing calls come from one thread; each is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._reader = engine
        self._writer = writing(engine)
        self.plans: dict[str, tuple[dt.timedelta, ...]] = {}  # source → when its articles are asked for again

    def begin(self, *, spider: str, arguments: dict[str, Any], version: str) -> int:
        """Open a run; its id."""
        row = {
            "spider": spider,
            "arguments": arguments,
            "version": version,
            "started_at": dt.datetime.now(dt.UTC),
            "outcome": "running",
            "stats": {},
        }
        with self._writer.begin() as connection:
            return connection.execute(sa.insert(Crawl).returning(Crawl.id), row).scalar_one()

    def close_killed(self, spiders: Iterable[str]) -> list[str]:
        """Close the runs that were killed, with the time of their last fetch; their spiders.

        Only for who holds these spiders' locks: then no run of theirs can be alive.
        """
        last = (
            sa.select(sa.func.max(models.Fetch.fetched_at))
            .where(models.Fetch.crawl_id == Crawl.id)
            .scalar_subquery()
        )
        closed = {"outcome": "killed", "finished_at": sa.func.coalesce(last, Crawl.started_at)}
        left = Crawl.spider.in_(list(spiders)) & Crawl.finished_at.is_(None)
        with self._writer.begin() as connection:
            return list(
                connection.scalars(sa.update(Crawl).where(left).values(closed).returning(Crawl.spider))
            )

    def end(
        self,
        crawl: int,
        *,
        outcome: str,
        exit_code: int | None,
        stats: dict[str, Any],
        report: dict[str, Any] | None = None,
    ) -> None:
        """Close a run: how it ended, its counters (values that are not JSON become text) and its report."""
        plain = {
            name: value if isinstance(value, int | float) else str(value) for name, value in stats.items()
        }
        closed = {
            "outcome": outcome,
            "exit_code": exit_code,
            "stats": plain,
            "report": report,
            "finished_at": dt.datetime.now(dt.UTC),
        }
        with self._writer.begin() as connection:
            connection.execute(sa.update(Crawl).where(Crawl.id == crawl).values(closed))

    def declare(self, *, key: str, name: str, home: str, kind: str, country: str, timezone: str) -> None:
        """Make a source known, or bring its row up to date."""
        row = {"name": name, "home": home, "kind": kind, "country": country, "timezone": timezone}
        columns = [getattr(Source, column) for column in row]
        with self._writer.begin() as connection:
            held = connection.execute(sa.select(*columns).where(Source.key == key)).first()
            if held is None:
                connection.execute(sa.insert(Source), {"key": key, **row})
            elif held._asdict() != row:
                connection.execute(sa.update(Source).where(Source.key == key).values(row))

    def save(self, crawl: int | None, items: Sequence[Article | Fetch]) -> list[Saved]:
        """Write items in one transaction, all or none; what became of each, in their order.

        Their sources must have been declared. An Article needs the Fetch that brought it.

        :raises RecordError: the database refuses a value: save the items one by one to find which
        :raises StorageError: the disk is full or cannot be written
        :raises LockedError: another program holds the database for longer than the timeout
        :raises DatabaseError: the database is gone
        """
        for pause in PAUSES:
            try:
                return self._save(crawl, items)
            except Interrupted:  # nothing was written, or all was: then this finds it unchanged
                time.sleep(pause)
        return self._save(crawl, items)

    def _save(self, crawl: int | None, items: Sequence[Article | Fetch]) -> list[Saved]:
        things = [draft(item) if isinstance(item, Article) else Visit.of(item) for item in items]
        with self._writer.begin() as connection:
            return self._written(connection, crawl, _admitted(connection, things))

    def _written(
        self, connection: Connection, crawl: int | None, things: Sequence[Draft | Visit]
    ) -> list[Saved]:
        """What became of the items of one transaction."""
        read_anew = [thing for thing in things if _visit(thing).fetch.replays is not None]
        new = [thing for thing in things if _visit(thing).fetch.replays is None]
        asked = [Visit.of(via) for thing in things if (via := _visit(thing).fetch.via)]
        extractions.write(connection, crawl, read_anew)
        for wave in _waves([*new, *asked]):
            self._write(connection, crawl, wave)
        return [_saved(thing) for thing in things]

    def _write(self, connection: Connection, crawl: int | None, wave: Sequence[Draft | Visit]) -> None:
        """Write a group of items: pages, what the articles are, fetches, texts, what became of the pages."""
        visits = [_visit(thing) for thing in wave]
        drafts = [thing for thing in wave if isinstance(thing, Draft)]
        pages.resolve(connection, visits)
        articles.judge(connection, drafts)
        details.compare(connection, drafts)
        pages.record(connection, crawl, visits)
        revisions.write(connection, drafts)
        for visit in visits:
            if visit.fetch.found:
                visit.found = pages.add(connection, visit.fetch)
        pages.settle(connection, visits, self.plans)

    def known(self, addresses: Iterable[tuple[str, str]], now: dt.datetime) -> set[str]:
        """Of (url, identity) pairs, the urls that need not be asked for: held already, and not due.

        ``identity`` is "" where only the address tells. Those taken on but never fetched are not held.
        """
        with self._reader.connect() as connection:
            return pages.known(connection, addresses, now)

    def resting(self, urls: Iterable[str], now: dt.datetime) -> set[str]:
        """Of feeds and sitemaps, those that are not to be asked for yet: see :mod:`crawler.db.polling`."""
        with self._reader.connect() as connection:
            return pages.resting(connection, urls, now)

    def early(self, named: Iterable[tuple[str, str, str]], now: dt.datetime) -> set[str]:
        """Of (url, identity, when it changed, as a list writes it), the urls to look at before their time."""
        with self._reader.connect() as connection:
            return hints.early(connection, named, now)

    def replayable(self, wanted: extractions.Selection, after: tuple[int, int]) -> list[extractions.Stored]:
        """The next captures of a selection, behind a page and fetch."""
        with self._reader.connect() as connection:
            return extractions.select(connection, wanted, after)

    def fetched(self, file: str) -> dict[int, int]:
        """The captures of a WARC file that rows of the table ``fetch`` name: offset → the row."""
        query = sa.select(models.Fetch.warc_offset, models.Fetch.id).where(models.Fetch.warc_file == file)
        with self._reader.connect() as connection:
            return {row.warc_offset: row.id for row in connection.execute(query)}

    def erased(self) -> dict[str, str]:
        """What was erased: address or source → when and why."""
        query = sa.select(models.Erasure.subject, models.Erasure.why, models.Erasure.erased_at)
        with self._reader.connect() as connection:
            rows = connection.execute(query).all()
        return {row.subject: f"erased on {row.erased_at:%Y-%m-%d}: {row.why}" for row in rows}

    def due(self, source: str, now: dt.datetime, limit: int, again: int | None = None) -> list[Due]:
        """What to ask a source for, longest due first: what was never fetched, and articles to be seen again.

        Of the latter no more than ``again``, so that a backlog is spread over several runs. A list is only
        due where a run was cut short before it came to it; whole runs ask for lists anyway.
        """
        fields = [name for name in Due.__dataclass_fields__ if name != "validators"]
        query = sa.select(*(getattr(Page, name) for name in fields), *pages.VALIDATORS)
        query = query.where(Page.source == source, Page.next_due_at <= now)
        query = query.order_by(Page.next_due_at, Page.id)
        seen = query.where(Page.last_fetched_at.is_not(None), Page.kind.not_in(polling.LISTS))
        with self._reader.connect() as connection:
            rows = [*connection.execute(query.where(Page.last_fetched_at.is_(None)).limit(limit))]
            rows += connection.execute(seen.limit(limit - len(rows) if again is None else again))
        return [
            Due(**{name: getattr(row, name) for name in fields}, validators=pages.validators(row))
            for row in rows
        ]

    def validators(self, urls: Iterable[str]) -> dict[str, Validators]:
        """What a conditional request for an address needs; those of which nothing is held are left out."""
        with self._reader.connect() as connection:
            rows = [
                row
                for chunk in chunks(urls)
                for row in connection.execute(
                    sa.select(Page.url, *pages.VALIDATORS).where(Page.url.in_(chunk), Page.digest != "")
                )
            ]
        return {row.url: pages.validators(row) for row in rows}

    def answered(self, urls: Iterable[str]) -> dict[str, dt.datetime]:
        """When addresses were last fetched; those that never answered well are left out."""
        columns = (Page.url, Page.last_fetched_at)
        well = Page.last_fetched_at.is_not(None) & Page.outcome.in_(pages.SUCCESSES)
        with self._reader.connect() as connection:
            rows = [
                row
                for chunk in chunks(urls)
                for row in connection.execute(sa.select(*columns).where(Page.url.in_(chunk), well))
            ]
        return {row.url: row.last_fetched_at for row in rows}

    def archived(self, urls: Iterable[str]) -> dict[str, tuple[str, int]]:
        """File and offset of the last answer for each address that the archive holds."""
        with self._reader.connect() as connection:
            return captures.archived(connection, urls)

    def origin(self, kind: type[origins.Record], authority: str) -> origins.Record | None:
        """What was last recorded of an authority: its robots.txt, its TDM reservations, or its pause."""
        with self._reader.connect() as connection:
            return origins.read(connection, kind, authority)

    def save_origin(self, record: RobotsAnswer | TdmAnswer | Pause) -> None:
        """Keep what an authority has answered, in place of what it answered before."""
        with self._writer.begin() as connection:
            origins.write(connection, record)


def _waves(things: Sequence[Draft | Visit]) -> list[list[Draft | Visit]]:
    """The items in groups in which no two can be the same page, article or text, each in its order.

    What a list names comes in a later group than the list: it was first seen there.
    """
    waves: list[list[Draft | Visit]] = []
    last: dict[str, int] = {}
    for thing in things:
        keys = articles.keys(thing)
        place = max((last[key] + 1 for key in keys if key in last), default=0)
        if place == len(waves):
            waves.append([])
        waves[place].append(thing)
        named = (key for found in _visit(thing).fetch.found for key in (found.url, found.identity) if key)
        last |= dict.fromkeys(keys, place) | {key: max(place, last.get(key, 0)) for key in named}
    return waves


def _admitted(connection: Connection, things: Sequence[Draft | Visit]) -> list[Draft | Visit]:
    """The items, each that is of something erased as a bare visit that says so."""
    keys = {id(thing): articles.keys(thing) | {_visit(thing).fetch.location} for thing in things}
    named = {
        key for thing in things for found in _visit(thing).fetch.found for key in (found.url, found.identity)
    }
    sources = {_visit(thing).fetch.source for thing in things}
    erased = erasing.refused(connection, sources, {*named, *(key for one in keys.values() for key in one)})
    if not erased:
        return list(things)
    admitted: list[Draft | Visit] = []
    for thing in things:
        fetch = _visit(thing).fetch
        fetch.found = [one for one in fetch.found if not {one.url, one.identity} & set(erased)]
        why = next((erased[key] for key in (fetch.source, *sorted(keys[id(thing)])) if key in erased), "")
        if why and fetch.record and "/" not in fetch.record.file:  # a file of our own archive
            erasing.again(connection, fetch.url, fetch.source, why)
        if why:
            fetch.record, fetch.found, fetch.replays, fetch.via = None, [], None, None
            fetch.location, fetch.digest, fetch.etag, fetch.last_modified = "", "", "", ""
            thing = Visit(fetch, "address_refused", [], why)  # noqa: PLW2901 -- it is no article any more
        admitted.append(thing)
    return admitted


def _visit(thing: Draft | Visit) -> Visit:
    return thing.visit if isinstance(thing, Draft) else thing


def _saved(thing: Draft | Visit) -> Saved:
    """What became of an item."""
    if _visit(thing).fetch.replays is not None:
        return Saved(_visit(thing).fetch.url, "reading", _visit(thing).outcome)
    if isinstance(thing, Draft):
        revision = thing.revision or None
        return Saved(
            thing.item.url, thing.what, thing.visit.outcome, thing.article, revision, thing.visit.found
        )
    return Saved(thing.fetch.url, "fetch", thing.outcome, found=thing.found)
