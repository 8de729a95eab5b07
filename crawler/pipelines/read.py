"""The third step: a page becomes an article, or the record of what it is instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from crawler.errors import NotAnArticle
from crawler.extract import heavy, links, notices
from crawler.extract.article import read_page
from crawler.extract.title import LONGEST
from crawler.items import NOTES, Article, Fetch, Page
from crawler.text import traps, urls

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

    async def process_item(self, item: T | Page) -> T | Article | Fetch:
        """The article of a page, or its fetch with the reason why it has none; anything else as it is."""
        if not isinstance(item, Page):
            return item
        read, kind = await heavy.run(item.size, _read, item)
        self.stats.inc_value(f"read/{kind}")
        return read


def _read(page: Page) -> tuple[Article | Fetch, str]:
    """What a page gives, and what it is: "articles", or the kind of what is none."""
    fetch = page.fetch
    assert fetch is not None  # noqa: S101 -- the spider gives each page its record
    try:
        return _article(page, fetch), "articles"
    except NotAnArticle as error:
        fetch.outcome, fetch.reason = _instead(page, error)
        fetch.flags = page.flags
        return fetch, error.kind
    finally:
        page.tree.clear()  # Scrapy holds the page until its article is stored: a batch of trees is 20 MB
        page.aside.clear()


def _article(page: Page, fetch: Fetch) -> Article:
    """The article of a page, with its outcome.

    :raises NotAnArticle: it has none
    """
    article = read_page(page)
    if len(article.title) >= LONGEST:
        article.flags.append("title-cut")
    is_part = article.access == "paywalled" or article.truncated
    fetch.outcome = "stored_flagged" if is_part or set(article.flags) - NOTES else "stored"
    fetch.flags = article.flags
    article.source, article.fetch = fetch.source, fetch
    _name(article, page, fetch)
    return article


def _instead(page: Page, error: NotAnArticle) -> tuple[str, str]:
    """The outcome of a page that is no article, and why."""
    if error.kind in {"empty", "list"}:
        if url := notices.refresh(page.tree):
            return "redirect_refused", f"the page sends browsers on to {urls.shown(url)}"
        found = [link.url for part in (page.tree, *page.aside) for link in links.read(part, page.url)]
        if traps.turns_on_itself(page.url, found):
            return "trap_stopped", f"it leads to its own kind only, such as {found[0]}: none is asked for"
    return "archived_only", f"{error.kind}: {error.reason}"


def _name(article: Article, page: Page, fetch: Fetch) -> None:
    """Give the article its address and identity, and its other addresses.

    The canonical address that a page names is believed where it is the same page in another spelling, or
    this one less what counts readers: pages name their home, another article or another site as well.
    """
    identify = page.identify or (lambda _url: "")
    article.identity = identify(page.url) or fetch.identity
    if article.url != page.url and urls.only_adds(page.url, article.url):
        article.identity = identify(article.url) or article.identity
    if article.url != page.url and identify(article.url) != article.identity:
        article.flags.append("canonical-elsewhere")
        article.url = page.url
    others = [url for url in article.alternates if identify(url) == article.identity]
    article.alternates = list(
        dict.fromkeys(url for url in (*others, page.url, fetch.url) if url != article.url)
    )
