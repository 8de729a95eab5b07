"""Spaces without an end have one here: lists of one shape, sitemaps, and paths that grow are counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from crawler.items import BY_HAND, Fetch
from crawler.text import traps

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings


class TrapStopped(IgnoreRequest):
    """A request that goes no further into a space without an end; the message names the limit."""

    outcome = "trap_stopped"


class TrapMiddleware:
    """Keeps to PATTERN_PAGES lists of one shape of address, and to SITEMAPS of a source, in one run.

    A run for the past (``since``) walks archives as far as they go, and articles are bounded by what a source
    declares them to be and by ``max_pages``. An address that was given by hand is asked for.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.settings: BaseSettings = crawler.settings
        self.seen: Counter[tuple[str, str]] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Count for one run."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or refuse it with the limit."""
        fetch = request.meta.get("fetch")
        if not isinstance(fetch, Fetch) or fetch.found_in == BY_HAND or request.meta.get("retry_times"):
            return
        if reason := traps.reason(request.url):
            raise TrapStopped(reason)
        if fetch.kind == "sitemap":
            self._count(fetch.source, "sitemaps", self.settings.getint("SITEMAPS"))
        elif fetch.kind == "listing" and getattr(self.crawler.spider, "since", None) is None:
            self._count(
                fetch.source, f"lists like {traps.shape(request.url)}", self.settings.getint("PATTERN_PAGES")
            )

    def _count(self, source: str, what: str, most: int) -> None:
        self.seen[source, what] += 1
        if self.seen[source, what] > most:
            raise TrapStopped(f"more than {most} {what} in one run")
