"""What surrounds an article is taken out of its tree: navigation, shares, links to others, newsletters, ads.

It goes to ``page.aside``, where tags and bylines can still be read. Nothing that holds the headline or much
of the text is ever taken, whatever its names say.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.extract import cards
from crawler.extract.inline import INLINE, is_amid
from crawler.extract.markup import CAMEL
from crawler.extract.phrases import ENDS
from crawler.extract.rules import select
from crawler.extract.shape import shape_of
from crawler.extract.texts import size, text_of, words_of
from crawler.extract.vocabulary import Says
from crawler.extract.walk import prose_around
from crawler.items import Cut

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.shape import Shape
    from crawler.items import Page

MOST: Final = 0.4
"""A block that holds more of the page's text than this is looked into instead of being cut."""

SHORT: Final = 500
"""Characters of a call to subscribe or of a box around a form: what is longer may be text of the article."""

BYLINE: Final = 150
"""Characters of a byline with its date, the length of the text and the count of comments."""

PARTS: Final = 8
"""Elements in the box of a form at most: heading, picture, sentences, small print."""

PARAGRAPH: Final = 120
"""Characters that a line of a box has not, and a paragraph of prose has."""

LOOKS: Final = 300
"""Paragraphs and links of a box that are read: boxes in boxes are not read as often as they are deep."""

_CALL = re.compile(r"abonn|inscri|connecte|€|\beuros?\b|réservé|offre", re.IGNORECASE)

_YOURS = re.compile(r"\b(?:vous|votre|vos)\b", re.IGNORECASE)
PRESSED: Final = ("a", "button", "form", "input")
"""What leads from a call to its offer."""

_FOLD = re.compile(
    r"(?:read|show|view|see)[-_]?more|more[-_]?(?:content|text)|lire[-_]?(?:la[-_]?)?suite", re.IGNORECASE
)

_ADDRESS = etree.XPath("boolean(descendant::input[@type = 'email' or @type = 'radio'])")

_ASKS = re.compile(
    r"newsletter|infolettre|\b(?:notre|nos|la|une) lettres?\b|inscri|abonn|recevez", re.IGNORECASE
)

BELOW: Final = frozenset({"aside", "nav", "footer"})
"""What may be longer than the article it stands beside, by its tag."""

ENOUGH: Final = 500
"""Characters of prose above it that are an article, not a lead."""

BRIEF: Final = 200
"""The same of a brief, where what stands below it has less."""

FRAME: Final = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"})


def cut(page: Page) -> int:
    """Move the boilerplate of ``page.tree`` to ``page.aside``.

    :return: how many blocks were moved
    """
    shape = shape_of(page)
    most = MOST * shape.left
    before = len(page.aside)
    for path in page.rules.drop if page.rules else ():
        for element in select(page.tree, path):
            _take(page, shape, element, f"declared {path}", most)
    for element in list(shape.body.iter(*FRAME)):
        leads = shape.said.get(element, 0) & (Says.LEAD | Says.ASIDE) == Says.LEAD
        cited = element.tag == "footer" and next(element.iterancestors("blockquote"), None) is not None
        kept = leads or cited or _ends_card(shape, element) or _dates(shape, element)
        if element in shape.said and not kept:
            taken = _asking(shape, element, most) if element.tag == "form" else element
            _take(page, shape, taken, f"tag {element.tag}", most)
    for element, said in shape.named(Says.ASIDE | Says.PAYWALL):
        if element in shape.said and _is_lead(shape, element, said):
            shape.said[element] = said & ~Says.ASIDE | Says.LEAD
        elif element in shape.said and said & Says.ASIDE and (_is_text(element) or _dates(shape, element)):
            shape.said[element] = said & ~Says.ASIDE
        elif element in shape.said and (why := _reason(element, said)):
            _take(page, shape, element, why, most)
    return len(page.aside) - before


def _ends_card(shape: Shape, element: HtmlElement) -> bool:
    """Whether a footer is that of a box which announces another article, not of the page."""
    ends = element.tag == "footer" and element.getparent() not in shape.title_path
    return ends and cards.is_in_card(element)


