"""The run's database: opened before the first request, written from one thread, closed at the end."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from scrapy import signals
from scrapy.exceptions import CloseSpider

from crawler import __version__, config
from crawler.db import session
from crawler.db.store import Store
from crawler.errors import HemeroError
from crawler.extensions import report
from crawler.extensions.archive import Archive
from crawler.items import Article
from crawler.text import durations

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from scrapy.crawler import Crawler

    from crawler.config import Config
    from crawler.db.batch import Saved
    from crawler.items import Fetch
    from crawler.sources import Source
    from crawler.spiders.news import NewsSpider

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


class Database:
    """Where middlewares and pipelines find the store; every call runs on one thread, off the reactor's.

    An empty database is migrated, an older or newer one stops the run before its first request.
    """

    def __init__(self, crawler: Crawler, configuration: Config) -> None:
        self.crawler = crawler
        self.configuration = configuration
        self.engine = session.engine(configuration.database)
        session.prepare(self.engine)
        self.store = Store(self.engine)
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self.run: int | None = None
        self.before_end: list[Callable[[str], Awaitable[None]]] = []  # what others still do with the database

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the database of the configuration."""
        database = cls(crawler, config.load(crawler.settings))
        crawler.signals.connect(database.opened, signals.spider_opened)
        crawler.signals.connect(database.closed, signals.spider_closed)
        return database

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The database of a run, for its other components."""
        database = crawler.get_extension(cls)
        assert database is not None  # noqa: S101 -- settings name the extension
        return database

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a method of the store on its thread and return what it returns."""
        return await asyncio.get_running_loop().run_in_executor(
            self.thread, partial(function, *args, **kwargs)
        )

    def save(self, items: Sequence[Article | Fetch]) -> list[Saved]:
        """Commit what this run has brought, once the archive holds it; for the writing thread only."""
        fetches = (item.fetch if isinstance(item, Article) else item for item in items)
        Archive.of(self.crawler).sync((fetch for fetch in fetches if fetch), self.store.archived)
        return self.store.save(self.run, items)

    def failed(self, error: HemeroError) -> None:
        """Remember that the database or the archive has failed: the run ends with the error's exit code."""
        if not self.crawler.stats.get_value("run/error"):
            logger.error("The run stops: %s", error)
            self.crawler.stats.set_value("run/error", str(error))
            self.crawler.stats.set_value("run/exit_code", error.exit_code)

    async def opened(self, spider: NewsSpider) -> None:
        """Write down that a run has begun, and whom it reads; a run that cannot be written down is none."""
        try:
            await self.call(self._begin, spider)
            for source in spider.sources:
                await self.declare(source)
        except HemeroError as error:
            self.failed(error)
            raise CloseSpider("storage") from error

    def _begin(self, spider: NewsSpider) -> None:
        """Open the row of the run, wholly on the writing thread: a run that is stopped meanwhile knows it."""
        self.run = self.store.begin(spider=spider.name, arguments=spider.arguments, version=__version__)

    async def declare(self, source: Source) -> None:
        """Make a source known, and when its articles are asked for again."""
        self.store.plans[source.key] = durations.plan(source.revisit or self.configuration.revisit)
        names = ("key", "name", "home", "kind", "country", "timezone")
        await self.call(self.store.declare, **{name: getattr(source, name) for name in names})

    async def closed(self, reason: str) -> None:
        """Write down how the run ended."""
        try:
            for last in self.before_end:
                await last(reason)
        except HemeroError as error:
            self.failed(error)
        try:
            await self.call(Archive.of(self.crawler).close, self.store.archived)
        except HemeroError as error:
            self.failed(error)
        try:
            await self.call(self._end, reason)
        except HemeroError as error:
            self.failed(error)
        finally:
            self.thread.shutdown(wait=True)
            self.engine.dispose()

    def end_now(self, reason: str) -> None:
        """Write down the end of a run whose reactor has stopped before it could; else nothing."""
        if self.run is None:
            return
        self.thread.shutdown(wait=True)
        try:
            Archive.of(self.crawler).close(self.store.archived)
            self._end(reason)
        except HemeroError as error:
            self.failed(error)
        self.engine.dispose()

    def _end(self, reason: str) -> None:
        if self.run is None:
            return
        stats = self.crawler.stats.get_stats()
        told = report.of(self.crawler.spidercls.name, stats, reason)
        self.store.end(self.run, outcome=reason, exit_code=told["exit_code"], stats=stats, report=told)
        self.run = None
