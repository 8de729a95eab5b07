"""Who asks, and by which way: the User-Agent with a contact, and the proxy that a user has set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from crawler import config

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class IdentityMiddleware:
    """Gives every request the honest User-Agent, and HEMERO_PROXY where it is set."""

    def __init__(self, user_agent: str, proxy: str) -> None:
        self.user_agent = user_agent
        self.proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the configuration once for the run."""
        settings = config.load(crawler.settings)
        return cls(settings.user_agent, settings.proxy)

    def process_request(self, request: Request) -> None:
        """Sign the request."""
        request.headers["User-Agent"] = self.user_agent
        if self.proxy:
            request.meta["proxy"] = self.proxy
