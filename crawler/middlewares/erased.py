"""What was erased is not asked for again, by whatever way its address comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from crawler.extensions.database import Database
from crawler.items import Fetch
from crawler.text import urls

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class Erased(IgnoreRequest):
    """A request for what was erased; the message says when and why."""

    outcome = "address_refused"


class ErasedMiddleware:
    """Refuses requests for erased addresses and sources, redirects among them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.erased: dict[str, str] | None = None  # subject → when and why

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the run's database."""
        return cls(Database.of(crawler))

    async def process_request(self, request: Request) -> None:
        """Let the request through, unless it is for what was erased."""
        fetch = request.meta.get("fetch")
        if not isinstance(fetch, Fetch):
            return
        if self.erased is None:
            self.erased = await self.database.call(self.database.store.erased)
        if not self.erased:
            return
        for key in (fetch.source, fetch.url, fetch.identity, request.url, urls.identity(request.url)):
            if key in self.erased:
                raise Erased(self.erased[key])
