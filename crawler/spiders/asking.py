"""Spiders that ask for one page after the other and look at each answer before they ask for the next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawler.items import Fetch
from crawler.spiders import answers
from crawler.spiders.news import NewsSpider
from crawler.text import urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response

    from crawler.sources import Source


class AskingSpider(NewsSpider):
    """Looks at a live site; each request passes robots.txt, the wall and the pace, as a crawl's do."""

    about: Source  # the site that is asked

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.requests = 0

    @property
    def walks(self) -> bool:
        """Never: nothing is crawled."""
        return False

    async def start(self) -> AsyncIterator[Request]:
        """Look at the site; there is nothing left to ask for then."""
        await self.look()
        nothing: list[Request] = []
        for request in nothing:
            yield request

    async def look(self) -> None:
        """What the spider does."""
        raise NotImplementedError

    async def request(self, url: str, kind: str = "listing", **meta: object) -> tuple[Fetch, Response | None]:
        """Ask for a page: what became of it, and the answer if it is a good one."""
        fetch = Fetch(source=self.about.key, url=urls.normalise(url), kind=kind, fetched_at=datetime.now(UTC))
        request = Request(
            fetch.url,
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={"fetch": fetch} | meta,
            cb_kwargs={"source": self.about},
        )
        self.requests += 1
        assert self.crawler.engine  # noqa: S101 -- a spider that was started has one
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 -- whatever went wrong, it is what became of the page
            fetch.outcome, fetch.reason = answers.failure(error)
            return fetch, None
        fetch = answers.complete(response)
        return fetch, response if fetch.outcome == "stored" else None
