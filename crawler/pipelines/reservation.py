"""Between judgement and store: the text of an article whose rights are reserved is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from crawler.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

T = TypeVar("T")


class ReservationPipeline:
    """Lets go of lead and body where text and data mining is reserved and the source respects that.

    Address, title, date and judgement stay. Directive (EU) 2019/790, art. 4 (3): the reservation is the
    publisher's; art. 3 excepts research organisations, which declare their source with
    ``reserved = "research"`` and the legal basis.
    """

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Count in the run's stats."""
        return cls(crawler.stats)

    def process_item(self, item: T) -> T:
        """The article, its text not to be kept where it is reserved; anything else as it is."""
        if isinstance(item, Article) and item.fetch and item.fetch.is_reserved:
            item.keep_text = False
            item.fetch.outcome = "tdm_reserved"
            item.fetch.reason = f"text and data mining is reserved: {item.fetch.tdm_reservation}"
            self.stats.inc_value("reservation/respected")
        return item
