"""A heavy page is worked on beside the reactor: each step of its reading runs on another thread."""

from __future__ import annotations

import asyncio
import threading
from inspect import isawaitable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.misc import build_from_crawler, load_object

from crawler import settings
from crawler.extract import boilerplate, comments, heavy, tree
from crawler.items import Article, Found
from crawler.pipelines import read
from crawler.spiders.page import PageSpider
from crawler.text import fingerprint, relevance
from tests.crawl.test_wire import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://www.exemple.fr/2024/03/04/une-plateforme"
STEPS = [(tree, "parse"), (comments, "cut"), (boilerplate, "cut"), (read, "read_page")]
TEXTS = [(relevance, "judge"), (fingerprint, "digest")]


async def reading(body: bytes) -> Article:
    """A page as the spider and the steps before the store make an article of it."""
    spider = PageSpider(url=URL)
    source = spider.source_of(URL)
    crawler: Any = SimpleNamespace(settings=Settings(vars(settings)), spider=spider)
    crawler.stats = MemoryStatsCollector(crawler)
    response = HtmlResponse(URL, body=body, encoding="utf-8")
    response.request = spider.ask("article", Found(url=URL), source)
    item: Any
    [item] = [part async for part in spider.parse_article(response, source)]
    for name in sorted(settings.ITEM_PIPELINES, key=settings.ITEM_PIPELINES.__getitem__)[:-1]:
        item = build_from_crawler(load_object(name), crawler).process_item(item)
        item = await item if isawaitable(item) else item
    assert isinstance(item, Article)
    return item


@pytest.mark.parametrize(
    ("more", "beside"),
    [
        ("", []),
        (f"<!-- {'x' * heavy.HEAVY} -->", STEPS),
        ("<p>Le maire a lu le rapport.</p>" * 12_000, STEPS + TEXTS),
    ],
    ids=["small", "heavy", "long"],
)
def test_a_heavy_page_is_read_on_another_thread(
    more: str, beside: list[tuple[Any, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    where: dict[object, bool] = {}

    def watched(module: object, step: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object, **kwargs: object) -> object:
            where[module] = threading.current_thread() is threading.main_thread()
            return step(*args, **kwargs)

        return run

    for module, name in STEPS + TEXTS:
        monkeypatch.setattr(module, name, watched(module, getattr(module, name)))
    page = PAGE.format("Une plateforme ouvre").replace("</article>", f"{more}</article>")
    article = asyncio.run(reading(page.encode()))
    assert "deux cents" in article.body
    assert where == {module: (module, name) not in beside for module, name in STEPS + TEXTS}
