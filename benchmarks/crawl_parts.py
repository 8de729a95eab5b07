"""Where our time goes: each step of a page timed by itself, in one process and without Scrapy."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from lxml import etree

from benchmarks import crawl_pages
from crawler.db import session
from crawler.db.store import Store
from crawler.extract import boilerplate, comments, tree
from crawler.extract.article import read_page
from crawler.items import Article, Fetch, Page
from crawler.text import fingerprint, relevance

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

BATCH: Final = 50  # as STORE_BATCH of the settings
SOURCE: Final = {
    "key": "banc",
    "name": "Le Banc d'essai",
    "home": "http://127.0.0.1/",
    "kind": "press",
    "country": "FR",
    "timezone": "Europe/Paris",
}
HEADERS: Final = {"content-type": "text/html; charset=utf-8"}


class Clock:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def time(self, step: str, function: Callable[[], T]) -> T:
        """Run a step and count what it costs."""
        before = time.process_time()
        result = function()
        self.spent[step] += time.process_time() - before
        return result


def report(pages: int) -> None:
    """Print each step's CPU a page, and as a multiple of one lxml parse; the first pages only warm up."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        engine = session.engine(f"sqlite:///{folder}/hemero.db")
        session.prepare(engine)
        store = Store(engine)
        store.declare(**SOURCE)
        for start in range(0, pages + BATCH, BATCH):
            if start == BATCH:
                clock = Clock()
            _batch(clock, store, range(start, start + BATCH))
        engine.dispose()
    parse = clock.spent["(lxml alone)"]
    print("\nsteps of ours      CPU ms/page   x lxml parse")
    for step, spent in clock.spent.items():
        print(f"{step:18}{1000 * spent / pages:12.2f}{spent / parse:15.2f}")


def _batch(clock: Clock, store: Store, numbers: range) -> None:
    articles = [_read(clock, crawl_pages.page(number)) for number in numbers]
    clock.time("store", lambda: store.save(None, articles))


def _read(clock: Clock, news: crawl_pages.News) -> Article:
    """One page through the steps, as the pipelines take them."""
    url, now = f"http://127.0.0.1{news.path}", datetime.now(UTC)
    parser = etree.HTMLParser(encoding="utf-8")
    clock.time("(lxml alone)", lambda: etree.fromstring(news.html, parser))
    root, flags = clock.time("parse", lambda: tree.parse(news.html, HEADERS))
    fetch = Fetch(source="banc", url=url, kind="article", fetched_at=now, identity=url)
    page = Page(
        url=url,
        fetched_at=now,
        tree=root,
        headers=HEADERS,
        outlet="Le Banc d'essai",
        flags=flags,
        fetch=fetch,
    )
    clock.time("clean: comments", lambda: comments.cut(page))
    clock.time("clean: boilerplate", lambda: boilerplate.cut(page))
    article = clock.time("read", lambda: read_page(page))
    text = f"{article.lead}\n\n{article.body}"
    article.label = clock.time("judge", lambda: relevance.judge(article.title, text)).label
    article.digest = clock.time("fingerprint", lambda: fingerprint.digest(f"{article.title}\n\n{text}"))
    article.source, article.fetch, article.identity = "banc", fetch, url
    return article


if __name__ == "__main__":
    report(int(sys.argv[1]))
