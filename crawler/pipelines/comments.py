"""The first step: readers' comments go, before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from crawler.extract import comments, heavy
from crawler.items import Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

T = TypeVar("T")


class CommentsPipeline:
    """Cuts comment threads out of a page: the source's own, then those known everywhere."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Count in the run's stats."""
        return cls(crawler.stats)

    async def process_item(self, item: T) -> T:
        """The page without its comments; anything else as it is."""
        if isinstance(item, Page):
            blocks = await heavy.run(item.size, comments.cut, item)
            self.stats.inc_value("comments/blocks", blocks)
            if item.rules and item.rules.comments and not blocks:
                self.stats.inc_value("comments/none")
        return item
