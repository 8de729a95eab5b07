"""Counts as pictures, and a query as one page that can do no harm."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from crawler.corpus.pictures import draw
from crawler.corpus.statistics import NONE, Count, statistics
from crawler.corpus.summary import summarise
from crawler.db.store import Store
from crawler.errors import ConfigurationError, QueryError, StorageError
from crawler.items import Article, Fetch
from crawler.report.page import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Engine


@pytest.fixture
def corpus(engine: Engine, fill: Callable[[Engine], None]) -> Engine:
    fill(engine)
    return engine


def test_months_have_no_holes_and_days_are_the_newspapers(corpus: Engine) -> None:
    Store(corpus).declare(
        key="courrier", name="C", home="", kind="press", country="FR", timezone="Europe/Paris"
    )
    months = statistics(corpus, ["contenus", "agence"], "month")
    assert [one.bucket for one in months if one.query == "contenus"] == [
        "2024-02", "2024-03", "2024-04", "2024-05", "2024-06",
    ]  # fmt: skip
    assert [one.articles for one in months if one.query == "contenus"] == [1, 0, 1, 0, 0]
    assert statistics(corpus, ["plan"], "day")[0].bucket == "2024-02-01"  # 23:30 UTC is tomorrow in Paris
    assert {one.bucket for one in statistics(corpus, ["fin"], "year")} == {"2024", NONE}
    with pytest.raises(QueryError, match="day, month"):
        statistics(corpus, ["x"], "mood")


def test_several_agencies_count_each(corpus: Engine) -> None:
    counts = {one.bucket: one for one in statistics(corpus, ["fin"], "agency")}
    assert (counts["AFP"].articles, counts["Reuters"].articles, counts[NONE].articles) == (1, 1, 5)
    assert counts["AFP"].share() == 1


COUNTS = [Count(query, f"2024-0{month}", month, 1, 9, 9) for month in (1, 2, 3) for query in ("$a<b>", "c")]


@pytest.mark.parametrize("by", ["month", "source"])
def test_pictures_are_the_same_each_time(tmp_path: Path, by: str) -> None:
    for name in ("a.svg", "b.svg", "c.png"):
        draw(COUNTS, by, tmp_path / name, shares=name == "c.png")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert "$a<b>" in "".join(ET.parse(tmp_path / "a.svg").getroot().itertext())
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_pictures_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"\.svg or \.png"):
        draw(COUNTS, "month", tmp_path / "a.pdf")
    with pytest.raises(StorageError, match="nowhere"):
        draw(COUNTS, "month", tmp_path / "nowhere" / "a.svg")


class Tags(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_a_report_says_what_was_found_and_how(corpus: Engine) -> None:
    made = page(summarise(corpus, "contenus haineux"), "Deux textes")
    for part in ("<h1>Deux textes</h1>", "2024-01", "2024-04", "courrier", "<mark>contenus</mark>"):
        assert part in made
    for part in ("published_at", "No run is recorded", "stored", "1 articles that the filters"):
        assert part in made


def test_what_strangers_wrote_can_do_nothing(corpus: Engine) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    fetch = Fetch(
        source="courrier",
        url="https://courrier.example/x",
        kind="article",
        fetched_at=dt.datetime.now(dt.UTC),
    )
    item = Article(
        url=fetch.url, title=f"Vif {evil}", body=f"rouge {evil}", authors=[evil], tags=[evil], agency=evil,
        source="courrier", fetch=fetch, published_at=fetch.fetched_at,
    )  # fmt: skip
    Store(corpus).save(None, [item])
    made = page(summarise(corpus, f"vif {evil} OR vif"), evil)
    tags = Tags(made).tags
    assert not {"script", "img", "iframe", "object", "link", "base", "form"} & {tag for tag, _ in tags}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    [policy] = [
        found["content"] for tag, found in tags if found.get("http-equiv") == "Content-Security-Policy"
    ]
    assert re.match(r"default-src 'none'; style-src 'sha256-[\w+/]{43}='", policy or "")
    assert {found["href"] for tag, found in tags if tag == "a"} == {fetch.url}


def test_a_report_on_nothing_is_a_page_too(corpus: Engine) -> None:
    assert "<h1>rien</h1>" in page(summarise(corpus, "introuvable", "one"), "rien")
