"""The spider of every source: it walks feeds, sitemaps and listings, and hands pages on; it reads nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Request, Spider

from crawler.extract import heavy, tree
from crawler.items import BY_HAND, Fetch, Found, Page
from crawler.sources import Listing
from crawler.spiders import answers, arguments, lists
from crawler.text import urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from crawler.sources import Source

SHORTEST_PACE = 0.001  # seconds; without any delay Scrapy 2.19 starts a host's whole queue at once
LARGEST = {"feed": {"download_maxsize": 16_777_216}, "sitemap": {"download_maxsize": 52_428_800}}
"""Bytes of a feed, and of a sitemap as its protocol allows: more than a page's, since they hold many."""
LIST_WEIGHT = 3  # times what a page of its size costs: each entry is an address and a date
RESERVED = b"tdm-reservation"  # stands in a page that may reserve its rights
MOST_SITEMAPS = 1_000  # of one source in one run
LIST_PRIORITY = 10  # lists go before articles: what is new is known before anything else is fetched


class NewsSpider(Spider):
    """Walks one source.

    :param url: the address of one article, or of several between blanks, instead of the source's lists
    :param urls: a file of addresses, one a line, instead of the source's lists
    :param since: a day such as 2015-01-01: the archives are walked too, back to that day
    :param max_pages: at most so many article pages in this run; the others stay on the frontier
    :param max_lists: at most so many feeds, sitemaps and pages of listings in this run; likewise
    """

    source: ClassVar[Source]
    known_arguments: ClassVar[tuple[str, ...]] = ("url", "urls", "since", "max_pages", "max_lists")

    def __init__(
        self,
        url: str = "",
        urls: str = "",
        since: str = "",
        max_pages: str = "",
        max_lists: str = "",
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**kwargs)
        self.sitemaps = 0  # read so far
        self.indexes: dict[str, set[str]] = {}  # sitemap → those that it names
        self.addresses = arguments.addresses(url, urls)
        self.too_long = arguments.too_long(urls)
        self.since: date | None = arguments.day(since)
        self.max_pages: int | None = arguments.count(max_pages)
        self.max_lists: int | None = arguments.count(max_lists, "max_lists")
        given = {
            "url": url,
            "urls": urls,
            "since": since,
            "max_pages": max_pages,
            "max_lists": max_lists,
        }
        self.arguments = {name: value for name, value in given.items() if value}
        for address in self.addresses:
            self.source_of(address)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Keep the source's pace."""
        super().update_settings(settings)
        pace = cls.source.pace + settings.getfloat("PACE_MARGIN") if cls.source.pace else SHORTEST_PACE
        settings.set("DOWNLOAD_DELAY", pace, priority="spider")

    @property
    def sources(self) -> list[Source]:
        """Whom this run reads."""
        return [self.source]

    @property
    def walks(self) -> bool:
        """Whether the run walks lists, and not only addresses given by hand."""
        return not self.addresses

    def source_of(self, url: str) -> Source:
        """The source of an address.

        :raises ConfigurationError: the address is none of this spider's
        """
        return arguments.owned(self.source, url)

    async def start(self) -> AsyncIterator[Request | Fetch]:
        """Ask for the addresses given by hand, else for the source's lists."""
        for address in self.too_long:
            yield answers.refused_by_length(address, self.source_of(address).key)
        for address in self.addresses:
            yield self.ask("article", Found(url=address), self.source_of(address), found_in=BY_HAND)
        if self.walks:
            for kind, url, walk in lists.of(self.source, since=self.since, today=datetime.now(UTC).date()):
                yield self.ask(kind, Found(url=url), self.source, walk=walk)

    def ask(
        self,
        kind: str,
        found: Found,
        source: Source,
        *,
        found_in: str = "",
        walk: lists.Walk | None = None,
    ) -> Request:
        """The request for one address, with the record that its answer will complete."""
        fetch = Fetch(
            source=source.key,
            url=found.url,
            identity=found.identity or identity(source, found.url),
            kind=kind,
            fetched_at=datetime.now(UTC),
            found_in=found_in,
        )
        read = self.parse_given if self.addresses else self.parse_article
        return Request(
            found.url,
            callback=read if kind == "article" else self.parse_list,
            errback=self.lost,
            dont_filter=True,  # the frontier knows what was asked; Scrapy's filter would swallow redirects
            priority=0 if kind == "article" else LIST_PRIORITY,
            meta={"fetch": fetch, "modified": found.modified} | LARGEST.get(kind, {}),
            cb_kwargs={"source": source} | ({} if kind == "article" else {"walk": walk}),
        )

    def again(self, kind: str, found: Found, found_in: str) -> Request:
        """The request for a page that an earlier run left on the frontier, or that is due again."""
        walk = lists.Walk(depth=1) if found_in == self.source.home else lists.Walk(Listing(url=found.url))
        return self.ask(kind, found, self.source, found_in=found_in, walk=walk)

    async def parse_list(
        self, response: Response, source: Source, walk: lists.Walk | None
    ) -> AsyncIterator[Request | Fetch]:
        """What a feed, a sitemap or a listing names: first for the record, then as requests."""
        fetch = answers.complete(response)
        lists.settle(fetch)
        if fetch.outcome == "stored":
            named = await self._named(response, fetch, source, walk)
            fetch.found = [found for kind, found, _ in named]
            requests = [
                self.ask(kind, found, source, found_in=fetch.url, walk=further)
                for kind, found, further in named
            ]
        else:
            requests = []
        yield fetch
        for request in requests:
            yield request

    async def _named(
        self, response: Response, fetch: Fetch, source: Source, walk: lists.Walk | None
    ) -> lists.Named:
        """What a list names; a long one is read on a thread, so that no other source waits for it."""
        self.sitemaps += fetch.kind == "sitemap"
        if self.sitemaps > MOST_SITEMAPS:
            fetch.outcome, fetch.reason = "trap_stopped", f"more than {MOST_SITEMAPS} sitemaps in one run"
            return []
        weight = LIST_WEIGHT * len(response.body)
        named = await heavy.run(weight, lists.read, response, fetch, source, walk, self.since)
        self.indexes[fetch.url] = {found.url for kind, found, _ in named if kind == "sitemap"}
        if lists.leads_back(fetch.url, self.indexes):
            fetch.outcome, fetch.reason = "trap_stopped", f"{lists.TRAP}it leads back to itself"
        return named

    async def parse_given(self, response: Response, source: Source) -> AsyncIterator[Fetch | Page]:
        """A page that was given by hand; a feed or a sitemap is recorded as one, and not followed."""
        if 200 <= response.status < 300 and (kind := self._list_kind(response)):
            fetch = answers.complete(response)
            fetch.kind = kind
            fetch.found = [found for _, found, _ in await self._named(response, fetch, source, None)]
            yield fetch
            return
        async for part in self.parse_article(response, source):
            yield part

    async def parse_article(self, response: Response, source: Source) -> AsyncIterator[Fetch | Page]:
        """A page to be read, or the record of why there is none."""
        fetch = answers.complete(response)
        if fetch.outcome == "stored":
            answers.heed(response, fetch, None, source)
        if fetch.outcome != "stored" or not answers.is_html(response, fetch):
            yield fetch
            return
        same = fetch.digest == response.meta.get("validators", ("", "", ""))[2]
        if same:
            fetch.outcome, fetch.reason = "unchanged", "the same bytes"
        if same and RESERVED not in response.body.lower():
            yield fetch
            return
        headers = answers.headers(response)
        size = len(response.body)
        root, flags = await heavy.run(size, tree.parse, response.body, headers)
        answers.heed(response, fetch, root, source)
        if same:
            yield fetch
            return
        yield Page(
            url=urls.normalise(response.url),
            fetched_at=fetch.fetched_at,
            tree=root,
            headers=headers,
            rules=source.rules_for(fetch.fetched_at.date()),
            timezone=source.timezone,
            outlet=source.name,
            flags=[*fetch.flags, *flags],
            identify=lambda url: identity(source, url) if source.owns(url) else "",
            fetch=fetch,
            size=size,
        )

    def _list_kind(self, response: Response) -> str:
        said = answers.headers(response).get("content-type", "")
        return lists.kind_of(response.body, said, response.url)

    def lost(self, failure: Failure) -> Iterator[Fetch]:
        """The record of a request that brought no answer."""
        fetch = answers.lost(failure)
        lists.settle(fetch)
        yield fetch


def identity(source: Source, url: str) -> str:
    """What makes an address the same page as another one: as the source declares it, else by its spelling."""
    return source.article_key(url) or urls.identity(url)
