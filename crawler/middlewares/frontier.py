"""The frontier: what lists name is only asked for if it is not held, or is due again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from scrapy import Request

from crawler.db.settling import Validators
from crawler.extensions.database import Database
from crawler.items import Fetch, Found
from crawler.middlewares.preselection import Preselection
from crawler.middlewares.robots import RobotsMiddleware
from crawler.text import urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.sources import Source
    from crawler.spiders.lists import Walk
    from crawler.spiders.news import NewsSpider

DUE_AT_ONCE: Final = 10_000  # pages taken up in one run; the others wait for the next
AGAIN: Final = 3600  # seconds of the source's pace that a run gives to articles seen before
BELOW: Final = 10  # sitemaps of indexes that a run asks for beside what the indexes name anew


class FrontierMiddleware:
    """Drops requests for what is held, adds those for what is due, and keeps to the budget of pages."""

    def __init__(self, crawler: Crawler, database: Database) -> None:
        self.crawler = crawler
        self.database = database
        self.preselection = Preselection(crawler)
        self.asked: set[str] = set()  # identities of this run
        self.taken_on: set[str] = set()  # identities of articles that no earlier run had fetched
        self.met: dict[Walk, set[str]] = {}  # identities by the walk that met them

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the run's database."""
        return cls(crawler, Database.of(crawler))

    @property
    def spider(self) -> NewsSpider:
        """The spider of the run."""
        return self.crawler.spider  # type: ignore[return-value]

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The spider's own beginnings, then the pages that an earlier run left or that are due again."""
        async for request in start:
            if not isinstance(request, Request):  # a replay yields what it reads, and asks nobody
                yield request
                continue
            fetch: Fetch = request.meta["fetch"]
            self.asked.add(fetch.identity)
            if fetch.kind == "article" or await self._is_worth_asking(request):
                yield request
        if not self.spider.walks:
            return
        source = self.spider.source
        for request in await self._of_robots(source):
            self.asked.add(request.meta["fetch"].identity)
            yield request
        for request in await self._below(source):
            if self._admits(request):
                yield request
        store = self.database.store
        again = int(AGAIN / source.pace) if source.pace else DUE_AT_ONCE
        for due in await self.database.call(store.due, source.key, datetime.now(UTC), DUE_AT_ONCE, again):
            found = Found(url=due.url, identity=due.identity, title=due.title, published=due.published)
            request = self.spider.again(due.kind, found, due.found_in)
            request.meta["validators"] = due.validators
            if self._admits(request):
                yield request

    async def _below(self, source: Source) -> list[Request]:
        """The sitemaps that the source's indexes have named, which may change though the indexes do not."""
        now, store = datetime.now(UTC), self.database.store
        named = await self.database.call(store.below, source.sitemaps, now, BELOW) if source.sitemaps else []
        validators = await self.database.call(store.validators, [url for url, _, _ in named])
        requests = []
        for url, identity, index in named:
            found = Found(url=url, kind="sitemap", identity=identity)
            request = self.spider.ask("sitemap", found, source, found_in=index)
            request.meta["validators"] = validators.get(url, Validators())
            requests.append(request)
        return requests

    async def _is_worth_asking(self, request: Request) -> bool:
        """Whether a list with which a run begins may bring something new, and the budget allows it."""
        fetch: Fetch = request.meta["fetch"]
        if fetch.url in await self._resting([fetch]):
            return False
        if end := walk.end if (walk := request.cb_kwargs.get("walk")) else None:
            answered = await self.database.call(self.database.store.answered, [fetch.url])
            if fetch.url in answered and answered[fetch.url] > end:
                return False  # a month that was walked when it was over
        return self._may_list()

    def _may_list(self) -> bool:
        """Whether the run may ask for one more list; what it leaves, the next run takes up."""
        if self.spider.max_lists is None:
            return True
        if self.crawler.stats.get_value("frontier/lists", 0) >= self.spider.max_lists:
            self.crawler.stats.inc_value("frontier/left")
            return False
        self.crawler.stats.inc_value("frontier/lists")
        return True

    async def _of_robots(self, source: Source) -> list[Request]:
        """The sitemaps that robots.txt names, where a source declares neither feeds nor sitemaps itself."""
        if source.feeds or source.sitemaps:
            return []
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        assert robots is not None  # noqa: S101 -- the settings name it
        said = await robots.of(source.home)
        named = dict.fromkeys(url for line in said.sitemaps if (url := urls.resolve(source.home, line)))
        found = [
            Found(url=url, kind="sitemap", identity=urls.identity(url)) for url in named if source.owns(url)
        ]
        return [
            self.spider.ask("sitemap", one, source, found_in=f"{said.authority}/robots.txt")
            for one in found
            if one.identity not in self.asked
        ]

    async def process_spider_output(
        self,
        response: Response,
        result: AsyncIterator[Any],
    ) -> AsyncIterator[Any]:
        """What a callback yields, without the requests that would bring nothing new."""
        output = [part async for part in result]
        requests = [part for part in output if isinstance(part, Request)]
        if not requests:
            for part in output:
                yield part
            return
        fetches: list[Fetch] = [request.meta["fetch"] for request in requests]
        named = [(fetch.url, fetch.identity) for fetch in fetches]
        held = await self.database.call(self.database.store.known, named, datetime.now(UTC))
        changed = await self._changed(requests, held)
        held -= changed
        validators = await self.database.call(self.database.store.validators, [url for url, _ in named])
        resting = await self._resting(fetches)
        is_news = self._leads_on(response, fetches, held)
        lists = [part for part in output if isinstance(part, Fetch)]
        waiting = [request for request in requests if request.meta["fetch"].url not in held]
        passed = self.preselection.pass_over(self.spider.source, lists, waiting)
        for part in output:
            if isinstance(part, Fetch) and not is_news:
                part.found = [found for found in part.found if found.kind != "listing"]
            if isinstance(part, Request):
                fetch = part.meta["fetch"]
                if fetch.url in resting or fetch.identity in passed:
                    continue
                if not self._wanted(part, held, is_news=is_news):
                    continue
                if fetch.kind == "article" and fetch.url not in changed:
                    self.taken_on.add(fetch.identity)
                part.meta["validators"] = validators.get(fetch.url, Validators())
            yield part

    async def _changed(self, requests: list[Request], held: set[str]) -> set[str]:
        """Of the articles that are held, those that their list says have changed since."""
        told: dict[str, Request] = {
            request.meta["fetch"].url: request for request in requests if request.meta["modified"]
        }
        named = [
            (url, told[url].meta["fetch"].identity, told[url].meta["modified"]) for url in held & set(told)
        ]
        early = (
            await self.database.call(self.database.store.early, named, datetime.now(UTC)) if named else set()
        )
        for url in early:
            told[url].meta["fetch"].hinted = True
        return early

    async def _resting(self, fetches: Iterable[Fetch]) -> set[str]:
        """Of feeds and sitemaps, those that bring nothing new so soon; a run for the past asks all."""
        lists = [fetch.url for fetch in fetches if fetch.kind in {"feed", "sitemap"}]
        if not lists or self.spider.since is not None:
            return set()
        resting = await self.database.call(self.database.store.resting, lists, datetime.now(UTC))
        self.crawler.stats.inc_value("frontier/resting", len(resting))
        return resting

    def _leads_on(self, response: Response, fetches: list[Fetch], held: set[str]) -> bool:
        """Whether a further page of a listing is worth the walk.

        It is when this page named an article that its walk had not met before (past their end, listings
        repeat themselves) and that no earlier run had fetched, though this one may have by now, from a feed
        that names the same; a run that asks for a day in the past goes on through what is held.
        """
        walk = response.cb_kwargs.get("walk")
        if walk is None or not walk.listing:
            return True
        met = self.met.setdefault(replace(walk, depth=0), set())
        new = [fetch for fetch in fetches if fetch.kind == "article" and fetch.identity not in met]
        met.update(fetch.identity for fetch in new)
        if self.spider.since is not None:
            return bool(new)
        within = walk.depth + 1 < self.crawler.settings.getint("LISTING_PAGES")
        return within and any(fetch.url not in held or fetch.identity in self.taken_on for fetch in new)

    def _wanted(self, request: Request, held: set[str], *, is_news: bool) -> bool:
        fetch: Fetch = request.meta["fetch"]
        walk = request.cb_kwargs.get("walk")
        is_page = bool(fetch.kind == "listing" and walk and walk.listing)
        if is_page and not is_news:
            return False
        if not is_page and fetch.kind != "sitemap" and fetch.url in held:
            self.crawler.stats.inc_value("frontier/held")
            return False
        return self._admits(request)

    def _admits(self, request: Request) -> bool:
        """Whether the run has not asked for the page yet, and may still ask for one."""
        fetch: Fetch = request.meta["fetch"]
        if fetch.identity in self.asked:
            return False
        if fetch.kind == "article" and self.spider.max_pages is not None:
            if self.crawler.stats.get_value("frontier/asked", 0) >= self.spider.max_pages:
                self.crawler.stats.inc_value("frontier/left")
                return False
            self.crawler.stats.inc_value("frontier/asked")
        if fetch.kind != "article" and not self._may_list():
            return False
        self.asked.add(fetch.identity)
        return True
