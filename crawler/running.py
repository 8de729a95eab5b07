"""One run: several sources crawled in one process, and the exit code that says how it went."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from scrapy.crawler import AsyncCrawlerProcess

from crawler import config, sources
from crawler.db import session
from crawler.errors import SourceError
from crawler.extensions.exit_code import exit_code, worst

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterable

    from scrapy.crawler import Crawler
    from scrapy.settings import Settings

logger = logging.getLogger(__name__)

AT_ONCE: Final = 8  # sources crawled side by side; each is slowed by its own pace, not by the others


class Run(AsyncCrawlerProcess):
    """A crawl of some sources, checked before anything is asked of anybody.

    :param keys: the sources' keys, or "page"
    :param arguments: what stands behind ``-a``: url, urls, since, max_pages
    :raises HemeroError: a source, an argument, the configuration or the database is not in order
    """

    def __init__(self, settings: Settings, keys: Iterable[str], arguments: dict[str, str]) -> None:
        configuration = config.load(settings)
        super().__init__(settings)
        self.signum = 0
        self.results: dict[str, Crawler] = {}
        self.finished: list[Callable[[Crawler], None]] = []
        self._arguments = arguments
        self._waiting = list(dict.fromkeys(keys))
        for key in self._waiting:
            self._check(key)
        engine = session.engine(configuration.database)
        try:
            session.prepare(engine)
            with session.writing(engine).begin():
                pass  # a database that another program holds is found out now, not after the first request
        finally:
            engine.dispose()

    def _check(self, key: str) -> None:
        """Make the spider once without a crawl: it refuses arguments that make no sense."""
        if key not in self.spider_loader.list():
            sources.load(key)
            raise SourceError(f"{key}: no spider of that name")
        spider = self.spider_loader.load(key)
        if refused := getattr(spider, "source").refused:  # noqa: B009 -- Scrapy's type has no source
            raise SourceError(f"{key}: not crawled: {refused}")
        allowed = {"url", "urls", "since", "max_pages"}
        if unknown := set(self._arguments) - allowed:
            names = ", ".join(sorted(allowed))
            raise SourceError(f"{key}: unknown argument {min(unknown)!r}; known are {names}")
        spider(**self._arguments)

    def start(self, stop_after_crawl: bool = True, install_signal_handlers: bool = True) -> None:
        """Crawl, and return when all sources are done or a signal has stopped the run."""
        for _ in range(AT_ONCE):
            self._next()
        super().start(stop_after_crawl, install_signal_handlers)

    def _next(self) -> None:
        if not self._waiting or self.signum:
            return
        key = self._waiting.pop(0)
        crawler = self.create_crawler(key)
        self.results[key] = crawler
        task = self.crawl(crawler, **self._arguments)
        task.add_done_callback(lambda done: self._done_one(crawler, done))

    def _done_one(self, crawler: Crawler, task: asyncio.Task[None]) -> None:
        for listener in self.finished:
            listener(crawler)
        if not task.cancelled() and (error := task.exception()):
            logger.error("%s could not be started", crawler.spidercls.name, exc_info=error)
        self._next()

    def _signal_shutdown(self, signum: int, frame: Any) -> None:  # noqa: ANN401
        self.signum = signum
        for crawler in self.crawlers:
            crawler.stats.set_value("run/signal", signum)
        super()._signal_shutdown(signum, frame)

    @property
    def exit_code(self) -> int:
        """How the run went: the codes of docs/operations.md."""
        every = (crawler.stats.get_stats() for crawler in self.results.values())
        return worst({exit_code(stats, stats.get("finish_reason")) for stats in every})
