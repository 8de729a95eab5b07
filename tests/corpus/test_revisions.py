"""Differences between texts: nothing lost, nothing invented, safe to show."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.cli.diff import page
from crawler.corpus.revisions import Difference, Text, words

TEXT = st.lists(
    st.sampled_from(["le", "préfet", "d'Aix", " ", "  ", "\n\n", "—", "<b>", "1,5", "\x1b[31m"]), max_size=30
)


@given(TEXT.map("".join), TEXT.map("".join))
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(text for kind, text in pieces if kind != "new") == old
    assert "".join(text for kind, text in pieces if kind != "gone") == new
    assert not (old == new and any(kind != "same" for kind, _ in pieces))


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("le préfet parle", "le maire parle", ["le ", "-préfet", "+maire", " parle"]),
        ("un deux trois", "un quatre cinq trois", ["un ", "-deux", "+quatre cinq", " trois"]),
        ("il parle fort", "il crie très fort", ["il ", "-parle", "+crie très", " fort"]),
        ("l'accord", "l'accord.", ["l'accord", "+."]),
        ("a\n\nb", "a\n\nc\n\nb", ["a\n\n", "+c\n\n", "b"]),
    ],
)
def test_words_are_the_unit(old: str, new: str, pieces: list[str]) -> None:
    marks = {"same": "", "gone": "-", "new": "+"}
    assert [marks[kind] + text for kind, text in words(old, new)] == pieces


class Tags(HTMLParser):
    """The elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in {"src", "href"}]


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_page_runs_nothing_and_loads_nothing(old: str, new: str) -> None:
    texts = [
        Text(number, None, "", True, {"title": text, "body": text})
        for number, text in enumerate((old, new), 1)
    ]
    made = page(Difference(1, f"https://a.example/{old}", texts[0], texts[1], {"body": words(old, new)}))
    parser = Tags()
    parser.feed(made)
    known = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "p",
        "br",
        "section",
        "span",
        "del",
        "ins",
    }
    assert parser.found <= known
    assert "\x1b" not in made
