"""Boxes that announce other articles: what stands in them neither signs nor dates this one."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from crawler.extract import lines, people
from crawler.extract.blocks import LOWER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from crawler.extract.lines import Line

BOX: Final = 600  # characters of a box that announces another article
_NAME: Final = 4  # words of a name
_HEADLINE: Final = 6  # words of a link that is a headline
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_BETWEEN: Final = frozenset({"et", "avec", "and", "with"})  # names
_ROLE = re.compile(r",? (?:notre |nos )?(?:journaliste|correspond|envoy[ée]|grande? reporter|r[ée]dact)")
_ALIKE: Final = 2  # boxes with a name and a date that one element holds: more are cards
_DEEP: Final = 6  # levels of elements in a box


def own(header: list[Line], beside: HtmlElement) -> list[Line]:
    """Some lines without those that stand in a box with a headline that leads to another article.

    :param beside: what they stand beside: a box around it is the article's own
    """
    told = [line for line in header if line.element.tag in LOWER or len(line.element)]
    boxes = {box for line in told if (box := _box(line.element, line.text)) is not None}
    if boxes:
        boxes.difference_update(beside.iterancestors())
    if not boxes:
        return header
    around = ((line.element, *islice(line.element.iterancestors(), _DEEP)) for line in header)
    return [line for line, nodes in zip(header, around, strict=True) if boxes.isdisjoint(nodes)]


def _box(element: HtmlElement, text: str) -> HtmlElement | None:
    """The box of a line that is a headline of another article: of its heading, or of some lines.

    A day and who signs may stand in one line with it.
    """
    tag = element.tag
    if tag in LOWER:
        if not _is_link(element):
            return None
        around = next(element.iterancestors("a"), element)
        return around.getparent()
    if tag == "a" or len(text) > lines.SHORT or text.count(" ") < _HEADLINE - 1:
        return None
    link = element.find(".//a")
    said = lines.line(link) if link is not None else ""
    return element if 2 * len(said) > len(text) and _is_headline(said) else None


def is_teaser(element: HtmlElement) -> bool:
    """Whether a line stands in the teaser of another article: a short block whose heading is a link."""
    for node in islice(element.iterancestors(), 2):
        alone = node.tag == "article" and not any(one.tag == "article" for one in _beside(node))
        if alone or node.tag in {"body", "main"} or lines.length(node) > BOX:
            return False
        headings = node.iter(*LOWER)
        if any(_is_link(heading) for heading in headings):
            return next(node.iter("h1"), None) is None
    return False


def _beside(node: HtmlElement) -> tuple[HtmlElement, ...]:
    """The elements before and after one."""
    return tuple(one for one in (node.getprevious(), node.getnext()) if one is not None)


def _is_link(heading: HtmlElement) -> bool:
    """Whether a heading is a headline that leads somewhere: a name that does is the author's."""
    link = heading.find(".//a")
    if link is None:
        link = next(heading.iterancestors("a"), None)
    words = len(lines.line(heading).split()) if link is not None else 0
    if link is None or words <= _NAME:
        return False
    said = lines.line(link)
    count = len(said.split())
    return 2 * count > words and (count > _NAME or not _are_names(said))


def is_in_card(element: HtmlElement, headline: HtmlElement | None = None) -> bool:
    """Whether a line stands in a small box below a headline that leads elsewhere, or in such a link.

    :param headline: the article's own, which may be a link too
    """
    around = next(element.iterancestors("a"), None)
    if around is not None and any(len(lines.line(one).split()) > _NAME for one in around.iter(*LOWER)):
        return True
    box = element.getparent()
    link = next(element.iter("a"), None)  # the headline and "par Ada Roux" in one block
    if link is not None and lines.line(element).startswith(text := lines.line(link)) and _is_headline(text):
        return True
    if box is None or lines.length(box) > BOX or next(box.iter("h1"), None) is not None:
        return False
    own = () if headline is None else (headline, *headline.iterancestors())
    above = islice(element.itersiblings(preceding=True), 5)
    links = (link for one in above if one not in own for link in one.iter("a"))
    return any(_is_headline(lines.line(link)) for link in islice(links, 5))


def in_rows(bylines: Iterable[HtmlElement], *, alone: bool = False) -> set[HtmlElement]:
    """Those of some bylines that stand in boxes made alike: each is of another article, or a comment.

    :param alone: of those with which no other stands in one box, as the names of several authors do
    """
    elements = list(bylines)
    boxes = Counter(one.getparent() for one in elements)
    shelves = Counter(_shelf(one) for one in elements if not alone or boxes[one.getparent()] == 1)
    return {one for one in elements if shelves[_shelf(one)] > _ALIKE}


def _shelf(element: HtmlElement) -> HtmlElement | None:
    """What holds the box of a line."""
    box = element.getparent()
    return box.getparent() if box is not None else None


def _is_headline(text: str) -> bool:
    """Whether the text of a link has the words of a headline, and not those of two dates or some names."""
    return sum(not word[:1].isdigit() for word in text.split()) >= _HEADLINE and not _are_names(text)


def _are_names(text: str) -> bool:
    """Whether full names are all that a text says, but for their function: « Ada Roux, Noé Vial et AFP »."""
    text = _ROLE.split(text, maxsplit=1)[0]
    named = people.read(text, (), visible=True)
    names = " ".join((*named.persons, *named.agencies))
    full = bool(named.persons) and all(1 < len(name.split()) <= _NAME for name in named.persons)
    return full and sorted(_WORD.findall(names)) == sorted(
        word for word in _WORD.findall(text) if word not in _BETWEEN
    )
