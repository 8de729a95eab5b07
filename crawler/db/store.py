"""What a crawl writes, and what it asks before it asks a server."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db import batch, captures, extractions, hints, models, origins, pages, polling, settling
from crawler.db.models import Crawl, Page, Source
from crawler.db.session import Interrupted, writing
from crawler.db.sql import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Engine

    from crawler.db.batch import Saved
    from crawler.db.origins import Pause, RobotsAnswer, TdmAnswer
    from crawler.db.settling import Plan, Validators
    from crawler.items import Article, Fetch


PAUSES: Final = (0.5, 1, 2, 4, 8)
"""Seconds between tries of a transaction whose server went away: long enough for it to be started again."""


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
        self.plans: dict[str, Plan] = {}  # source → when its articles are asked for again

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
        with self._writer.begin() as connection:
            return batch.write(connection, crawl, items, self.plans)

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

    def below(self, indexes: Iterable[str], now: dt.datetime, most: int) -> list[tuple[str, str, str]]:
        """Of the sitemaps that some indexes have named, those due the longest: (url, identity, index)."""
        with self._reader.connect() as connection:
            return pages.below(connection, indexes, now, most)

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
        query = sa.select(*(getattr(Page, name) for name in fields), *settling.VALIDATORS)
        query = query.where(Page.source == source, Page.next_due_at <= now)
        query = query.order_by(Page.next_due_at, Page.id)
        seen = query.where(Page.last_fetched_at.is_not(None), Page.kind.not_in(polling.LISTS))
        with self._reader.connect() as connection:
            rows = [*connection.execute(query.where(Page.last_fetched_at.is_(None)).limit(limit))]
            rows += connection.execute(seen.limit(limit - len(rows) if again is None else again))
        return [
            Due(**{name: getattr(row, name) for name in fields}, validators=settling.validators(row))
            for row in rows
        ]

    def validators(self, urls: Iterable[str]) -> dict[str, Validators]:
        """What a conditional request for an address needs; those of which nothing is held are left out."""
        with self._reader.connect() as connection:
            rows = [
                row
                for chunk in chunks(urls)
                for row in connection.execute(
                    sa.select(Page.url, *settling.VALIDATORS).where(Page.url.in_(chunk), Page.digest != "")
                )
            ]
        return {row.url: settling.validators(row) for row in rows}

    def answered(self, urls: Iterable[str]) -> dict[str, dt.datetime]:
        """When addresses were last fetched; those that never answered well are left out."""
        columns = (Page.url, Page.last_fetched_at)
        well = Page.last_fetched_at.is_not(None) & Page.outcome.in_(settling.SUCCESSES)
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
