"""Phrases of any length find the texts in which their words stand side by side, on both databases."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.corpus.parser import parse
from crawler.corpus.query import Phrase
from crawler.corpus.search import search
from crawler.db.store import Store
from crawler.items import Article, Fetch
from crawler.text.stems import stems

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

DAY: Final = dt.datetime(2024, 1, 31, tzinfo=dt.UTC)
WORDS: Final = ("haine", "en", "de", "la", "loi", "ligne", "lignes", "retraits", "vers")
"""Short ones, over which PostgreSQL's index goes on, as often as long ones."""


def written(number: int) -> Article:
    draw = random.Random(number)
    title, lead, body = (" ".join(draw.choices(WORDS, k=length)) for length in (2, 4, 24))
    fetch = Fetch(source="a", url=f"https://a.example/{number}", kind="article", fetched_at=DAY)
    return Article(url=fetch.url, title=title, lead=lead, body=body, source="a", fetch=fetch)


@pytest.fixture(scope="module")
def texts(both: list[Engine]) -> dict[str, list[str]]:
    """Two hundred texts of few words on both databases: by address, their fields as stems."""
    articles = [written(number) for number in range(200)]
    for engine in both:
        Store(engine).declare(key="a", name="a", home="", kind="press", country="FR", timezone="UTC")
        Store(engine).save(None, articles)
    return {
        one.url: [f" {' '.join(stems(text))} " for text in (one.title, one.lead, one.body)]
        for one in articles
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8), st.sampled_from(["", "*"]), st.booleans())
@example(["haine", "en"], "", False)  # its run goes on in the texts
@example(["loi", "de"], "", False)
@example(["haine", "de", "la", "loi", "en", "de"], "", False)  # longer than a run
@example(["haine", "en", "l"], "*", False)
@example(["haine", "en", "ligne"], "", True)
def test_a_phrase_is_found_where_its_words_stand(
    both: list[Engine], texts: dict[str, list[str]], words: list[str], sign: str, negated: bool
) -> None:
    phrase = parse(f'"{" ".join(words)}{sign}"').node
    assert isinstance(phrase, Phrase)
    wanted = f" {' '.join(phrase.stems)}" + ("" if phrase.prefix else " ")
    expected = {url for url, fields in texts.items() if any(wanted in text for text in fields) != negated}
    for engine in both:
        found = search(engine, f'{"-" * negated}"{" ".join(words)}{sign}"', limit=200)
        assert {hit.url for hit in found.hits} == expected, engine.dialect.name
