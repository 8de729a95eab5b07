"""The pages read without any declaration: reading must never hang on the rules of a source."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from crawler.demo.server import NEWSPAPERS
from crawler.demo.site import Site
from crawler.extract import read

if TYPE_CHECKING:
    from crawler.items import Article

EXPECTED: list[dict[str, Any]] = json.loads((NEWSPAPERS / "expected.json").read_text("utf-8"))


def read_bare(url: str) -> Article:
    parts = urlsplit(url)
    site = Site(NEWSPAPERS / str(parts.hostname))
    answer = site.find(parts.path)
    headers = {"content-type": answer.headers.get("Content-Type", "text/html; charset=utf-8")}
    zone = "Pacific/Tahiti" if "fenua" in url else "Europe/Paris"
    fetched = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    return read(
        (site.folder / answer.file).read_bytes(), url, headers=headers, timezone=zone, fetched_at=fetched
    )


@pytest.mark.parametrize("article", EXPECTED, ids=lambda article: f"{article['source']}-{article['key']}")
def test_a_page_is_read_without_rules(article: dict[str, Any]) -> None:
    found = read_bare(article["url"])
    assert found.body.split("\n\n") == article["body"]
    names = ("title", "lead", "authors", "agency", "truncated", "access")
    assert {name: getattr(found, name) for name in names} == {name: article[name] for name in names}
    assert found.published_at == dt.datetime.fromisoformat(article["published_at"])
    assert (found.comment_count or 0) == (article["comment_count"] or 0)
    texts = (found.title, found.lead, found.body, found.section, *found.authors, *found.tags)
    assert [text for text in texts if "NON" in text] == []


def test_the_amp_copy_says_the_same() -> None:
    article = next(article for article in EXPECTED if article["key"] == "tco")
    (copy,) = article["alternates"]
    found = read_bare(copy)
    assert (found.url, found.title) == (article["url"], article["title"])
    assert found.body.split("\n\n") == article["body"]
