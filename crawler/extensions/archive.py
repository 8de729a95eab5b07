"""The run's archive: one writer and one thread a process, whatever the number of sources."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Self

from crawler import __version__, config
from crawler.archive.exchange import decided
from crawler.archive.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from scrapy.crawler import Crawler

    from crawler.config import Config
    from crawler.items import Fetch, Record

REFUSALS: Final = frozenset(
    {
        "robots_denied",
        "robots_unreachable",
        "tdm_reserved",
        "redirect_refused",
        "address_refused",
        "trap_stopped",
    }
)
"""Outcomes that are our own decision: where no answer carries it, it gets a record of its own."""


class Shelf:
    """The writer of one folder and its thread; what cannot be written is remembered, and told by ``sync``."""

    shared: ClassVar[dict[Path, Shelf]] = {}

    def __init__(self, settings: Config) -> None:
        self.folder = settings.archive
        self.users = 0
        info = {
            "software": f"Hemero/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "obey",
            "http-header-user-agent": settings.user_agent,
        } | ({"operator": settings.contact} if settings.contact else {})
        self.writer = Writer(self.folder, info=info, size=int(float(settings.archive_size) * 1_000_000))
        self.failed: Exception | None = None
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")

    @classmethod
    def join(cls, settings: Config) -> Shelf:
        """The shelf of a folder: the sources of one process write to one file."""
        if settings.archive not in cls.shared:
            cls.shared[settings.archive] = cls(settings)
        cls.shared[settings.archive].users += 1
        return cls.shared[settings.archive]

    def put(self, build: Callable[[], Sequence[bytes]], record: Record | None = None) -> None:
        """Append what ``build`` returns, on the archive's thread; ``record`` gets the place of the first."""
        self.thread.submit(self._put, build, record)

    def _put(self, build: Callable[[], Sequence[bytes]], record: Record | None) -> None:
        try:
            file, offset = self.writer.append(build())[0]
        except Exception as error:  # noqa: BLE001 -- the next sync tells whoever counts on the record
            self.failed = self.failed or error
        else:
            if record:
                record.file, record.offset = file, offset

    def sync(self) -> None:
        """Return once everything that was put before is written and survives a power cut.

        :raises StorageError: it cannot be written
        """
        self.thread.submit(self.writer.sync).result()
        if self.failed:
            raise self.failed

    def leave(self) -> None:
        """Close the file when its last user goes.

        :raises StorageError: it cannot be closed
        """
        self.users -= 1
        if not self.users:
            del self.shared[self.folder]
            closing = self.thread.submit(self.writer.close)
            self.thread.shutdown(wait=True)
            closing.result()


class Archive:
    """Where the middleware hands answers in, and the database waits for them before it commits.

    ``shelf`` is None where ``archive.write`` is off. ``strips`` says that pages are archived without their
    readers' comments, which takes a page that has been read.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = config.load(crawler.settings)
        self.crawler = crawler
        self.shelf = Shelf.join(settings) if settings.archive_write == "on" else None
        self.strips = settings.archive_comments == "strip"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the archive of the configuration, which ``running`` has repaired."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The archive of a run, for its other components."""
        archive = crawler.get_extension(cls)
        assert archive is not None  # noqa: S101 -- settings name the extension
        return archive

    def sync(self, fetches: Iterable[Fetch]) -> None:
        """What has to be safe before the rows of these fetches may be committed; not for the reactor.

        Our refusals, which no answer carries, are written down first.

        :raises StorageError: it cannot be written
        """
        if self.shelf is None:
            return
        for fetch in fetches:
            if fetch.outcome in REFUSALS and fetch.record is None:
                self.shelf.put(partial(_refusal, fetch))
        self.shelf.sync()

    def close(self) -> None:
        """Let go of the archive once nothing more comes; not for the reactor."""
        if self.shelf:
            self.shelf.leave()


def _refusal(fetch: Fetch) -> list[bytes]:
    said = {
        "source": fetch.source,
        "outcome": fetch.outcome,
        "reason": fetch.reason,
        "robots": fetch.robots_rule,
    }
    return [decided(fetch.fetched_at, fetch.url, [(name, value) for name, value in said.items() if value])]
