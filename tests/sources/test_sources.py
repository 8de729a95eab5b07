"""Every declared layout of the first-class sources, and one page of each whose class names are other ones.

A case is a folder, ``<source>/<day>-<word>/``: ``page.html`` is written for the test, with the markup of
the site and prose that is invented; ``expected.json`` says what must be read. What must not be stored
carries the word NON.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crawler.extract import read
from crawler.sources import load

if TYPE_CHECKING:
    from crawler.items import Article

CASES = sorted(page.parent for page in Path(__file__).parent.glob("*/*/page.html"))
SOURCES = ("bladi", "boursorama", "gendinfo", "latribune", "tahiti_infos")


def day(case: Path) -> dt.date:
    return dt.date.fromisoformat(case.name[:10])


def instant(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


@pytest.fixture(params=CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def case(request: pytest.FixtureRequest) -> Path:
    chosen: Path = request.param
    return chosen


@pytest.fixture
def article(case: Path) -> Article:
    source = load(case.parent.name)
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    assert source.is_article(expected["url"])
    return read(
        (case / "page.html").read_bytes(),
        expected["url"],
        fetched_at=dt.datetime.combine(day(case), dt.time(23), dt.UTC),
        rules=source.rules_for(day(case)),
        timezone=source.timezone,
        outlet=source.name,
    )


def test_every_declared_field_is_read(case: Path, article: Article) -> None:
    expected: dict[str, Any] = json.loads((case / "expected.json").read_text("utf-8"))
    found = asdict(article) | {"body": article.body.split("\n\n")}
    expected |= {name: instant(expected[name]) for name in ("published_at", "modified_at")}
    expected["comment_count"] = expected["comment_count"] or 0
    found["comment_count"] = article.comment_count or 0
    del expected["url"], found["url"]
    assert {name: found[name] for name in expected} == expected


def test_nothing_else_is_stored(article: Article) -> None:
    texts = (article.title, article.lead, article.body, article.section, *article.authors, *article.tags)
    assert [text for text in texts if "NON" in text] == []
    assert not any("NON" in cut.begins for cut in article.cuts if cut.step == "comments")


@pytest.mark.parametrize("key", SOURCES)
def test_every_layout_has_a_page(key: str) -> None:
    cases = [case for case in CASES if case.parent.name == key]
    assert {load(key).rules_for(day(case)) for case in cases} >= set(load(key).rules)
    assert any(case.name.endswith("-renamed") for case in cases), "one page's class names must be unknown"
