"""The lines of a page as readers see them: around its headline, and those elsewhere that begin as bylines do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

BLOCKS: Final = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
SHORT: Final = 250  # characters; a longer line is a paragraph
_SILENT: Final = frozenset("script style noscript template svg button select textarea iframe nav form".split())
_TIGHT: Final = frozenset("sup font b i em strong mark".split())  # no space is meant around these
_BEGINS: Final = ("ublié", "édigé", "crit par", "ecueilli", "is en ligne", "osté", "réé", "is à jour")
_BYLINES = etree.XPath(
    "descendant-or-self::text()["
    + " or ".join(f"contains(., '{begin}')" for begin in _BEGINS)
    + " or starts-with(normalize-space(.), 'Par ') or starts-with(normalize-space(.), 'par ')"
    + " or normalize-space(.) = 'Par' or normalize-space(.) = 'par']"
)


@dataclass(slots=True)
class Line:
    """A line of text, and the element that holds it."""

    element: HtmlElement
    text: str


def line(element: HtmlElement) -> str:
    """The text of an element on one line: a space between inline elements, none before what is in superscript."""
    parts: list[str] = []
    _gather(element, parts)
    return " ".join("".join(parts).split())


def _gather(element: HtmlElement, parts: list[str]) -> None:
    """The pieces of text of an element, without what is never text."""
    if element.text and element.tag not in _SILENT:
        parts.append(element.text)
    for child in element:
        space = "" if child.tag in _TIGHT else " "
        if isinstance(child.tag, str):
            parts.append(space)
            if len(parts) < 2_000:
                _gather(child, parts)
        parts.append(space)
        parts.append(child.tail or "")


def lines(element: HtmlElement, budget: list[int]) -> Iterator[Line]:
    """The lines of an element: its blocks that hold no other block."""
    budget[0] -= 1
    if budget[0] < 0 or not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if not _holds_blocks(element):
        if text := line(element):
            yield Line(element, text[:1_000])
        return
    loose: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and (child.tag in BLOCKS or _holds_blocks(child)):
            if text := " ".join(" ".join(loose).split()):
                yield Line(element, text[:1_000])
            loose = [child.tail or ""]
            yield from lines(child, budget)
        else:
            loose += (line(child) if isinstance(child.tag, str) else "", child.tail or "")
    if text := " ".join(" ".join(loose).split()):
        yield Line(element, text[:1_000])


def _holds_blocks(element: HtmlElement) -> bool:
    """Whether any block lies in an element."""
    return any(child.tag in BLOCKS or (len(child) and _holds_blocks(child)) for child in element)


def after(element: HtmlElement, *, most: int = 60, paragraphs: int = 3) -> list[Line]:
    """The lines that follow an element, up to the third long one."""
    found: list[Line] = []
    budget = [400]
    node: HtmlElement | None = element
    while node is not None and node.tag != "body" and budget[0] > 0:
        for sibling in node.itersiblings():
            for item in lines(sibling, budget):
                found.append(item)
                paragraphs -= len(item.text) > 250
                if len(found) >= most or paragraphs <= 0:
                    return found
        node = node.getparent()
    return found


def before(element: HtmlElement, *, most: int = 12) -> list[Line]:
    """The lines that precede an element within its surroundings, nearest first."""
    found: list[Line] = []
    budget = [80]
    node: HtmlElement | None = element
    for _ in range(8):
        if node is None or node.tag == "body":
            break
        for sibling in node.itersiblings(preceding=True):
            found += reversed(list(lines(sibling, budget)))
            if len(found) >= most or budget[0] <= 0:
                return found[:most]
        node = node.getparent()
    return found


def elsewhere(roots: Iterable[HtmlElement]) -> Iterator[Line]:
    """The short lines under some elements that begin as bylines do: papers also sign and date below the text."""
    seen: set[HtmlElement] = set()
    for root in roots:
        for text in _BYLINES(root)[:60]:
            element = block(text)
            if element is None or element in seen or element.tag in {"body", "form"}:
                continue
            seen.add(element)
            if len(words := line(element)) <= SHORT:
                yield Line(element, words)


def block(text: etree._ElementUnicodeResult) -> HtmlElement | None:
    """The block that holds a text an XPath found."""
    element: HtmlElement | None = text.getparent()
    if element is not None and text.is_tail:
        element = element.getparent()
    while element is not None and element.tag not in BLOCKS:
        element = element.getparent()
    return element


def strings(items: object) -> list[str]:
    """What a declared XPath gave, as strings: dates and contents that elements carry, else their text."""
    found = items if isinstance(items, list) else [items]
    return [
        item.get("datetime") or item.get("content") or line(item) if hasattr(item, "tag") else str(item)
        for item in found
    ]
