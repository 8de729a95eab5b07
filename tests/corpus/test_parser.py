"""The query language: what is typed, as it is understood."""

from __future__ import annotations

import pytest

from crawler.corpus.parser import GAP, WIDEST, parse
from crawler.corpus.query import All, Any, Exact, Near, Not, Phrase, Prefix, leaves
from crawler.errors import QueryError


def word(*stems: str) -> Phrase:
    return Phrase(stems)


HAINE, LIGNE, CLUB = word("hain"), word("lign"), word("club")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("haine", HAINE),
        ("haine ligne", All((HAINE, LIGNE))),
        ("haine AND ligne", All((HAINE, LIGNE))),
        ("haine OR ligne club", Any((HAINE, All((LIGNE, CLUB))))),
        ("(haine OR ligne) club", All((Any((HAINE, LIGNE)), CLUB))),
        ("-haine", Not(HAINE)),
        ("NOT NOT haine", HAINE),
        ('"haine ligne"', word("hain", "lign")),
        ("haine NEAR ligne", Near(HAINE, LIGNE, GAP)),
        ("haine NEAR/3 ligne", Near(HAINE, LIGNE, 3)),
        ("haine NEAR/999 ligne", Near(HAINE, LIGNE, WIDEST)),
        ("haine NEAR ligne NEAR club", All((Near(HAINE, LIGNE, GAP), Near(LIGNE, CLUB, GAP)))),
        ("(haine OR club) NEAR ligne", Any((Near(HAINE, LIGNE, GAP), Near(CLUB, LIGNE, GAP)))),
        ("NEAR haine NEAR", HAINE),
        ("haine near ligne", All((HAINE, word("near"), LIGNE))),
        ("haine NEAR -ligne", All((HAINE, Not(LIGNE)))),
        ("Élys*", Prefix("elys")),
        ("haine-lig*", Phrase(("hain", "lig"), prefix=True)),
        ("=Radicalisés", Exact("radicalisés")),
        ("=l’Œuvre", Exact("oeuvre")),
        ("anti-terroriste", Any((word("anti", "terror"), word("antiterror")))),
        ("été & | !", word("ete")),
        ("", None),
        ("*", None),
    ],
)
def test_a_query_is_understood(typed: str, understood: object) -> None:
    assert parse(typed).node == understood


def test_a_form_near_a_word_is_near_as_a_stem_and_there_as_itself() -> None:
    assert parse("=haines NEAR ligne").node == All((Near(HAINE, LIGNE, GAP), Exact("haines")))


def test_filters_hold_wherever_they_stand() -> None:
    asked = parse('country:be haine (author:"Zoé Petit" -tag:sport) since:2024-02 until:2024')
    assert asked.node == HAINE
    assert asked.filters.wanted == {"country": ["be"], "author": ["Zoé Petit"]}
    assert asked.filters.excluded == {"tag": ["sport"]}
    assert (str(asked.filters.since)[:10], str(asked.filters.until)[:10]) == ("2024-02-01", "2025-01-01")


def test_what_must_not_be_there_is_no_word_to_show() -> None:
    assert list(leaves(parse("haine -ligne (club OR NOT ligne)").node)) == [HAINE, CLUB]


def test_no_query_has_more_than_a_hundred_words() -> None:
    parse(" OR ".join(["haine"] * 100))
    with pytest.raises(QueryError, match="100 words"):
        parse("haine-" * 101)
