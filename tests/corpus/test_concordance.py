"""Places in their context, the words around them, and how sure an association is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.corpus.association import attracted, log_likelihood
from crawler.corpus.concordance import collocates, concordance
from crawler.corpus.occurrences import Occurrences, tokens
from crawler.corpus.parser import parse
from crawler.errors import QueryError
from crawler.text import stems

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Engine


@pytest.fixture
def corpus(engine: Engine, fill: Callable[[Engine], None]) -> Engine:
    fill(engine)
    return engine


@pytest.mark.parametrize(
    ("query", "keywords"),
    [
        ("contenu haineux", ["contenus", "haineux"]),
        ('"retrait de contenus haineux"', ["retrait de contenus haineux"]),
        ("l'élysée", ["Élysée"]),
        ("propag*", ["Propagande", "propagande"]),
        ("=contenus -club", ["contenus"]),
        ("porte-parole", ["porte-parole"]),
        ("fête NEAR soir", ["soir", "fête"]),
    ],
)
def test_every_place_is_shown_as_it_is_written(corpus: Engine, query: str, keywords: list[str]) -> None:
    found = concordance(corpus, query)
    assert set(keywords) == {line.keyword for line in found.lines}
    assert found.articles == found.total


def test_lines_have_what_stands_around(corpus: Engine) -> None:
    [line] = concordance(corpus, "bibliothèque", width=25).lines
    assert (line.field, line.article, line.keyword) == ("body", 2, "bibliothèque")
    assert line.left == " Les œuvres de la "
    assert line.right == " y aident."


def test_lines_are_sorted_by_what_stands_beside(corpus: Engine) -> None:
    lines = concordance(corpus, "fin", sort="right").lines
    assert [line.right.split()[-1] for line in lines] == sorted(line.right.split()[-1] for line in lines)
    left = [line.left.split()[-1:] for line in concordance(corpus, "contenus", sort="left").lines]
    assert left == sorted(left)
    with pytest.raises(QueryError, match="date, left or right"):
        concordance(corpus, "fin", sort="up")
    with pytest.raises(QueryError, match="needs a word"):
        concordance(corpus, "source:courrier")


def test_what_is_not_read_is_said(corpus: Engine) -> None:
    found = concordance(corpus, "fin", articles=2)
    assert (found.total, found.articles, len(found.lines)) == (6, 2, 2)
    assert concordance(corpus, "&|!").lines == []


def test_collocates_stand_near_more_often_than_elsewhere(corpus: Engine) -> None:
    words = {one.word: one for one in collocates(corpus, "contenus", window=2).words}
    assert words["haineux"].count == 2
    assert words["haineux"].log_likelihood > 3.84 > words["haineux"].expected
    assert "les" not in words


def test_the_ratio_is_dunnings() -> None:
    assert log_likelihood(110, 2_552, 111, 29_225) == pytest.approx(
        270.72, abs=0.01
    )  # "the swiss", his table
    assert log_likelihood(5, 100, 50, 1000) == pytest.approx(0)


def test_forms_of_a_stem_count_together() -> None:
    found = attracted(Counter(contenu=1, contenus=4, le=9), Counter(contenus=1, sport=80))
    assert [(one.word, one.count) for one in found] == [("contenus", 5)]


@given(st.text(alphabet="aé'’œl -\n", max_size=60), st.sampled_from(["a", '"a é"', "l*", "=é"]))
def test_words_are_those_of_the_index(text: str, query: str) -> None:
    words = tokens(text)
    assert [stems.stem(stems.fold(word.word)) for word in words] == stems.stems(text)
    assert all(text[word.start : word.end] == word.word for word in words)
    for first, after in Occurrences(parse(query).node).find(words):
        assert 0 <= first < after <= len(words)
