"""``hemero read URL``: fetched as a crawl fetches it, read, and nothing kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crawler.demo.server import NEWSPAPERS

if TYPE_CHECKING:
    from tests.crawl.conftest import Crawl

TRUTH = json.loads((NEWSPAPERS / "expected.json").read_text("utf-8"))


def test_an_article_is_printed_and_not_stored(crawl: Crawl) -> None:
    article = next(one for one in TRUTH if "courrier" in one["url"])
    read = json.loads(crawl.hemero("read", article["url"], "--json").stdout)
    assert (read["title"], read["body"].split("\n\n")) == (article["title"], article["body"])
    assert crawl.site.log[0]["path"] == "/robots.txt"
    assert not crawl.file.exists()


def test_what_robots_txt_forbids_is_not_asked_for(crawl: Crawl) -> None:
    url = "http://www.tribune.example/print/884203.html"
    done = crawl.hemero("read", url, code=1)
    assert done.stderr.startswith(f"hemero: {url}: robots_denied")
    assert [record["path"] for record in crawl.site.log] == ["/robots.txt"]


def test_a_list_is_no_article(crawl: Crawl) -> None:
    done = crawl.hemero("read", "http://www.courrier.example/", code=1)
    assert "archived_only: list" in done.stderr
