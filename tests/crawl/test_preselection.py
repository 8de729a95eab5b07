"""Of a source that publishes much, only articles whose headline may be on the subject are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.demo.server import CATALOGUE
from crawler.text import headlines

if TYPE_CHECKING:
    from pathlib import Path

    from tests.crawl.conftest import Crawl


@pytest.mark.parametrize(
    ("headline", "url", "wanted"),
    [
        ("Haine en ligne : le Sénat durcit le texte", "https://a.example/1", True),
        ("", "https://a.example/2024/propagande-djihadiste-un-reseau-demantele-sur-telegram", True),
        ("La halle aux grains rouvre après quatre ans de travaux", "https://a.example/1", False),
        ("", "https://a.example/node/12", True),  # nothing can be told
        ("Entretien", "https://a.example/a123", True),
    ],
)
def test_a_headline_is_passed_over_only_where_it_says_something_else(
    headline: str, url: str, wanted: bool
) -> None:
    assert (headlines.doubt(headline, url) is None) == wanted


@pytest.fixture
def tribune(tmp_path: Path) -> Path:
    """The demo's declaration, headlines first."""
    folder = tmp_path / "catalogue"
    folder.mkdir()
    declared = (CATALOGUE / "tribune.toml").read_text("utf-8")
    (folder / "tribune.toml").write_text(declared.replace("pace ", "preselect = true\npace ", 1), "utf-8")
    return folder


def test_headlines_first(crawl: Crawl, tribune: Path) -> None:
    crawl.scrapy("tribune", HEMERO_CATALOGUE=str(tribune), HEMERO_KEEP="relevant")
    passed = crawl.rows("select * from page where outcome = 'not_relevant' and last_fetched_at is null")
    assert passed
    assert all("the headline scores 0.0" in row["reason"] and row["next_due_at"] is None for row in passed)
    asked = {f"http://{record['host']}{record['path']}" for record in crawl.site.log}
    assert not asked & {row["url"] for row in passed}
    labels = {row["url"]: row["label"] for row in crawl.rows("select url, label from articles")}
    assert sum(label > 0 for label in labels.values()) == 5  # the headline of the sixth says nothing of it
    crawl.site.log.clear()
    crawl.scrapy("tribune", HEMERO_CATALOGUE=str(tribune), HEMERO_KEEP="relevant")
    asked = {f"http://{record['host']}{record['path']}" for record in crawl.site.log}
    assert not asked & {row["url"] for row in passed}


def test_a_share_of_what_is_passed_over_is_asked_for_anyway(crawl: Crawl, tribune: Path) -> None:
    crawl.scrapy("tribune", "-s", "PRESELECT_SAMPLE=1", HEMERO_CATALOGUE=str(tribune), HEMERO_KEEP="relevant")
    sampled = crawl.rows("select * from outcomes where flags like '%sampled%'")
    assert sampled
    assert all(row["fetched_at"] for row in sampled)
    assert len(crawl.rows("select * from articles")) == 8


@pytest.mark.parametrize("said", ["source", "user"])
def test_where_all_is_kept_nothing_is_passed_over(crawl: Crawl, tribune: Path, said: str) -> None:
    if said == "source":
        file = tribune / "tribune.toml"
        file.write_text(file.read_text("utf-8").replace("preselect", 'keep = "all"\npreselect', 1), "utf-8")
    keep = "relevant" if said == "source" else "all"
    crawl.scrapy("tribune", HEMERO_CATALOGUE=str(tribune), HEMERO_KEEP=keep)
    rows = crawl.rows("select body from articles")
    assert len(rows) == 8
    assert all(row["body"] for row in rows)
