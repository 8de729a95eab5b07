"""The run's archive: one writer a process, whatever the number of sources."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Final, Self

from crawler import __version__, config
from crawler.archive.exchange import decided
from crawler.archive.writer import Writer
from crawler.errors import HemeroError

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy.crawler import Crawler

    from crawler.config import Config
    from crawler.extensions.database import Database
    from crawler.items import Fetch, Record

logger = logging.getLogger(__name__)

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

MOST: Final = 8_000_000
"""Bytes of answers that may wait for the next commit."""


Find = Callable[[list[str]], dict[str, tuple[str, int]]]
"""Of addresses, file and offset of the last capture of each: ``Store.archived``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What waits to be written: records that ``build`` makes, the first of which is ``record``."""

    build: Callable[[tuple[str, int] | None], Sequence[bytes]]  # is told where its address is held already
    size: int
    url: str = ""
    record: Record | None = None


class Shelf:
    """The writer of one folder; whoever is about to commit writes what waits, on its own thread.

    So a batch is written, synced and committed by one thread, and the reactor only puts things down.
    """

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
        self.waiting: deque[Entry] = deque()
        self.size = 0  # bytes that wait
        self.lock = Lock()
        self.failed: Exception | None = None

    @classmethod
    def join(cls, settings: Config) -> Shelf:
        """The shelf of a folder: the sources of one process write to one file."""
        if settings.archive not in cls.shared:
            cls.shared[settings.archive] = cls(settings)
        cls.shared[settings.archive].users += 1
        return cls.shared[settings.archive]

    def put(self, entry: Entry) -> bool:
        """Let an entry wait; whether so much waits that it should be written at once."""
        self.waiting.append(entry)
        self.size += entry.size
        return self.size > MOST

    def write(self, find: Find) -> None:
        """Write what waits, in its order; a failure is remembered, and told by ``sync``."""
        with self.lock:
            entries = [self.waiting.popleft() for _ in range(len(self.waiting))]
            self.size = 0
            held = _held(find, [entry.url for entry in entries if entry.url])
            try:
                for entry in entries:
                    self._append(entry, held.get(entry.url))
            except Exception as error:  # noqa: BLE001 -- whoever counts on a record is told by sync
                self.failed = self.failed or error

    def _append(self, entry: Entry, held: tuple[str, int] | None) -> None:
        file, offset = self.writer.append(entry.build(held))[0]
        if entry.record:
            entry.record.file, entry.record.offset = file, offset

    def sync(self, find: Find) -> None:
        """Return once everything that was put before is written and survives a power cut.

        :raises StorageError: it cannot be written
        """
        self.write(find)
        with self.lock:
            if self.failed:
                raise self.failed
            self.writer.sync()

    def leave(self, find: Find) -> None:
        """Write what waits, and close the file when its last user goes.

        :raises StorageError: it cannot be written or closed
        """
        self.users -= 1
        if not self.users:
            del self.shared[self.folder]
        self.write(find)
        with self.lock:
            if not self.users:
                self.writer.close()


class Archive:
    """Where the middleware hands answers in, and the database waits for them before it commits.

    ``shelf`` is None where ``archive.write`` is off. ``strips`` says that pages are archived without their
    readers' comments, which takes a page that has been read.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = config.load(crawler.settings)
        self.crawler = crawler
        self.shelf = Shelf.join(settings) if settings.archive_write == "on" else None
        self.is_closed = False
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

    def put(self, entry: Entry, database: Database) -> None:
        """Let an entry wait for the next commit, or have it written now if much waits already."""
        if self.shelf and self.shelf.put(entry):
            database.thread.submit(self.shelf.write, database.store.archived)

    def sync(self, fetches: Iterable[Fetch], find: Find) -> None:
        """What has to be safe before the rows of these fetches may be committed; not for the reactor.

        Of a page whose rights are reserved only the decision is written, as of our refusals, which no answer
        carries.

        :raises StorageError: it cannot be written
        """
        if self.shelf is None:
            return
        for fetch in fetches:
            record = fetch.record
            if record and fetch.is_reserved and (record.put or record.write) and not record.file:
                fetch.record = None
            if fetch.record is None and (fetch.outcome in REFUSALS or fetch.is_reserved):
                self.shelf.put(Entry(partial(_refusal, fetch), 0))
            elif fetch.record and fetch.record.put:
                fetch.record.put()
                fetch.record.put = None
        self.shelf.sync(find)

    def close(self, find: Find) -> None:
        """Let go of the archive once nothing more comes; not for the reactor."""
        if self.shelf and not self.is_closed:
            self.is_closed = True
            self.shelf.leave(find)


def _held(find: Find, urls: list[str]) -> dict[str, tuple[str, int]]:
    """Where addresses are held; a database that is away for a moment costs a body kept twice, no more."""
    try:
        return find(urls) if urls else {}
    except HemeroError as error:
        logger.warning("Bodies that are held already are kept once more: %s", error)
        return {}


def _refusal(fetch: Fetch, _: object) -> list[bytes]:
    said = {
        "source": fetch.source,
        "outcome": fetch.outcome,
        "reason": fetch.reason,
        "robots": fetch.robots_rule,
        "tdm": fetch.tdm_reservation,
    }
    return [decided(fetch.fetched_at, fetch.url, [(name, value) for name, value in said.items() if value])]
