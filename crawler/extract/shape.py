"""What the steps share of a page: its text, its headline, what its names say, and how to cut a piece out."""

from __future__ import annotations

import re
from functools import cached_property, reduce
from itertools import islice, repeat
from operator import or_
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from crawler.extract.inline import INLINE
from crawler.extract.markup import survey
from crawler.extract.phrases import fold
from crawler.extract.readers import is_thread_heading
from crawler.extract.texts import squash, text_of, texts_of
from crawler.extract.vocabulary import Says

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.items import Page

_TITLE: Final = etree.XPath("string(/html/head/title)", smart_strings=False)
_OG_TITLE: Final = etree.XPath("string(/html/head/meta[@property='og:title']/@content)", smart_strings=False)
_PARTS: Final = etree.XPath("descendant::text()")
_SEPARATOR: Final = re.compile(r"\s+[-–—|•·»]\s+")
_SITE: Final = re.compile(r"\s+[-–—|•·»]\s+.*$", re.DOTALL)

WRAPPERS: Final = 8
"""Boxes in each other that are looked at, though each holds most of the text."""

NEAR: Final = 4
"""Boxes up to the next of them."""

NAME: Final = 20
"""Letters of an h1 that is no headline: a section, or the paper's name."""

LISTS: Final = frozenset({"nav", "ol", "ul"})
"""Where a title is no headline: the way to the page, what was read most."""

CUT_SHORT: Final = ("...", "…")


class Shape:
    """What must be known of a page before anything is cut: body, text, headline, what names say."""

    def __init__(self, tree: HtmlElement) -> None:
        body = tree.find("body")
        self.body: HtmlElement = tree if body is None else body
        text = text_of(self.body)
        self.text = text.encode("utf-8", "ignore")
        """To know what cannot be found on the page: bytes are searched faster than characters."""
        self.size = self.left = max(1, len(text))
        """Characters of its text, and about as many as are left of them: at least 1."""
        self.entries = 0  # comments that were cut one by one
        self.aside: dict[HtmlElement, tuple[str, int]] = {}
        """What was moved to ``page.aside``: its text, and what the names in it say."""
        self.kept: set[HtmlElement] = set()  # boxes whose names are not believed: they hold most of the text
        self.title = _headline(tree, self.body)
        self.title_path = {self.body}
        if self.title is not None:
            self.title_path |= {self.title, *self.title.iterancestors()}

    @cached_property
    def said(self) -> dict[HtmlElement, int]:
        """The elements left in the body, in reading order, and what their names say."""
        return survey(self.body)

    def named(self, kinds: int) -> list[tuple[HtmlElement, int]]:
        """The elements left whose names say some kind of thing, and what they say."""
        return [(one, said) for one, said in self.said.items() if said & kinds]

    def stays(self, element: HtmlElement) -> bool:
        """Whether an element is never cut: it holds the headline, is cut already, or is one more of ``kept``.

        A box that stands in so many of those is not looked at: that costs all its text.
        """
        if element in self.title_path or element.getparent() is None:
            return True
        around = islice(element.iterancestors(), NEAR)
        deep = len(self.kept) >= WRAPPERS and not self.kept.isdisjoint(around)
        if deep:
            self.kept.add(element)
        return deep

    def remove(self, element: HtmlElement, size: int) -> int:
        """Take an element out of its tree; the text after it stays where it was, and a line of its own.

        Nothing in it is remembered: lxml frees a tree that lost its root in the square of what is held of it.

        :param size: the characters of its text
        :return: what its names say, and those of all in it
        """
        said = reduce(or_, set(map(self.said.pop, element.iter(), repeat(Says.NOTHING))))
        parent, tail = element.getparent(), element.tail
        if parent is not None and element.tag not in INLINE and _goes_on(element):
            edge = element.makeelement("br")
            edge.tail = tail
            parent.replace(element, edge)
        else:
            element.drop_tree()
        self.left = max(1, self.left - size)
        return said


def _goes_on(element: HtmlElement) -> bool:
    """Whether a line of text begins right after an element."""
    if (tail := element.tail) and not tail.isspace():
        return True
    following = element.getnext()
    return following is not None and following.tag in INLINE


def shape_of(page: Page) -> Shape:
    """The shape of a page, the same for all steps."""
    if page.shape is None:
        page.shape = Shape(page.tree)
    return page.shape


def _headline(tree: HtmlElement, body: HtmlElement) -> HtmlElement | None:
    """The heading that the page's title repeats, else its longest h1, or what says it without a heading.

    Where the headline is no heading, the only h1 may be « Laissez un commentaire ».
    """
    named, meta = str(_TITLE(tree)), str(_OG_TITLE(tree))
    wanted = [squash(text) for text in (meta, named) if text]
    whole = {squash(_SITE.sub("", text)) for text in (meta, named)}
    best: HtmlElement | None = None
    part: HtmlElement | None = None
    most = longest = 0
    for element in body.iter("h1", "h2"):
        text = squash(said := "".join(texts_of(element)))
        if len(text) >= 8:
            if text in whole or any(len(one) >= 12 and one in text for one in wanted):
                return element
            told = any(text in one for one in wanted)
            if told and any(text in one and 2 * len(text) >= len(one) for one in wanted):
                return element
            if told and len(text) > longest:
                part, longest = element, len(text)
        if element.tag == "h1" and len(text) > most and not is_thread_heading(fold(said.strip())):
            best, most = element, len(text)
    if part is not None and longest >= NAME:
        return part  # what is shorter than that may be the paper's name, at the end of its titles
    if most < NAME:
        titles = (" ".join(title.split()) for text in (meta, named) for title in _cuts(text))
        shown = saying(body, *(title for title in titles if len(title) > NAME))
        return next((one for one in (shown, part) if one is not None), best)
    return best


def _cuts(text: str) -> list[str]:
    """A title whole, and up to its first and last separators: it may have one of its own."""
    ends = [match.start() for match in _SEPARATOR.finditer(text)]
    return [text, *(text[:end] for end in dict.fromkeys((*ends[-1:], *ends[:1])))]


def saying(body: HtmlElement, *titles: str) -> HtmlElement | None:
    """What says one of some titles, or begins with one that was cut short: the first that is in no list.

    Typography does not count, and a title may be made of several elements.
    """
    bare = {title: squash(title) for title in titles}
    wanted = {one: title.endswith(CUT_SHORT) and len(one) >= NAME for title, one in bare.items() if one}
    listed: HtmlElement | None = None
    seen: set[HtmlElement] = set()
    for text in cast("list[Any]", _PARTS(body)) if wanted else ():
        element = _saying(text, wanted, seen)
        if element is not None:
            if LISTS.isdisjoint(one.tag for one in (element, *element.iterancestors())):
                return element
            listed = element if listed is None else listed
    return listed


def _saying(
    text: etree._ElementUnicodeResult, wanted: dict[str, bool], seen: set[HtmlElement]
) -> HtmlElement | None:
    """The element that a text begins and that says a title.

    :param wanted: titles, and whether each was cut short
    :param seen: elements whose text was looked at: only their first text can begin a title
    """
    element = text.getparent()
    if text.is_tail and element is not None:
        element = element.getparent()
    said = squash(text)
    for holder in (element, *element.iterancestors()) if element is not None and said else ():
        if said in wanted or any(cut and said.startswith(title) for title, cut in wanted.items()):
            return element
        if holder in seen or not any(title.startswith(said) for title in wanted):
            return None
        seen.add(holder)
        said, element = squash("".join(texts_of(holder))), holder
    return None
