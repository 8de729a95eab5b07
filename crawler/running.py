"""One run: several sources in one process, its lock, its limits, its end, and its exit code."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from crawler import config, erasure, logs, sources
from crawler.archive.repair import repair
from crawler.db import session
from crawler.db.lock import RunLock
from crawler.db.store import Store
from crawler.errors import ConfigurationError, LockedError, SourceError, StorageError
from crawler.extensions import stopping
from crawler.extensions.database import Database
from crawler.extensions.exit_code import exit_code, worst
from crawler.extensions.report import stats_of
from crawler.extensions.report import write as write_report
from crawler.extract import heavy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy.crawler import Crawler
    from scrapy.settings import Settings

    from crawler.config import Config
    from crawler.errors import HemeroError

logger = logging.getLogger(__name__)

AT_ONCE: Final = 8  # sources crawled side by side; each is slowed by its own pace, not by the others
TICK: Final = 0.2  # seconds between two looks at the limits
LOCK_CHECK: Final = 30.0  # seconds between two looks at the lock: another run can only start after a lost one
GARBAGE: Final = 10_000  # objects after which Python looks for cycles: a page makes thousands, cycles few


class Run(AsyncCrawlerProcess):
    """A crawl of some sources, checked before anything is asked of anybody.

    :param keys: the sources' keys, or "page"
    :param arguments: what stands behind ``-a``: url, urls, since, max_pages
    :param lock: the run's locks, where some have been taken already
    :raises HemeroError: a source, an argument, the configuration or the database is not in order
    :raises LockedError: other runs are at work on all of these sources
    """

    def __init__(
        self, settings: Settings, keys: Iterable[str], arguments: dict[str, str], lock: RunLock | None = None
    ) -> None:
        configuration = config.load(settings)
        super().__init__(settings)
        logs.install(self.settings)
        self.started_at = datetime.now(UTC)
        self.results: dict[str, Crawler] = {}
        self.finished: list[Callable[[Crawler], None]] = []
        self.signum = 0
        self._closing: set[asyncio.Future[None]] = set()
        self.stopping = ""  # why the run ends before its time
        self._arguments = arguments
        wanted = {key: self._check(key) for key in dict.fromkeys(keys)}
        _ = configuration.relevance  # a query that cannot be read is refused here, not by each source
        if (trusted := os.environ.get("SSL_CERT_FILE")) and not Path(trusted).is_file():
            raise ConfigurationError(f"SSL_CERT_FILE: no such file: {trusted}")  # OpenSSL would trust nobody
        self.lock = lock or RunLock(configuration.database)
        try:
            self._waiting = self._take(wanted)
            self._prepare(configuration)
        except BaseException:
            self.lock.close()
            raise
        self.locked_out = [key for key in wanted if key not in self._waiting]

    def _check(self, key: str) -> list[str]:
        """Make the spider once without a crawl, since it refuses what is wrong; the names of its locks."""
        if key not in self.spider_loader.list():
            sources.load(key)
            raise SourceError(f"{key}: no spider of that name")
        kind = self.spider_loader.load(key)
        allowed = set(getattr(kind, "known_arguments"))  # noqa: B009 -- Scrapy's type has no arguments
        if unknown := set(self._arguments) - allowed:
            names = ", ".join(sorted(allowed))
            raise SourceError(f"{key}: unknown argument {min(unknown)!r}; known are {names}")
        if refused := getattr(kind, "source").refused:  # noqa: B009 -- Scrapy's type has no source
            raise SourceError(f"{key}: not crawled: {refused}")
        spider = kind(**self._arguments)
        return [key, *(source.key for source in getattr(spider, "sources", ()))]

    def _take(self, wanted: dict[str, list[str]]) -> list[str]:
        """Take the locks; the sources that are ours now."""
        taken = set(self.lock.take(name for names in wanted.values() for name in names))
        ours = [key for key, names in wanted.items() if taken.issuperset(names)]
        if not ours:
            raise LockedError(f"{', '.join(wanted)}: another run is at work on it")
        return ours

    def _prepare(self, configuration: Config) -> None:
        """Migrate an empty database, check any other, and close what killed runs have left open."""
        if configuration.archive_write == "on":
            for name, cut in repair(configuration.archive).items():
                logger.warning("%s: an earlier run was killed; closed, %d bytes cut off", name, cut)
        engine = session.engine(configuration.database)
        try:
            self.lock.wait_for_schema()
            session.prepare(engine)
            # a database that another program holds is found out here, not after the first request
            for key in Store(engine).close_killed(self._waiting):
                logger.warning("%s: an earlier run was killed; what it stored is kept", key)
            erasure.finish(engine, configuration.archive)
            self.lock.release_schema()
        finally:
            engine.dispose()

    def start(self, stop_after_crawl: bool = True, install_signal_handlers: bool = True) -> None:
        """Crawl, and return when all sources are done, or a signal or a limit has stopped the run."""
        if install_signal_handlers:
            stopping.handle(self._signal_shutdown)
        try:
            for _ in range(AT_ONCE):
                self._next()
            watch = asyncio.get_event_loop().create_task(self._watch())
            gc.freeze()  # what is loaded stays: it need not be looked through while pages come and go
            gc.set_threshold(GARBAGE)
            super().start(stop_after_crawl, install_signal_handlers=False)
            watch.cancel()
            for crawler in self.results.values():
                if crawler.spider and (database := crawler.get_extension(Database)):
                    database.end_now("shutdown")
            if file := self.settings.get("RUN_REPORT"):
                write_report(self, file)
        finally:
            heavy.end()
            self.lock.close()

    def _next(self) -> None:
        if not self._waiting or self.stopping:
            return
        key = self._waiting.pop(0)
        crawler = self.create_crawler(key)
        self.results[key] = crawler
        crawler.signals.connect(self._engine_started, signals.engine_started, weak=False)
        task = self.crawl(crawler, **self._arguments)
        task.add_done_callback(lambda done: self._done_one(crawler, done))

    def _done_one(self, crawler: Crawler, task: asyncio.Task[None]) -> None:
        for listener in self.finished:
            listener(crawler)
        if not task.cancelled() and (error := task.exception()):
            logger.error("%s could not be started", crawler.spidercls.name, exc_info=error)
        self._next()

    def _engine_started(self) -> None:
        if self.stopping:
            self.stop_soon(self.stopping)

    async def _watch(self) -> None:
        """Keep the run to its limits, and to the lock that it runs under."""
        loop, begin, checked = asyncio.get_running_loop(), asyncio.get_running_loop().time(), 0.0
        while not self.stopping:
            await asyncio.sleep(TICK)
            if (past := loop.time() - begin) > (self.settings.getfloat("RUN_MAX_SECONDS") or past):
                self.stop_soon("limit: time")
            elif self._bytes() > (self.settings.getint("RUN_MAX_BYTES") or self._bytes()):
                self.stop_soon("limit: bytes")
            elif said := logs.failure():
                self._fail(StorageError(said), "log")
            elif past - checked > LOCK_CHECK:
                checked = past
                await self._check_lock()

    async def _check_lock(self) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(None, self.lock.check)
        except LockedError as error:
            self._fail(error, "lock lost")

    def _fail(self, error: HemeroError, reason: str) -> None:
        """End the run, and every source with the error's exit code."""
        for crawler in self.results.values():
            if crawler.spider:
                Database.of(crawler).failed(error)
        self.stop_soon(reason)

    def _bytes(self) -> int:
        """What all answers of the run have brought over the wire."""
        every = (crawler.stats.get_value("downloader/response_bytes", 0) for crawler in self._begun())
        return sum(every)

    def _begun(self) -> list[Crawler]:
        return [crawler for crawler in self.results.values() if crawler._stats]  # noqa: SLF001 -- see stats_of

    def _signal_shutdown(self, signum: int, frame: Any) -> None:  # noqa: ANN401, ARG002 -- the OS calls it
        from twisted.internet import reactor  # noqa: PLC0415 -- importing it installs it

        stopping.handle(self._signal_kill)
        self.signum = signum
        self.stopping = "shutdown"
        reactor.callFromThread(self.stop_soon, "shutdown")

    def _signal_kill(self, signum: int, frame: Any) -> None:  # noqa: ANN401, ARG002 -- the OS calls it
        from twisted.internet import reactor  # noqa: PLC0415 -- as above

        stopping.handle(signal.SIG_IGN)
        reactor.callFromThread(self.stop_now)

    def stop_soon(self, reason: str) -> None:
        """Ask for nothing more, finish what is in flight, and end; after STOP_WAIT end all the same."""
        logger.info("The run stops (%s); it finishes what is in flight", reason)
        self.stopping = reason
        for crawler in self._begun():
            if self.signum:
                crawler.stats.set_value("run/signal", self.signum)
            self._closing.add(asyncio.ensure_future(stopping.close(crawler, reason)))
        asyncio.get_running_loop().call_later(self.settings.getfloat("STOP_WAIT"), self.stop_now)

    def stop_now(self) -> None:
        """End without waiting for servers: what has come is stored, what has not is asked for again."""
        for crawler in self._begun():
            stopping.abandon(crawler)
        asyncio.get_running_loop().call_later(stopping.HARD, self._stop_reactor)

    @property
    def exit_code(self) -> int:
        """How the run went: the codes of docs/operations.md."""
        codes = {exit_code(stats_of(crawler), self._reason(crawler)) for crawler in self.results.values()}
        if self.locked_out:
            codes.add(5)
        if logs.failure():
            codes.add(StorageError.exit_code)
        if self.signum:
            codes.add(128 + self.signum)
        elif self.stopping and self._waiting:
            codes.add(8)
        return worst(codes)

    def _reason(self, crawler: Crawler) -> str | None:
        reason = stats_of(crawler).get("finish_reason")
        return str(reason) if reason else self.stopping or None
