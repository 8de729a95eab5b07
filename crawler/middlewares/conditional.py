"""Conditional requests (RFC 9110 §13): what is held is only sent again if it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from crawler.db.settling import Validators
from crawler.extensions.database import Database

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class ConditionalMiddleware:
    """Sends the ETag and Last-Modified of the last good answer, verbatim.

    The digest of its body goes along in ``meta``: not every server that answers 200 has something new.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the run's database."""
        return cls(Database.of(crawler))

    async def process_request(self, request: Request) -> None:
        """Make the request conditional, unless it already is or must not be."""
        if "fetch" not in request.meta or request.meta.get("redirect_times"):
            return
        url = request.meta["fetch"].url
        validators = request.meta.get("validators")
        if validators is None:  # the frontier looks those of a whole list up at once
            held = await self.database.call(self.database.store.validators, [url])
            validators = request.meta["validators"] = held.get(url, Validators())
        etag, last_modified, _ = validators
        if etag:
            request.headers["If-None-Match"] = etag
        if last_modified:
            request.headers["If-Modified-Since"] = last_modified
