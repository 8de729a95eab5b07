"""The second step: share bars, related links, newsletter boxes, advertisements and navigation go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from crawler.extract import boilerplate, heavy
from crawler.items import Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

T = TypeVar("T")


class BoilerplatePipeline:
    """Sets aside what stands on a page beside its article."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Count in the run's stats."""
        return cls(crawler.stats)

    async def process_item(self, item: T) -> T:
        """The page without its boilerplate; anything else as it is."""
        if isinstance(item, Page):
            self.stats.inc_value("boilerplate/blocks", await heavy.run(item.size, boilerplate.cut, item))
        return item
