"""The whole reading: what must change nothing changes nothing, and what is hostile ends soon."""

from __future__ import annotations

import contextlib
import html as markup
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from crawler.errors import NotAnArticle
from crawler.extract import read
from crawler.extract.markup import SAID

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import Article

    Make = Callable[..., str]
    Reading = Callable[[str], Article]

NAMES = (
    st.text("abcdefgh-_0123456789", min_size=1, max_size=12)
    .map("zz-".__add__)
    .filter(lambda name: not SAID[name])
)
# not what UTF-8 becomes that was read as another charset: the reader mends it
LETTERS = st.characters(categories=("Ll", "Lu"), max_codepoint=0x17F, exclude_characters="ÂÃ")
WORDS = st.text(LETTERS, min_size=2, max_size=10)
SENTENCES = st.lists(WORDS, min_size=12, max_size=40).map(lambda words: "Alors " + " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=3, max_size=12, unique=True)


def same(one: Article, other: Article) -> None:
    """Two readings give the same text."""
    assert (one.title, one.lead, one.body) == (other.title, other.lead, other.body)


@given(
    names=st.lists(NAMES, min_size=1, max_size=4),
    where=st.sampled_from(["article", "h1", "div", "p", "body"]),
)
@settings(max_examples=60, deadline=None)
def test_wrappers_that_say_nothing_change_nothing(
    names: list[str], where: str, make: Make, reading: Reading
) -> None:
    tree = html.document_fromstring(make("<h2>Une étape</h2><ul><li>un numéro unique</li></ul>"))
    plain = reading(html.tostring(tree, encoding="unicode"))
    for element in list(tree.iter(where)):
        parent, old = element.getparent(), element
        assert parent is not None
        if where == "body":
            old = html.fragment_fromstring("<div></div>")
            old.extend(list(element))
            parent = element
        for name in names:
            wrapper = html.fragment_fromstring(f"<div class='{name}'></div>")
            if old.getparent() is parent:
                parent.replace(old, wrapper)
            else:
                parent.append(wrapper)
            wrapper.append(old)
            old = wrapper
    same(reading(html.tostring(tree, encoding="unicode")), plain)


@given(space=st.sampled_from([" ", "\n", "\t\t", "\r\n  "]), order=st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_white_space_and_the_order_of_attributes_change_nothing(
    space: str, order: object, make: Make, reading: Reading
) -> None:
    tree = html.document_fromstring(make("<h2>Une étape</h2><p>Une phrase <b>en gras</b>, puis la fin.</p>"))
    plain = reading(html.tostring(tree, encoding="unicode"))
    for element in tree.iter(etree.Element):
        element.set("data-a", "1")
        attributes = list(element.attrib.items())
        order.shuffle(attributes)  # type: ignore[attr-defined]
        element.attrib.clear()
        element.attrib.update(attributes)
        if element.tag in {"body", "main", "article", "div"}:
            element.text = space + (element.text or "")
        if element.tag in {"p", "h1", "h2"}:
            element.text, element.tail = space + (element.text or "").replace(" ", space), space
    same(reading(html.tostring(tree, encoding="unicode")), plain)


@given(title=SENTENCES, paragraphs=PARAGRAPHS, lead=SENTENCES)
@settings(max_examples=60, deadline=None)
def test_reading_what_was_read_gives_the_same(
    title: str, paragraphs: list[str], lead: str, reading: Reading
) -> None:
    assume(title not in paragraphs)  # a headline is not repeated in the body

    def page(headline: str, chapo: str, body: list[str]) -> str:
        text = "".join(f"<p>{markup.escape(one)}</p>" for one in body)
        return (
            f"<html><head><title>{headline}</title></head><body><article><h1>{headline}</h1>"
            f"<p class='chapo'>{chapo}</p><div>{text}</div></article></body></html>"
        )

    first = reading(page(title, lead, paragraphs))
    assert first.body.split("\n\n") == [one for one in paragraphs if one != lead]
    same(reading(page(first.title, first.lead, first.body.split("\n\n"))), first)


@given(st.binary(max_size=600))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_an_article_or_no_article(body: bytes) -> None:
    with contextlib.suppress(NotAnArticle):
        article = read(b"<html><body>" + body, "https://phare.example/a")
        (article.body + article.lead + article.title).encode("utf-8")


@pytest.mark.parametrize(
    "unit",
    [
        "<p>Une phrase assez longue pour passer pour un paragraphe, et qui se répète sans fin.</p>",
        "<div><a href='/x'>un lien</a>",
        "<p>Zut a écrit le 03/02/2024 à 10:00 :</p><p>Bof.</p>",
        "<div class='share'>x</div>",
        "<div class='comment'>une phrase de plus de vingt signes",
        "<br>ligne",
        "<b>x",
        "<table><tr><td>x",
        "Commentaires\n",
        "&nbsp;",
    ],
)
def test_a_page_that_repeats_itself_without_end_is_read_all_the_same(unit: str, make: Make) -> None:
    with contextlib.suppress(NotAnArticle):
        assert read(make(unit * 20_000).encode(), "https://phare.example/a").title


@pytest.mark.parametrize("page", ["<p>Le bac</p>", None])
def test_a_page_that_is_no_bytes_is_refused_in_one_sentence(page: object) -> None:
    with pytest.raises(TypeError, match=f"bytes of the response are needed, not {type(page).__name__}"):
        read(cast("bytes", page), "https://phare.example/a")


def test_an_empty_page_is_no_article() -> None:
    with pytest.raises(NotAnArticle):
        read(b"", "https://phare.example/a")


def test_a_page_that_declares_no_language_is_told_by_its_words() -> None:
    said = "Le ministre a dit que les contenus ne seraient plus en ligne avant la fin de la semaine. "
    page = f"<html><body><article><h1>Le bac est parti</h1><p>{said}</p><p>{said[3:]}</p></article>"
    assert read(page.encode(), "https://phare.example/le-bac-est-parti").language == "fr"


@pytest.mark.parametrize(
    "before",
    [
        "<p>x" * 40_000,
        "<ul>" + "<li><a href='/a'>un lien</a>" * 30_000 + "</ul>",
        "<div><b><table><tr><td><a href='x'>",
    ],
    ids=["paragraphs", "links", "a link that nobody closes"],
)
def test_an_article_is_found_behind_anything(before: str) -> None:
    text = (
        "Le conseil a voté lundi la création d'une cellule d'écoute, ouverte à toutes les familles du canton."
    )
    whole = "".join(f"<p>{number}. {text}</p>" for number in range(3))
    page = (
        f"<title>Une cellule d'écoute</title>{before}<article><h1>Une cellule d'écoute</h1>{whole}</article>"
    )
    article = read(page.encode(), "https://www.exemple.fr/une-cellule")
    assert article.body == "\n\n".join(f"{number}. {text}" for number in range(3))
    assert article.flags == []


def test_a_text_of_lines_without_an_end_is_joined() -> None:
    lines = "<br>".join(
        f"la ligne {number} va jusqu'au bout de la page sans finir" for number in range(19_000)
    )
    page = f"<title>Un long poème</title><article><h1>Un long poème</h1><p>{lines}.</p></article>"
    [paragraph] = read(page.encode(), "https://www.exemple.fr/un-long-poeme").body.split("\n\n")
    assert paragraph.count("la ligne") == 19_000
