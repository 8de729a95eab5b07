"""The spider that asks nobody: captures of the archive or of WARC files go through today's steps.

``scrapy crawl replay`` reads what the archive holds anew, by the layout rules of the capture's day, and
writes each reading beside the one in force. Captures that no row names, of files made by others or of an
archive whose database is lost, are stored as a crawl would have stored them on their day.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawler import sources
from crawler.archive.decisions import decisions
from crawler.archive.reader import captures, read
from crawler.db.extractions import Selection
from crawler.errors import CaptureError, ConfigurationError
from crawler.extensions.database import Database
from crawler.items import KINDS, Fetch, Record
from crawler.sources import Source
from crawler.spiders import arguments
from crawler.spiders.news import NewsSpider, identity
from crawler.text import reservation, urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from crawler.archive.reader import Capture
    from crawler.db.extractions import Stored
    from crawler.items import Page

AT_ONCE: Final = 200  # pages that wait to be stored; Scrapy itself sets no bound to what start() yields
OURS: Final = "hemero-"  # begins the names of our own files: their lists are read too


class ReplaySpider(NewsSpider):
    """Reads stored captures.

    :param source: only of this source
    :param since: a day such as 2015-01-01: only what was fetched on it or later; ``until`` likewise
    :param extractor: only pages whose reading in force is that reader's: "hemero 0.1.0"
    :param limit: at most so many captures
    :param files: WARC and WACZ files, one a line, instead of what the database names
    """

    name = "replay"
    source: ClassVar[Source] = Source(key="replay", name="", home="")
    known_arguments = ("source", "since", "until", "extractor", "limit", "files")

    def __init__(self, source: str = "", limit: str = "", files: str = "", **kwargs: Any) -> None:  # noqa: ANN401
        given = {"source": source, "limit": limit, "files": files, **kwargs}
        until, extractor = (str(kwargs.pop(name, "")) for name in ("until", "extractor"))
        super().__init__(since=str(kwargs.pop("since", "")), **kwargs)
        self.arguments = {name: value for name, value in given.items() if value}
        self.wanted = Selection(
            source=source,
            since=self.since,
            until=arguments.day(until),
            extractor=extractor,
            limit=arguments.count(limit, "limit"),
        )
        self.files = [line for line in files.splitlines() if line]
        if missing := [file for file in self.files if not Path(file).is_file()]:
            raise ConfigurationError(f"{missing[0]}: no such file")
        self.hops: dict[str, str] = {}  # where a redirect of this file leads → what was asked for
        self.decided: dict[str, dict[str, str]] = {}  # of this file: capture → what we decided on it
        self.met: dict[str, Source] = {}
        self.gone: set[str] = set()  # sources of the database that nobody declares any more

    @property
    def sources(self) -> list[Source]:
        """None yet: they are declared as they are met."""
        return []

    @property
    def walks(self) -> bool:
        """Nothing is asked of anybody."""
        return False

    async def start(self) -> AsyncIterator[Any]:
        """Every page of the selection, as a crawl would have yielded it."""
        self.database = Database.of(self.crawler)
        answers = self._from_files() if self.files else self._from_archive()
        async for response, kind, source in answers:
            await self._declare(source)
            async for item in self._items(response, kind, source):
                yield item
            while self._waiting() >= AT_ONCE:  # noqa: ASYNC110 -- Scrapy tells nobody that an item is done
                await asyncio.sleep(0.005)

    def _waiting(self) -> int:
        """How many pages are on their way through the steps."""
        slot = self.crawler.engine.scraper.slot
        return slot.itemproc_size if slot else 0

    async def _items(self, response: Response, kind: str, source: Source) -> AsyncIterator[Page | Fetch]:
        """What the spider of news gives for an answer, without the requests that would follow."""
        if kind == "article":
            async for page in self.parse_article(response, source):
                yield page
            return
        self.sitemaps = 0  # they are bounded in a crawl, where each costs somebody a request
        async for item in self.parse_list(response, source, None):
            if isinstance(item, Fetch):
                item.found = [found for found in item.found if found.kind == "article"]
                yield item

    async def _declare(self, source: Source) -> None:
        if source.key not in self.met:
            self.met[source.key] = source
            await self.database.declare(source)

    async def _from_archive(self) -> AsyncIterator[tuple[Response, str, Source]]:
        """The captures that the database names."""
        folder = self.database.configuration.archive
        store, wanted, last = self.database.store, self.wanted, (0, 0)
        while rows := await self.database.call(store.replayable, wanted, last):
            for row in rows:
                try:
                    capture = read(folder / row.warc_file, row.warc_offset)
                    yield (
                        _response(capture, _fetch(row, capture)),
                        "article",
                        self._source(row.source, row.url),
                    )
                except CaptureError as error:
                    self._unreadable(error)
            last = (rows[-1].page, rows[-1].fetch)
            if wanted.limit is not None:
                wanted = replace(wanted, limit=wanted.limit - len(rows))

    async def _from_files(self) -> AsyncIterator[tuple[Response, str, Source]]:
        """The captures of files, in their order; those that the database names are read anew."""
        left = self.wanted.limit
        for file in self.files:
            self.hops.clear()
            known: dict[str, dict[int, int]] = {}
            try:
                self.decided = decisions(file) if Path(file).name.startswith(OURS) else {}
                for capture in captures(file):
                    name = self._row_name(capture.file)
                    if name not in known:
                        known[name] = await self.database.call(self.database.store.fetched, name)
                    answer = self._answer(capture, name, known[name].get(capture.offset))
                    if answer is None:
                        continue
                    if left is not None and left <= 0:
                        return
                    left = None if left is None else left - 1
                    yield answer
            except CaptureError as error:
                self._unreadable(error)

    def _row_name(self, file: str) -> str:
        """A file as rows name it: in the archive's folder by its name, elsewhere by its whole path."""
        path = Path(file)
        return (
            path.name
            if path.parent.resolve() == self.database.configuration.archive.resolve()
            else str(path.resolve())
        )

    def _answer(self, capture: Capture, name: str, key: int | None) -> tuple[Response, str, Source] | None:
        """A capture of a file as an answer, its kind and its source; None where it is not wanted."""
        if 300 <= capture.status < 400 and capture.status != 304:
            self._follow(capture)
            return None
        url = _normal(capture.url)
        source = _owner(url) if url else None
        if not url or source is None or not self._is_wanted(capture, source):
            return None
        said = self.decided.get(capture.record, {})
        kind = said.get("kind") or _kind(url, source)
        if kind not in KINDS:
            return None
        asked = self.hops.pop(url, url)
        fetch = Fetch(
            source=source.key,
            url=asked,
            kind=kind,
            fetched_at=capture.fetched_at,
            identity=identity(source, asked),
            found_in=said.get("found-in", ""),
            robots_rule=said.get("robots", ""),
            record=Record(capture.record, capture.fetched_at, name, capture.offset),
            replays=key if kind == "article" else None,
            captured=not Path(name).name.startswith(OURS),
        )
        if key is not None and (kind != "article" or capture.status != 200):
            return None  # its row says all there is
        whole = (
            read(capture.file, capture.offset) if capture.kind == "revisit" and capture.refers_to else capture
        )
        return _response(whole, fetch), kind, source

    def _is_wanted(self, capture: Capture, source: Source) -> bool:
        day = capture.fetched_at.date()
        wanted = self.wanted
        return (
            wanted.source in {"", source.key}
            and (wanted.since is None or day >= wanted.since)
            and (wanted.until is None or day <= wanted.until)
        )

    def _follow(self, capture: Capture) -> None:
        """Remember where a redirect leads: what stands there was asked for by another address."""
        here, there = _normal(capture.url), urls.resolve(capture.url, capture.headers.get("location", ""))
        if here and there:
            self.hops[there] = self.hops.pop(here, here)

    def _source(self, key: str, url: str) -> Source:
        """A source by its key, else one that nobody declares; of one that was declared once, that is told."""
        bare = _bare(url)
        source = sources.load_all().get(key, bare)
        if source is bare and key not in {bare.key, *self.gone}:
            self.gone.add(key)
            self.logger.error("%s is no longer declared: its pages are read as those of an unknown site", key)
        return source

    def _unreadable(self, error: CaptureError) -> None:
        """A capture that is lost is told and counted, and the run ends with 7; the others are read."""
        self.logger.error("%s", error)
        self.crawler.stats.inc_value("article/corrupt")


