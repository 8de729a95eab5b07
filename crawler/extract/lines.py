"""The lines of a page as readers see them, around its headline or below an element."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from crawler.text.normalise import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
DEEPEST: Final = 60  # levels of elements within one; what lies deeper counts as one line
_PIECES: Final = 2_000  # pieces of text of one line
_ABOVE: Final = 8  # lines that precede an element
_ROW: Final = 12  # elements of a line that are looked at as its parts
SHORT: Final = 250  # characters; a longer line is a paragraph
_SILENT: Final = frozenset({
    "script", "style", "noscript", "template", "svg", "button", "select", "textarea", "iframe",
    "nav", "form", "figure",
    "figcaption",
})  # fmt: skip
_TIGHT: Final = frozenset({"sup", "font", "b", "i", "em", "strong", "mark"})  # no space is meant around these


@dataclass(slots=True)
class Line:
    """A line of text, and the element that holds it."""

    element: HtmlElement
    text: str


def select(path: etree.XPath, root: HtmlElement, **variables: str) -> list[Any]:
    """What a compiled XPath finds: elements or texts."""
    return cast("list[Any]", path(root, **variables))


def length(element: HtmlElement) -> int:
    """The characters of text in an element, white space and scripts included."""
    return len(etree.tostring(element, encoding="unicode", method="text", with_tail=False))


def line(element: HtmlElement) -> str:
    """The text of an element on one line, with spaces between elements but those that stand in words."""
    if not len(element):
        return squeeze(element.text or "")
    parts: list[str] = []
    _gather(element, parts, DEEPEST)
    return squeeze("".join(parts))


def _gather(element: HtmlElement, parts: list[str], depth: int, stops: frozenset[str] = frozenset()) -> bool:
    """The pieces of text of an element, without what is never text; False at an element to stop at."""
    if (text := element.text) and element.tag not in _SILENT:
        parts.append(text)
    for child in element:
        tag = child.tag
        if tag in stops:
            return False
        space = "" if tag in _TIGHT else " "
        parts.append(space)
        if isinstance(tag, str) and len(parts) < _PIECES:
            if not depth:
                parts.extend(islice(child.itertext(), _PIECES))
            elif len(child):
                if not _gather(child, parts, depth - 1, stops):
                    return False
            elif (text := child.text) and tag not in _SILENT:
                parts.append(text)
            parts.append(space)
        if tail := child.tail:
            parts.append(tail)
    return True


def parted(header: Iterable[Line]) -> list[Line]:
    """Lines, but of those with figures whose elements make a row its parts: a style sheet sets them apart."""
    return [part for line in header for part in _parts(line)]


def _parts(whole: Line) -> list[Line]:
    element = whole.element
    row = list(islice(element, _ROW + 1))
    between = "".join(filter(None, [element.text, *(one.tail for one in row)]))
    is_row = 1 < len(row) <= _ROW and not any(one.tag in BLOCKS for one in row)
    is_dated = len(whole.text) <= SHORT and any(map(str.isdigit, whole.text))
    if not is_row or not is_dated or any(map(str.isalnum, between)):
        return [whole]
    return [Line(one, text) for one in row if isinstance(one.tag, str) and (text := line(one))]


def lines(element: HtmlElement, budget: int, most: int = 1_000, paragraphs: int = 1_000) -> list[Line]:
    """The lines of an element: its blocks that hold no other block.

    :param budget: how many blocks are looked at
    """
    found = _Found(budget, most, paragraphs)
    found.read(element, DEEPEST)
    return found.lines


class _Found:
    """The lines found so far, and how much may still be looked at."""

    def __init__(self, budget: int, most: int, paragraphs: int) -> None:
        self.lines: list[Line] = []
        self.budget = budget  # blocks
        self.most = most  # lines
        self.paragraphs = paragraphs  # long lines

    def read(self, element: HtmlElement, depth: int) -> None:
        """Add the lines of an element."""
        self.budget -= 1
        tag = element.tag
        if self.budget < 0 or tag in _SILENT or not isinstance(tag, str):
            return
        text = _inline(element, depth)
        if text is None:
            self._blocks(element, depth)
        elif text:
            self.add(element, text)

    def _blocks(self, element: HtmlElement, depth: int) -> None:
        """Add the lines of an element that holds blocks, and what stands between them."""
        text = element.text
        loose = [text] if text and not text.isspace() else []
        for child in element:
            if self.budget < 0:
                return
            tag = child.tag
            text = None if tag in BLOCKS else _inline(child, depth) if isinstance(tag, str) else ""
            if text is None:
                if loose:
                    self.add(element, " ".join(loose))
                    loose = []
                self.read(child, depth - 1)
            elif text:
                loose.append(text)
            if (tail := child.tail) and not tail.isspace():
                loose.append(tail)
        if loose:
            self.add(element, " ".join(loose))

    def add(self, element: HtmlElement, text: str) -> None:
        """Add one line; the last one that is wanted ends the search."""
        if self.budget < 0 or not (text := squeeze(text)):
            return
        self.lines.append(Line(element, text[:1_000]))
        self.paragraphs -= len(text) > SHORT
        if len(self.lines) >= self.most or self.paragraphs <= 0:
            self.budget = -1


def _inline(element: HtmlElement, depth: int) -> str | None:
    """The text of an element without blocks in it; None for one that holds some."""
    if not len(element):
        return element.text or ""
    parts: list[str] = []
    return "".join(parts) if _gather(element, parts, DEEPEST, BLOCKS if depth else frozenset()) else None


def after(element: HtmlElement, *, most: int = 40) -> list[Line]:
    """The lines that follow an element, up to the second long one."""
    found = _Found(400, most, 2)
    node: HtmlElement | None = element
    while node is not None and node.tag != "body" and found.budget > 0:
        home = node.getparent()
        for one in (node, *node.itersiblings()):
            if one is not node:
                found.read(one, DEEPEST)
            if (tail := one.tail) and home is not None and any(map(str.isalnum, tail)):
                found.add(home, tail)
            if found.budget < 0:
                break
        node = home
    return found.lines


def before(element: HtmlElement) -> list[Line]:
    """The lines that precede an element within its surroundings, nearest first."""
    found: list[Line] = []
    budget = 80
    node: HtmlElement | None = element
    for _ in range(8):
        if node is None or node.tag == "body":
            break
        for sibling in node.itersiblings(preceding=True):
            ahead = _Found(budget, 1_000, 1_000)
            ahead.read(sibling, DEEPEST)
            budget = ahead.budget
            found += reversed(ahead.lines)
            if len(found) >= _ABOVE or budget <= 0:
                return found[:_ABOVE]
        node = node.getparent()
    return found


def block(text: etree._ElementUnicodeResult) -> HtmlElement | None:
    """The block that holds a text an XPath found; where a piece that was cut is none, the piece."""
    element: HtmlElement | None = text.getparent()
    if element is not None and text.is_tail:
        element = element.getparent()
    while element is not None and element.tag not in BLOCKS and (around := element.getparent()) is not None:
        element = around
    return element


def around(elements: Iterable[HtmlElement]) -> set[HtmlElement]:
    """Some elements and all around them."""
    around: set[HtmlElement] = set()
    for element in elements:
        node: HtmlElement | None = element
        while node is not None and node not in around:
            around.add(node)
            node = node.getparent()
    return around
