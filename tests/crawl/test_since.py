"""Back-crawls: archives by month, tags and searches by term, within a budget of pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.sources import Listing, Source
from crawler.spiders import lists

if TYPE_CHECKING:
    from tests.crawl.conftest import Crawl

MONTHS = Listing(url="https://a.example/{month}-{year}/page-{page}")
SOURCE = Source(
    key="a",
    name="A",
    home="https://a.example/",
    feeds=("https://a.example/rss", "https://a.example/tag/{topic}/rss"),
    listings=(Listing(url="https://a.example/?s={words}"), Listing(url="https://a.example/{year}/")),
    terms=("haine en ligne", "Été"),
)


def test_tags_and_searches_are_only_walked_for_the_past() -> None:
    today = date(2026, 2, 3)
    assert [url for _, url, _ in lists.of(SOURCE, since=None, today=today)] == [
        "https://a.example/rss",
        "https://a.example/",
    ]
    assert [url for _, url, _ in lists.of(SOURCE, since=date(2025, 11, 1), today=today)] == [
        "https://a.example/rss",
        "https://a.example/tag/haine-en-ligne/rss",
        "https://a.example/tag/ete/rss",
        "https://a.example/",
        "https://a.example/?s=haine+en+ligne",
        "https://a.example/?s=%C3%89t%C3%A9",
        "https://a.example/2026/",
        "https://a.example/2025/",
    ]


@pytest.mark.parametrize(
    ("walk", "end"),
    [
        (lists.Walk(MONTHS, 0, 2025, 11), datetime(2025, 12, 2, tzinfo=UTC)),
        (lists.Walk(MONTHS, 0, 2025, 12), datetime(2026, 1, 2, tzinfo=UTC)),
        (lists.Walk(SOURCE.listings[1], 0, 2025, 3), datetime(2026, 1, 2, tzinfo=UTC)),
        (lists.Walk(SOURCE.listings[0]), None),
    ],
)
def test_when_a_month_is_over(walk: lists.Walk, end: datetime | None) -> None:
    assert walk.end == end


def test_a_walk_into_the_past_keeps_to_its_budget_and_goes_on_where_it_stood(crawl: Crawl) -> None:
    asked: list[str] = []
    for _ in range(5):
        crawl.site.log.clear()
        done = crawl.scrapy("tribune", "-a", "since=2012-06-01", "-a", "max_lists=11", code=None)
        named = [record["path"] for record in crawl.site.log if "page-" in record["path"]]
        assert len(named) <= 11
        months = [path for path in named if "-20" in path]
        assert not set(months) & set(asked), "a month that is over is walked once"
        asked += months
        if done.returncode == 0:
            break
    assert "/economie-2/octobre-2012/page-1" in asked
    assert "/economie-2/juin-2012/page-1" in asked
