"""The third step: a page becomes an article, or the record of what it is instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from crawler.errors import NotAnArticle
from crawler.extract.article import read_page
from crawler.items import Article, Fetch, Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

T = TypeVar("T")


class ReadPipeline:
    """Reads a page that has been cleaned."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Count in the run's stats."""
        return cls(crawler.stats)

    def process_item(self, item: T | Page) -> T | Article | Fetch:
        """The article of a page, or its fetch with the reason why it has none; anything else as it is."""
        if not isinstance(item, Page):
            return item
        try:
            return self._read(item)
        finally:
            item.tree.clear()  # Scrapy holds the page until its article is stored: a batch of trees is 20 MB
            item.aside.clear()

    def _read(self, item: Page) -> Article | Fetch:
        fetch = item.fetch
        assert fetch is not None  # noqa: S101 -- the spider gives each page its record
        try:
            article = read_page(item)
        except NotAnArticle as error:
            self.stats.inc_value(f"read/{error.kind}")
            fetch.outcome, fetch.reason = "archived_only", f"{error.kind}: {error.reason}"
            fetch.flags = item.flags
            return fetch
        self.stats.inc_value("read/articles")
        fetch.outcome = "stored_flagged" if article.flags else "stored"
        fetch.flags = article.flags
        article.source, article.fetch = fetch.source, fetch
        _name(article, item, fetch)
        return article


def _name(article: Article, page: Page, fetch: Fetch) -> None:
    """Give the article its address and identity, and its other addresses.

    The canonical address that a page names is believed where it is the same page in another spelling: pages
    name their home, another article or another site as well.
    """
    identify = page.identify or (lambda _url: "")
    article.identity = identify(page.url) or fetch.identity
    if article.url != page.url and identify(article.url) != article.identity:
        article.flags.append("canonical-elsewhere")
        article.url = page.url
    others = [url for url in article.alternates if identify(url) == article.identity]
    article.alternates = list(
        dict.fromkeys(url for url in (*others, page.url, fetch.url) if url != article.url)
    )
