"""The main job, driven as a user drives it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from crawler.demo.server import NEWSPAPERS, serve
from tests.crawl.conftest import Crawl

if TYPE_CHECKING:
    from collections.abc import Iterator

DECLARED = ("bledi", "boursier", "fenua", "gendactu", "tribune")
EXPECTED: list[dict[str, Any]] = json.loads((NEWSPAPERS / "expected.json").read_text("utf-8"))
UNDECLARED = [article["url"] for article in EXPECTED if "courrier" in article["url"]]
TRIBUNE = {article["url"] for article in EXPECTED if article["source"] == "tribune"}
KEPT = ("source", "article", "revision", "author", "tag", "judgement", "alternate")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """All newspapers, crawled once: the declared ones by their lists, the other one by its addresses."""
    with serve() as site:
        crawl = Crawl(tmp_path_factory.mktemp("crawl"), site)
        crawl.hemero("crawl", *DECLARED)
        crawl.scrapy("page", "-a", f"url={' '.join(UNDECLARED)}", "-s", "DOWNLOAD_DELAY=0.001")
        yield crawl


def plain(row: Any) -> dict[str, Any]:  # noqa: ANN401 -- sqlite3.Row
    """A row of the view ``articles`` in the shape of expected.json."""
    listed = {name: row[name].split("; ") if row[name] else [] for name in ("authors", "tags")}
    return dict(row) | listed | {"body": row["body"].split("\n\n"), "truncated": bool(row["truncated"])}


def test_every_article_is_found(crawled: Crawl) -> None:
    rows = crawled.rows("select url, source from articles")
    assert sorted(row["url"] for row in rows) == sorted(article["url"] for article in EXPECTED)
    assert {row["source"] for row in rows} == {*DECLARED, "courrier.example"}


@pytest.mark.parametrize("article", EXPECTED, ids=lambda article: f"{article['source']}-{article['key']}")
def test_every_article_is_read(crawled: Crawl, article: dict[str, Any]) -> None:
    [row] = crawled.rows("select * from articles where url = ?", article["url"])
    read = plain(row)
    fields = ("title", "lead", "body", "authors", "agency", "truncated")
    assert {name: read[name] for name in fields} == {name: article[name] for name in fields}
    assert (article["label"] if "label" in article else article["on_topic"]) == (
        row["label"] if "label" in article else row["label"] > 0
    )


def test_no_column_holds_what_is_not_the_article(crawled: Crawl) -> None:
    """Every sentence of a comment, an advertisement or a related link carries the word NON.

    ``candidates`` holds titles and bylines as found, before what is not theirs is taken off.
    """
    for table in crawled.rows("select name from sqlite_master where type = 'table'"):
        for row in crawled.rows(f'select * from "{table["name"]}"'):
            texts = {name: row[name] for name in row.keys() if name != "candidates"}  # noqa: SIM118
            assert not {name: text for name, text in texts.items() if "NON" in str(text).split()}


def test_politeness(crawled: Crawl) -> None:
    """robots.txt first, one request at a time, what it forbids is not asked for, its Crawl-delay is kept."""
    by_host: dict[str, list[dict[str, Any]]] = {}
    for record in sorted(crawled.site.log, key=lambda record: record["time"]):
        by_host.setdefault(record["host"], []).append(record)
    assert len(by_host) == len(DECLARED) + 1
    for host, records in by_host.items():
        assert records[0]["path"] == "/robots.txt"
        assert {record["parallel"] for record in records} == {1}
        assert not [record["path"] for record in records if "/print/" in record["path"]]
        assert {record["agent"].partition("/")[0] for record in records} == {"Hemero"}
        robots = (NEWSPAPERS / host / "robots.txt").read_text("utf-8")
        if "Crawl-delay:" in robots:
            delay = float(robots.split("Crawl-delay:")[1].split()[0])
            times = [record["time"] for record in records[1:]]
            assert min(later - sooner for sooner, later in pairwise(times)) > delay


def test_every_address_has_an_outcome(crawled: Crawl) -> None:
    outcomes = {row["outcome"] for row in crawled.rows("select outcome from outcomes")}
    assert "pending" not in outcomes
    assert {"stored", "http_error", "archived_only"} <= outcomes


def test_a_run_is_written_down(crawled: Crawl) -> None:
    runs = crawled.rows("select spider, outcome, exit_code, finished_at from crawl")
    assert {row["spider"] for row in runs} == {*DECLARED, "page"}
    assert all(row["outcome"] == "finished" and row["finished_at"] for row in runs)
    assert {row["exit_code"] for row in runs} == {0}


def test_a_second_run_changes_nothing(crawl: Crawl) -> None:
    def dump() -> dict[str, list[tuple[Any, ...]]]:
        return {name: [tuple(row) for row in crawl.rows(f"select * from {name}")] for name in KEPT}

    crawl.hemero("crawl", "tribune")
    before = dump()
    crawl.site.log.clear()
    said = crawl.hemero("crawl", "tribune").stdout
    assert dump() == before
    assert re.search(r"[1-9] resting\n", said), "what is not asked for so soon is told"
    assert {record["status"] for record in crawl.site.log} == {304}
    assert all(record["if_none_match"] for record in crawl.site.log)
    assert not {f"http://{record['host']}{record['path']}" for record in crawl.site.log} & TRIBUNE


def test_an_article_that_changes_gets_a_revision(crawl: Crawl) -> None:
    crawl.scrapy("tribune")
    crawl.site.edition = 2
    crawl.change("update page set next_due_at = '2020-01-01 00:00:00' where kind = 'article'")
    crawl.scrapy("tribune")
    [changed] = crawl.rows("select url from articles where revisions > 1")
    assert "retrait-de-contenus-un-premier-bilan" in changed["url"]


def test_what_a_run_leaves_the_next_takes_up(crawl: Crawl) -> None:
    crawl.scrapy("tribune", "-a", "max_pages=3", code=8)
    assert len(crawl.rows("select * from articles")) <= 3
    assert crawl.rows("select * from outcomes where outcome = 'pending'")
    crawl.scrapy("tribune")
    assert {row["url"] for row in crawl.rows("select url from articles")} == TRIBUNE


def test_since_walks_the_archives_back_to_a_day(crawl: Crawl) -> None:
    crawl.scrapy("tribune", "-a", "since=2026-01-01")
    archive = "/economie-2/octobre-2012/page-1"
    assert archive not in {record["path"] for record in crawl.site.log}
    crawl.scrapy("tribune", "-a", "since=2012-01-01")
    assert archive in {record["path"] for record in crawl.site.log}
    assert {row["url"] for row in crawl.rows("select url from articles")} == TRIBUNE


def test_one_article_by_its_address(crawl: Crawl) -> None:
    url = min(TRIBUNE)
    crawl.scrapy("tribune", "-a", f"url={url}?utm_source=x#y")
    [row] = crawl.rows("select url, source from articles")
    assert (row["url"], row["source"]) == (url, "tribune")
    assert crawl.site.log[0]["path"] == "/robots.txt"
    paths = [record["path"] for record in crawl.site.log]
    assert paths[:2] == ["/robots.txt", "/.well-known/tdmrep.json"]
    assert len(paths) == 3


def test_an_article_asked_for_by_hand_keeps_its_text(crawl: Crawl) -> None:
    off = next(article for article in EXPECTED if article["source"] == "tribune" and not article["on_topic"])
    crawl.scrapy("tribune", "-a", f"url={off['url']}", HEMERO_KEEP="relevant")
    [row] = crawl.rows("select label, body from articles")
    assert (row["label"], row["body"].split("\n\n")) == (0, off["body"])


def test_irrelevant_articles_keep_no_text_by_default(crawl: Crawl) -> None:
    crawl.scrapy("tribune", HEMERO_KEEP="relevant")
    rows = crawl.rows("select url, title, body, label from articles")
    assert {row["url"] for row in rows} == TRIBUNE
    assert all(row["title"] and bool(row["body"]) == (row["label"] > 0) for row in rows)
    assert {bool(row["body"]) for row in rows} == {True, False}


def test_postgresql_gets_the_same_articles(crawled: Crawl, crawl: Crawl, engine: sa.Engine) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite is what PostgreSQL is compared with")
    url = engine.url.render_as_string(hide_password=False)
    crawl.hemero("crawl", *DECLARED, HEMERO_DATABASE_URL=url)
    with engine.connect() as connection:
        theirs = [dict(row) for row in connection.execute(sa.text("select * from articles")).mappings()]
    ours = [dict(row) for row in crawled.rows("select * from articles where source not like '%.example'")]
    assert sorted(map(comparable, theirs), key=str) == sorted(map(comparable, ours), key=str)


def comparable(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what depends on when a run was made and in which order its answers came."""
    left_out = {"id", "first_seen_at", "fetched_at", "cluster_id", "warc_file", "warc_offset"}
    return {name: str(value)[:19].replace("T", " ") if name.endswith("_at") else value
            for name, value in row.items() if name not in left_out}  # fmt: skip