def _dates(shape: Shape, element: HtmlElement) -> bool:
    """Whether an element tells who wrote the article and when: a few words and a time beside the headline."""
    if shape.title is None or element.getparent() is not shape.title.getparent() or size(element) > BYLINE:
        return False
    return element.tag in {"aside", "footer"} and next(element.iter("time"), None) is not None


def _asking(shape: Shape, form: HtmlElement, most: float) -> HtmlElement:
    """The box of a form that asks for an address or a vote, with the words above it; the form without."""
    box = form.getparent()
    if box is None or box in shape.title_path or len(box) > PARTS:
        return form
    if size(box) > min(SHORT, most) or not (_ADDRESS(form) or _ASKS.search(words_of(box))):
        return form
    return box


def _is_lead(shape: Shape, element: HtmlElement, said: int) -> bool:
    """Whether a teaser is that of this article: it stands beside the headline and leads nowhere."""
    if not said & Says.ASIDE or "teaser" not in (element.get("class") or "").lower() or shape.title is None:
        return False
    around = set(islice(shape.title.iterancestors(), 2)) - {shape.body}
    if around.isdisjoint(islice(element.iterancestors(), 2)):
        return False
    return next(element.iter("a"), None) is None and next(element.iterancestors("a"), None) is None


def _is_text(element: HtmlElement) -> bool:
    """Whether an element whose name says that it is none is text: a paragraph, or what a button unfolds."""
    name = element.get("class") or element.get("id") or ""
    return _is_prose(element) or (_FOLD.search(name) is not None and _is_unfolded(element))


def _is_unfolded(element: HtmlElement) -> bool:
    """Whether a box holds more long paragraphs than links: the rest of a text, not other texts."""
    inside = list(islice(element.iter("p", "a"), LOOKS))
    texts = [text_of(one) for one in inside if one.tag == "p"]
    long = sum(len(text) > PARAGRAPH and text.endswith(ENDS) for text in texts)
    return long > len(inside) - len(texts)


def _is_prose(element: HtmlElement) -> bool:
    """Whether an element is a long paragraph among others, whose name says what a script sets beside it.

    So are words of a sentence that goes on around them: ``<a class="popup">``, ``<a class="search-link">``.
    """
    if element.tag in INLINE:
        return is_amid(element)
    parent = element.getparent()
    if element.tag != "p" or parent is None or next(element.iter("a"), None) is not None:
        return False
    if next(islice(parent.iterchildren("p"), 2, None), None) is None:
        return False
    text = text_of(element)
    return len(text) > PARAGRAPH and text.endswith(ENDS)


def _is_below(shape: Shape, element: HtmlElement) -> bool:
    """Whether what holds most of the page's text stands below an article, or a brief that says more."""
    above, within, _ = prose_around(shape, element)
    return (element.tag in BELOW and above >= ENOUGH) or above > max(BRIEF, within)


def _reason(element: HtmlElement, said: int) -> str:
    """Why an element is not the article by its tag or names; "" if nothing says so."""
    if said & Says.ASIDE and not said & (Says.BODY | Says.LEAD):
        return f"markup {element.get('class') or element.get('id') or element.get('role')}"
    return "subscription call" if said & Says.PAYWALL and _calls(element) else ""


def _calls(element: HtmlElement) -> bool:
    """Whether a paywall's box asks its readers to subscribe: it may be the beginning that all may read."""
    text = words_of(element)
    asks = len(text) <= SHORT and _CALL.search(text)
    return bool(asks) and (_YOURS.search(text) is not None or next(element.iter(*PRESSED), None) is not None)


def _take(page: Page, shape: Shape, element: HtmlElement, why: str, most: float) -> bool:
    """Move one element, unless it holds the headline, or too much text and no article stands above it."""
    if shape.stays(element):
        return False
    text = text_of(element)
    if len(text) > most and not _is_below(shape, element):
        shape.kept.add(element)
        return False
    words = text.count(" ") + bool(text)
    page.cuts.append(Cut(step="boilerplate", why=why, words=words, begins=CAMEL.sub(" ", text[:60])))
    shape.aside[element] = text, shape.remove(element, len(text))
    page.aside.append(element)
    return True
