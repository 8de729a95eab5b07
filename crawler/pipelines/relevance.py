"""The fourth step: an article is judged, with the words that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from crawler import config
from crawler.extract import heavy
from crawler.items import BY_HAND, Article
from crawler.text import relevance

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


T = TypeVar("T")


class RelevancePipeline:
    """Judges an article; the text of irrelevant ones is not kept, unless ``HEMERO_KEEP`` is all.

    What was asked for by hand is kept: somebody has judged it before.
    """

    def __init__(self, crawler: Crawler, keep: str, query: relevance.Query) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.keep = keep
        self.query = query

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the query and what is kept: a mistake in either ends the run before its first request."""
        settings = config.load(crawler.settings)
        return cls(crawler, settings.keep, settings.relevance)

    async def process_item(self, item: T) -> T:
        """The article with its judgement; anything else as it is."""
        if isinstance(item, Article):
            text = f"{item.lead}\n\n{item.body}"
            judgement = await heavy.run(len(text), relevance.judge, item.title, text, self.query)
            item.relevance, item.label = judgement.score, judgement.label
            item.terms = judgement.words
            item.matches = [
                [one.term, one.group, one.where, one.start, one.end]  # astuple() would copy each deeply
                for one in judgement.terms
            ]
            item.query = judgement.version
            by_hand = bool(item.fetch and item.fetch.found_in == BY_HAND)
            item.keep_text = self._keep(item.source) == "all" or judgement.label > 0 or by_hand
            if item.fetch and not item.keep_text:
                item.fetch.outcome, item.fetch.reason = "not_relevant", f"score {judgement.score:.2f}"
            self.stats.inc_value(f"relevance/label_{judgement.label}")
        return item

    def _keep(self, key: str) -> str:
        """Whose text is kept of a source: as it is declared, else as the user says."""
        sources = getattr(self.crawler.spider, "sources", ())
        return next((source.keep for source in sources if source.key == key), "") or self.keep
