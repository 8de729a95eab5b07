"""Every address keeps its account: where our own code fails on a page, that is its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from scrapy import signals

from crawler.errors import DatabaseError, LockedError, RecordError, StorageError
from crawler.extensions.database import Database
from crawler.items import Article, Fetch, Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

DATABASE: Final = (DatabaseError, LockedError, StorageError)
"""Failures of the database or its disk: the page they meet is not to blame."""


class Accounts:
    """Records ``source_error`` for a page on which a callback or a step has raised, and counts the bug."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to what Scrapy says of failures."""
        accounts = cls(crawler)
        crawler.signals.connect(accounts.item_failed, signals.item_error)
        crawler.signals.connect(accounts.spider_failed, signals.spider_error)
        return accounts

    async def item_failed(self, item: object, failure: Failure) -> None:
        """A step has raised."""
        if isinstance(item, Page | Article) and item.fetch:
            await self._record(item.fetch, failure)
        elif isinstance(item, Fetch):
            self.crawler.stats.inc_value("run/bugs")

    async def spider_failed(self, failure: Failure, response: Response) -> None:
        """A callback has raised."""
        if isinstance(fetch := response.meta.get("fetch"), Fetch):
            await self._record(fetch, failure)

    async def _record(self, fetch: Fetch, failure: Failure) -> None:
        if isinstance(failure.value, DATABASE) and not isinstance(failure.value, RecordError):
            Database.of(self.crawler).failed(failure.value)
        if self.crawler.stats.get_value("run/error"):
            return  # the database has failed, not the page: it stays on the frontier
        self.crawler.stats.inc_value("run/bugs")
        fetch.outcome, fetch.reason = "source_error", f"{type(failure.value).__name__}: {failure.value}"
        fetch.found = []
        database = Database.of(self.crawler)
        await database.call(database.save, [fetch])
        self.crawler.stats.inc_value(f"{fetch.kind}/{fetch.outcome}")
