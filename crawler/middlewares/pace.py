"""The pace grows with what a server takes to answer: a slow server is asked less often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class PaceMiddleware:
    """Keeps LATENCY_FACTOR times a host's latency between two requests, as an average over the last answers.

    Never less than the source's pace or the Crawl-delay, never more than PACE_MAX because of latency alone.
    Refusals come quickly and say nothing of a server's ease: they do not make the pace faster.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.floor = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self.factor = crawler.settings.getfloat("LATENCY_FACTOR")
        self.longest = crawler.settings.getfloat("PACE_MAX")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the numbers."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Adapt the delay of the host that has answered."""
        host = request.meta.get("download_slot", "")
        downloader = self.crawler.engine.downloader
        latency = request.meta.get("download_latency")
        if (slot := downloader.slots.get(host)) and latency is not None:
            floor = downloader.per_slot_settings.get(host, {}).get("delay", self.floor)
            wanted = min(latency * self.factor, self.longest)
            delay = max(floor, (slot.delay + wanted) / 2)
            if response.status < 400 or delay > slot.delay:
                slot.delay = delay
        return response
