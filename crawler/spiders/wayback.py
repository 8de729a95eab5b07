"""The spider of the past: captures that a web archive holds of a source's articles, read as of their day.

``scrapy crawl wayback -a source=latribune -a since=2010-01-01`` asks the archive's index for what it holds of
the source, then for each capture as it was stored. The archive is a site like any other: its robots.txt, its
pace, its "not now" hold; what an interrupted run left, the next one takes up.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from crawler import config, sources
from crawler.archive import cdx
from crawler.errors import ConfigurationError, ListError
from crawler.extract import heavy, tree
from crawler.items import Fetch, Found, Page
from crawler.sources import Source
from crawler.spiders import answers, arguments
from crawler.spiders.news import NewsSpider, identity
from crawler.text import urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy import Request
    from scrapy.http import Response

    from crawler.spiders.lists import Walk

CAPTURE: Final = re.compile(r"/(\d{14})id_/(https?://.+)$")
"""The end of a capture's address: its time, and the address that was captured. ``id_``: as it was stored."""
ORIGINAL: Final = "x-archive-orig-"
"""Begins the names under which archives give the headers that the server once sent."""


class WaybackSpider(NewsSpider):
    """Reads what a web archive holds of one source.

    :param source: the key of the source
    :param since: a day such as 2015-01-01: only captures of it or later; ``until``: or earlier
    :param max_pages: at most so many captures in this run; the others stay on the frontier
    """

    name = "wayback"
    source: ClassVar[Source] = Source(
        key="wayback", name="Wayback Machine", home="https://web.archive.org/", pace=3.0
    )
    known_arguments = ("source", "since", "until", "max_pages")

    def __init__(self, source: str = "", until: str = "", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        if not source:
            raise ConfigurationError("wayback: name a source: scrapy crawl wayback -a source=latribune")
        self.wanted = sources.load(source)
        if self.wanted.refused:
            raise ConfigurationError(f"{source}: not crawled: {self.wanted.refused}")
        self.until: date | None = arguments.day(until)
        self.arguments |= {"source": source} | ({"until": until} if until else {})

    @property
    def sources(self) -> list[Source]:
        """The archive, and the source whose articles it holds."""
        return [self.source, self.wanted]

    async def start(self) -> AsyncIterator[Request]:
        """Ask the archive's index for what it holds of each of the source's hosts."""
        self.configuration = config.load(self.settings)
        for host in dict.fromkeys(name.removeprefix("www.").removeprefix(".") for name in self._hosts()):
            yield self._list(host)

    def _hosts(self) -> list[str]:
        return [self.wanted.host, *self.wanted.hosts]

    def _list(self, host: str, key: str = "") -> Request:
        url = cdx.question(self.configuration.wayback_index, host, self.since, self.until, key)
        return self.ask("listing", Found(url=url), self.source, found_in=self.wanted.home)

    def again(self, kind: str, found: Found, found_in: str) -> Request:
        """A capture that an earlier run left on the frontier; listings are asked for from their beginning."""
        return self.ask(kind, found, self.source, found_in=found_in)

    async def parse_list(
        self,
        response: Response,
        source: Source,
        walk: Walk | None,  # noqa: ARG002 -- an index has its own way of going on
    ) -> AsyncIterator[Request | Fetch]:
        """The captures of articles that an answer of the index names, then the index's next answer."""
        fetch = answers.complete(response)
        requests: list[Request] = []
        if fetch.outcome == "stored":
            try:
                listed, key = cdx.answer(response.body)
            except ListError as error:
                fetch.outcome, fetch.reason = "source_error", str(error)
            else:
                fetch.found = list(self._captures(listed))
                requests = [self.ask("article", found, source, found_in=fetch.url) for found in fetch.found]
                requests += [self._list(cdx.host(fetch.url), key)] if key else []
        yield fetch
        for request in requests:
            yield request

    def _captures(self, listed: list[cdx.Listed]) -> Iterator[Found]:
        """Where each text of an article was captured first: the same bytes again are no news."""
        met: set[tuple[str, str]] = set()
        for one in listed:
            url = _normal(one.url)
            if not one.is_page or not self._is_wanted(url, one.at):
                continue
            seen = (identity(self.wanted, url), one.digest)
            if seen not in met:
                met.add(seen)
                where = f"{self.configuration.wayback}/{one.stamp}id_/{url}"
                yield Found(url=where, identity=where)

    def _is_wanted(self, url: str, at: datetime) -> bool:
        since, until = self.since or date.min, self.until or date.max
        return bool(url) and self.wanted.is_article(url) and since <= at.date() <= until

    async def parse_article(
        self,
        response: Response,
        source: Source,  # noqa: ARG002 -- the archive
    ) -> AsyncIterator[Fetch | Page]:
        """A capture as the page it was on its day; the archive's own answer is recorded with it."""
        fetch = answers.complete(response)
        found = CAPTURE.search(response.url)
        url = _normal(found[2]) if found else ""
        if fetch.outcome == "stored" and not (found and url):
            fetch.outcome, fetch.reason = "http_error", f"no capture: {response.url}"
        if fetch.outcome != "stored" or not found or not answers.is_html(response, fetch):
            yield fetch
            return
        fetch.outcome, fetch.reason = "duplicate", f"a capture of {url}"
        at = datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        yield await self._page(response, fetch, url, at)

    def _owner(self, url: str) -> Source:
        """The source of an address; a run for another one may have left its capture on the frontier."""
        if self.wanted.owns(url):
            return self.wanted
        others = (source for source in sources.load_all().values() if source.owns(url))
        return next(others, self.wanted)

    async def _page(self, response: Response, fetch: Fetch, url: str, at: datetime) -> Page:
        owner = self._owner(url)
        then = Fetch(
            source=owner.key,
            url=url,
            kind="article",
            fetched_at=at,
            identity=identity(owner, url),
            flags=list(fetch.flags),
            status=fetch.status,
            found_in=fetch.url,
            digest=fetch.digest,
            record=fetch.record,
            captured=True,
            via=fetch,
        )
        said = answers.headers(response)
        headers = {
            name.removeprefix(ORIGINAL): said[name] for name in said if name.startswith(ORIGINAL)
        } or said
        size = len(response.body)
        root, flags = await heavy.run(size, tree.parse, response.body, headers)
        return Page(
            url=url,
            fetched_at=at,
            tree=root,
            headers=headers,
            rules=owner.rules_for(at.date()),
            timezone=owner.timezone,
            outlet=owner.name,
            flags=[*fetch.flags, *flags],
            identify=lambda other: identity(owner, other) if owner.owns(other) else "",
            fetch=then,
            size=size,
        )


def _normal(url: str) -> str:
    """An address as we would have asked for it; archives keep the port that a crawler named."""
    try:
        return urls.normalise(url.replace(":80/", "/", 1))
    except ValueError:
        return ""
