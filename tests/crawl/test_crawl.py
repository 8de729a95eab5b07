"""The main job, driven as a user drives it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crawler.demo.server import NEWSPAPERS

if TYPE_CHECKING:
    from tests.crawl.conftest import Crawl

DECLARED = ("bledi", "boursier", "fenua", "gendactu", "tribune")
EXPECTED: list[dict[str, Any]] = json.loads((NEWSPAPERS / "expected.json").read_text("utf-8"))


def of(source: str) -> dict[str, dict[str, Any]]:
    """The truth about the articles of one newspaper, by address."""
    return {article["url"]: article for article in EXPECTED if article["source"] == source}


def plain(row: Any) -> dict[str, Any]:  # noqa: ANN401 -- sqlite3.Row
    """A row of the view ``articles`` in the shape of expected.json."""
    listed = {name: row[name].split("; ") if row[name] else [] for name in ("authors", "tags")}
    return dict(row) | listed | {"body": row["body"].split("\n\n"), "truncated": bool(row["truncated"])}


@pytest.mark.parametrize("source", DECLARED)
def test_every_article_is_found_read_and_stored(crawl: Crawl, source: str) -> None:
    crawl.scrapy(source)
    rows = {row["url"]: plain(row) for row in crawl.rows("select * from articles")}
    truth = of(source)
    assert set(rows) == set(truth)
    for url, article in truth.items():
        fields = ("title", "lead", "body", "authors", "agency", "section", "tags", "truncated", "access")
        assert {name: rows[url][name] for name in fields} == {name: article[name] for name in fields}


@pytest.mark.parametrize("source", DECLARED)
def test_no_column_holds_what_is_not_the_article(crawl: Crawl, source: str) -> None:
    """Every sentence of a comment, an advertisement or a related link carries the word NON."""
    crawl.scrapy(source)
    tables = [row["name"] for row in crawl.rows("select name from sqlite_master where type = 'table'")]
    for table in tables:
        for row in crawl.rows(f'select * from "{table}"'):
            assert not [value for value in tuple(row) if isinstance(value, str) and "NON" in value.split()]


def test_a_second_run_changes_nothing(crawl: Crawl) -> None:
    tables = ("source", "article", "revision", "author", "tag", "judgement", "alternate")

    def dump() -> dict[str, list[tuple[Any, ...]]]:
        return {name: [tuple(row) for row in crawl.rows(f"select * from {name}")] for name in tables}

    crawl.hemero("crawl", "tribune")
    before = dump()
    crawl.site.log.clear()
    crawl.hemero("crawl", "tribune")
    assert dump() == before
    paths = {record["path"]: record for record in crawl.site.log}
    assert not [path for path in paths if path.endswith(".html") and "trib0" in path]
    lists = [
        record for record in crawl.site.log if record["path"] in {"/feed.xml", "/sitemap-actualites.xml", "/"}
    ]
    assert len(lists) == 3
    assert all(record["status"] == 304 and record["if_none_match"] for record in lists)


def test_an_article_that_changes_gets_a_revision(crawl: Crawl) -> None:
    crawl.scrapy("tribune")
    crawl.site.edition = 2
    crawl.change(
        "update page set next_due_at = '2020-01-01 00:00:00' where kind = 'article' and next_due_at is not null"
    )
    crawl.scrapy("tribune")
    [changed] = crawl.rows("select * from articles where revisions > 1")
    assert "retrait-de-contenus-un-premier-bilan" in changed["url"]


def test_politeness(crawl: Crawl) -> None:
    """robots.txt first, one request at a time, what it forbids is not asked for, its Crawl-delay is kept."""
    crawl.hemero("crawl", *DECLARED)
    by_host: dict[str, list[dict[str, Any]]] = {}
    for record in sorted(crawl.site.log, key=lambda record: record["time"]):
        by_host.setdefault(record["host"], []).append(record)
    assert len(by_host) == len(DECLARED)
    for host, records in by_host.items():
        assert records[0]["path"] == "/robots.txt"
        assert all(record["parallel"] == 1 for record in records)
        assert not [record["path"] for record in records if "/print/" in record["path"]]
        robots = (NEWSPAPERS / host / "robots.txt").read_text("utf-8")
        if "Crawl-delay" in robots:
            delay = float(robots.split("Crawl-delay:")[1].split()[0])
            times = [record["time"] for record in records[1:]]
            assert min(after - before for before, after in zip(times, times[1:], strict=False)) > delay * 0.9
        assert {record["agent"].partition("/")[0] for record in records} == {"Hemero"}


def test_what_a_run_leaves_the_next_takes_up(crawl: Crawl) -> None:
    crawl.scrapy("tribune", "-a", "max_pages=3", code=8)
    assert len(crawl.rows("select * from articles")) <= 3
    assert crawl.rows("select * from outcomes where outcome = 'pending'")
    crawl.scrapy("tribune")
    assert {row["url"] for row in crawl.rows("select url from articles")} == set(of("tribune"))


def test_since_walks_the_archives(crawl: Crawl) -> None:
    crawl.scrapy("tribune", "-a", "since=2026-01-01")
    published = [row["published_at"] for row in crawl.rows("select published_at from articles")]
    assert published
    crawl.scrapy("tribune", "-a", "since=2012-01-01")
    assert {row["url"] for row in crawl.rows("select url from articles")} == set(of("tribune"))


def test_one_article_by_its_address(crawl: Crawl) -> None:
    url = next(iter(of("tribune")))
    crawl.scrapy("tribune", "-a", f"url={url}?utm_source=x#y")
    [row] = crawl.rows("select url, source from articles")
    assert (row["url"], row["source"]) == (url, "tribune")
    assert len(crawl.site.log) == 2  # robots.txt and the article


def test_a_page_of_a_host_that_nobody_declared(crawl: Crawl) -> None:
    truth = of("")
    crawl.scrapy("page", "-a", f"url={' '.join(truth)}", "-s", "DOWNLOAD_DELAY=0")
    rows = {row["url"]: plain(row) for row in crawl.rows("select * from articles")}
    assert set(rows) == set(truth)
    for url, article in truth.items():
        assert rows[url]["title"] == article["title"]
        assert rows[url]["body"] == article["body"]


def test_irrelevant_articles_keep_no_text_by_default(crawl: Crawl) -> None:
    crawl.scrapy("tribune", HEMERO_KEEP="relevant")
    rows = crawl.rows("select url, title, body, label from articles")
    assert {row["url"] for row in rows} == set(of("tribune"))
    assert all(bool(row["body"]) == (row["label"] > 0) for row in rows)
    assert {bool(row["body"]) for row in rows} == {True, False}


def test_every_address_has_an_outcome(crawl: Crawl) -> None:
    crawl.hemero("crawl", *DECLARED)
    outcomes = {row["outcome"] for row in crawl.rows("select outcome from outcomes")}
    assert "pending" not in outcomes
    assert {"stored", "http_error"} <= outcomes
    fetched = {row["url"] for row in crawl.rows("select url from outcomes")}
    assert {row["url"] for row in crawl.rows("select url from articles")} <= fetched