def _fetch(row: Stored, capture: Capture) -> Fetch:
    """The record of a stored fetch, to be completed as it was on its day."""
    return Fetch(
        source=row.source,
        url=row.url,
        kind="article",
        fetched_at=capture.fetched_at,
        identity=row.identity,
        found_in=row.found_in,
        replays=row.fetch,
        record=Record(row.warc_record, capture.fetched_at, row.warc_file, row.warc_offset),
        location=row.location or row.url,
        robots_rule=row.robots_rule,
        tdm_reservation=row.tdm_reservation,
    )


def _response(capture: Capture, fetch: Fetch) -> Response:
    """A capture as Scrapy would have given it to the spider."""
    url = fetch.location or _normal(capture.url)
    tdm = reservation.written(fetch.tdm_reservation).then(reservation.declared("header", capture.headers))
    request = Request(fetch.url, meta={"fetch": fetch, "robots_rule": fetch.robots_rule, "tdm": tdm})
    headers = {name: value.encode("latin-1", "replace") for name, value in capture.headers.items()}
    headers.pop("content-encoding", None)
    return HtmlResponse(url, capture.status, headers, capture.body, encoding="utf-8", request=request)


def _normal(url: str) -> str:
    try:
        return urls.normalise(url)
    except ValueError:
        return ""


def _owner(url: str) -> Source:
    """The declared source that owns an address, else one that is named after its host."""
    return next((source for source in sources.load_all().values() if source.owns(url)), None) or _bare(url)


def _bare(url: str) -> Source:
    parts = urlsplit(url)
    name = (parts.hostname or "").removeprefix("www.")
    return Source(key=name, name=name, home=f"{parts.scheme}://{parts.hostname}/")


def _kind(url: str, source: Source) -> str:
    """What stands at an address of a file that others have made: "article", or "" for what is not read."""
    if urlsplit(url).path == "/robots.txt":
        return ""
    return "article" if not source.article or source.is_article(url) else ""
