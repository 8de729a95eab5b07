"""The last step: batches are committed on one writing thread, and an item is done when its row is there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self, TypeVar

from scrapy.exceptions import DropItem

from crawler.errors import HemeroError, RecordError
from crawler.extensions import stopping
from crawler.extensions.database import Database
from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.db.batch import Saved

T = TypeVar("T", Article, Fetch)


class StorePipeline:
    """Stores articles and fetches: stored means committed.

    A batch that fails is tried again item by item, so that one bad article costs one. A failure of the
    database itself (a full disk, a lock, a lost server) stops the run: nothing is marked as done.
    """

    def __init__(self, crawler: Crawler, database: Database) -> None:
        self.crawler = crawler
        self.database = database
        self.size = crawler.settings.getint("STORE_BATCH")
        self.wait = crawler.settings.getfloat("STORE_WAIT")
        self.batch: list[tuple[Article | Fetch, asyncio.Future[Saved]]] = []
        self.timer: asyncio.TimerHandle | None = None
        self.writing: set[asyncio.Task[None]] = set()
        self.stopping: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the run's database."""
        return cls(crawler, Database.of(crawler))

    async def process_item(self, item: T) -> T:
        """The item, once its row is committed."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Saved] = loop.create_future()
        self.batch.append((item, done))
        if len(self.batch) >= self.size:
            self.flush()
        elif self.timer is None:
            self.timer = loop.call_later(self.wait, self.flush)
        saved = await done
        self.crawler.stats.inc_value(f"store/{saved.what}")
        kind = item.kind if isinstance(item, Fetch) else "article"
        self.crawler.stats.inc_value(f"{kind}/{saved.outcome}")
        return item

    def flush(self) -> None:
        """Hand the batch to the writing thread."""
        if self.timer:
            self.timer.cancel()
            self.timer = None
        batch, self.batch = self.batch, []
        if batch:
            task = asyncio.get_running_loop().create_task(self._write(batch))
            self.writing.add(task)
            task.add_done_callback(self.writing.discard)

    async def close_spider(self) -> None:
        """Write what is left."""
        self.flush()
        await asyncio.gather(*self.writing)

    async def _write(self, batch: list[tuple[Article | Fetch, asyncio.Future[Saved]]]) -> None:
        try:
            saved = await self.database.call(self.database.save, [item for item, _ in batch])
        except RecordError:
            for part in batch:
                await self._write_one(*part)
        except Exception as error:  # noqa: BLE001 -- whatever it is, every item of the batch must hear of it
            self._fail(error, [done for _, done in batch])
        else:
            for (_, done), result in zip(batch, saved, strict=True):
                done.set_result(result)

    async def _write_one(self, item: Article | Fetch, done: asyncio.Future[Saved]) -> None:
        try:
            [saved] = await self.database.call(self.database.save, [item])
        except RecordError as error:
            done.set_exception(error)
        except Exception as error:  # noqa: BLE001 -- as above
            self._fail(error, [done])
        else:
            done.set_result(saved)

    def _fail(self, error: Exception, waiting: list[asyncio.Future[Saved]]) -> None:
        """Tell every waiting item, and stop the run where the database itself has failed."""
        is_storage = isinstance(error, HemeroError)
        for done in waiting:
            done.set_exception(DropItem(f"not stored: {error}") if is_storage else error)
        if isinstance(error, HemeroError) and self.stopping is None:
            self.database.failed(error)
            self.stopping = asyncio.ensure_future(stopping.close(self.crawler, "storage"))
