"""The lines of a page as readers see them: around its headline, and those below that look like bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
DEEPEST: Final = 60  # levels of elements within one; what lies deeper counts as one line
_PIECES: Final = 2_000  # pieces of text of one line
SHORT: Final = 250  # characters; a longer line is a paragraph
_SILENT: Final = frozenset({
    "script", "style", "noscript", "template", "svg", "button", "select", "textarea", "iframe",
    "nav", "form", "figure",
    "figcaption",
})  # fmt: skip
_TIGHT: Final = frozenset({"sup", "font", "b", "i", "em", "strong", "mark"})  # no space is meant around these
_HINTS: Final = ("ublié", "édigé", "crit par", "ecueilli", "is en ligne", "osté", "réé", "is à jour", "ar ")
_BYLINE = re.compile(
    r"(?:ublié|édigé|crit|ecueilli|is en ligne|osté|réé|is à jour)[^.!?]{0,60}?(?:\d{1,2}[/.-]\d|"
    r"\d{1,2}(?:er)? [^\W\d]{3,9}\.? \d{4}|par [^\W\d])|"
    r"\b[Pp]ar (?:[A-ZÀ-Ý][\w.'’-]* ?){1,4}"
)
_CONTAINING = etree.XPath("descendant-or-self::text()[contains(., $hint)]")
_BEGINNING = etree.XPath(
    "descendant-or-self::text()[starts-with(normalize-space(.), 'Par')"
    " or starts-with(normalize-space(.), 'par ')]"
)
_LENGTH = etree.XPath("string-length(.)")
_MOST: Final = 12  # places in a text that are looked at for one hint
_NEAR: Final = 170  # bytes around a hint that a phrase is looked for in


@dataclass(slots=True)
class Line:
    """A line of text, and the element that holds it."""

    element: HtmlElement
    text: str


def select(path: etree.XPath, root: HtmlElement) -> list[Any]:
    """What a compiled XPath finds: elements or texts."""
    return cast("list[Any]", path(root))


def length(element: HtmlElement) -> float:
    """The characters of text in an element, white space and scripts included."""
    return cast("float", _LENGTH(element))


def line(element: HtmlElement) -> str:
    """The text of an element on one line, with spaces between elements but those that stand in words."""
    if not len(element):
        return " ".join((element.text or "").split())
    parts: list[str] = []
    _gather(element, parts, DEEPEST)
    return " ".join("".join(parts).split())


def _gather(element: HtmlElement, parts: list[str], depth: int) -> None:
    """The pieces of text of an element, without what is never text."""
    if element.text and element.tag not in _SILENT:
        parts.append(element.text)
    for child in element:
        space = "" if child.tag in _TIGHT else " "
        if isinstance(child.tag, str) and len(parts) < _PIECES:
            parts.append(space)
            if depth:
                _gather(child, parts, depth - 1)
            else:
                parts.extend(islice(child.itertext(), _PIECES))
        parts += (space, child.tail or "")


def lines(element: HtmlElement, budget: list[int], depth: int = DEEPEST) -> Iterator[Line]:
    """The lines of an element: its blocks that hold no other block.

    :param budget: how many elements may still be looked at, in a list that is counted down
    """
    budget[0] -= 1
    if budget[0] < 0 or not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if not depth or not _holds_blocks(element, depth):
        if text := line(element):
            yield Line(element, text[:1_000])
        return
    loose: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and (child.tag in BLOCKS or _holds_blocks(child, depth)):
            if text := " ".join(" ".join(loose).split()):
                yield Line(element, text[:1_000])
            loose = [child.tail or ""]
            yield from lines(child, budget, depth - 1)
        else:
            loose += (line(child) if isinstance(child.tag, str) else "", child.tail or "")
    if text := " ".join(" ".join(loose).split()):
        yield Line(element, text[:1_000])


def _holds_blocks(element: HtmlElement, depth: int) -> bool:
    """Whether any block lies in an element."""
    return any(
        child.tag in BLOCKS or (depth > 0 and len(child) > 0 and _holds_blocks(child, depth - 1))
        for child in element
    )


def after(element: HtmlElement, *, most: int = 40, paragraphs: int = 2) -> list[Line]:
    """The lines that follow an element, up to the second long one."""
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


def before(element: HtmlElement, *, most: int = 8) -> list[Line]:
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


def elsewhere(roots: Iterable[HtmlElement], text: bytes) -> list[Line]:
    """The short lines under some elements that begin as bylines do: papers also sign and date below the text.

    :param text: all text of the page, by which most pages are told that have none
    """
    hints = [hint for hint in _HINTS if may_say(text, (hint,), _BYLINE)]
    found: list[Line] = []
    seen: set[HtmlElement] = set()
    for root in roots:
        for hint in hints:
            texts = _BEGINNING(root) if hint == "ar " else _CONTAINING(root, hint=hint)
            for element in map(block, cast("list[Any]", texts)[:40]):
                if element is None or element in seen:
                    continue
                seen.add(element)
                if element.tag in {"body", "form"} or length(element) > 4 * SHORT or is_teaser(element):
                    continue
                if len(words := line(element)) <= SHORT:
                    found.append(Line(element, words))
    return found


def is_teaser(element: HtmlElement) -> bool:
    """Whether a line stands in the teaser of another article: a short block whose heading is a link."""
    for node in islice(element.iterancestors(), 2):
        if node.tag in {"body", "article", "main"} or length(node) > 600:
            return False
        if any(heading.find(".//a") is not None for heading in node.iter("h2", "h3", "h4", "h5", "h6")):
            return True
    return False


def may_say(text: bytes, hints: Iterable[str], pattern: re.Pattern[str]) -> bool:
    """Whether a pattern is found near one of its hints: a cheap look that most pages fail.

    :param text: in UTF-8: searched ten times faster than text
    """
    for hint in (hint.encode() for hint in hints):
        at = text.find(hint)
        for _ in range(_MOST):
            if at < 0:
                break
            near = text[max(0, at - _NEAR) : at + _NEAR].decode("utf-8", "ignore")
            if pattern.search(" ".join(near.split())):
                return True
            at = text.find(hint, at + len(hint))
    return False


def block(text: etree._ElementUnicodeResult) -> HtmlElement | None:
    """The block that holds a text an XPath found."""
    element: HtmlElement | None = text.getparent()
    if element is not None and text.is_tail:
        element = element.getparent()
    while element is not None and element.tag not in BLOCKS:
        element = element.getparent()
    return element
