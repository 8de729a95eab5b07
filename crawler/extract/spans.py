"""A run of blocks is cut out of a tree, whatever elements it begins and ends in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extract import phrases
from crawler.extract.blocks import HEADINGS
from crawler.extract.markup import says
from crawler.extract.texts import words_of
from crawler.extract.vocabulary import Says
from crawler.extract.whitespace import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block
    from crawler.extract.shape import Shape


def cut_span(shape: Shape, blocks: list[Block], start: int, last: int) -> int:
    """Cut a run of blocks out of the tree, and what follows it up to the next boundary; the words cut.

    Where an element around them holds nothing that comes before, it goes whole: the last comment's text has
    no mark.
    """
    first, final = blocks[start].element, blocks[last].element
    line = [first, *first.iterancestors()]
    known = set(line)
    common = next(one for one in (final, *final.iterancestors()) if one in known)
    before = {block.element for block in blocks[:start]} | shape.title_path
    outer = common
    while (parent := outer.getparent()) is not None and not _holds(parent, before):
        outer = parent
    if start != last and not _holds(outer, before):
        text = words_of(outer)
        shape.remove(outer, len(text))
        return text.count(" ") + 1
    if common is first:
        return _cut_from(shape, _holder_of(first, blocks[start].text), final)
    shares = _holds(first, before)  # the last lines of the article stand in it too
    words = _cut_from(shape, _holder_of(first, blocks[start].text), None) if shares else 0
    element = first
    while (parent := element.getparent()) is not common and parent is not None:
        words += _cut_from(shape, element.getnext(), None)
        element = parent
    if shares:
        return words + _cut_from(shape, element.getnext(), final)
    if first is not element:
        text = words_of(first)
        words += text.count(" ") + 1
        shape.remove(first, len(text))
        return words + _cut_from(shape, element.getnext() if final not in element.iter() else None, final)
    return words + _cut_from(shape, element, final)


def _holds(outer: HtmlElement, elements: set[HtmlElement]) -> bool:
    """Whether an element is, or holds, one of others."""
    return any(one in elements for one in outer.iter())


def _holder_of(element: HtmlElement, text: str) -> HtmlElement | None:
    """The child of an element before or in which a text begins; the text after it is cut off."""
    for child in element:
        if clean(child.tail or "").startswith(text[:40]):
            child.tail = None
            return child.getnext()
        if clean(words_of(child)).startswith(text[:40]):
            return child
    return None


def _cut_from(shape: Shape, element: HtmlElement | None, final: HtmlElement | None) -> int:
    """Cut an element and its next siblings, to the one with the last mark, then to a boundary; the words cut.

    Without a last mark everything that follows goes.
    """
    passed, words = False, 0
    holder = set() if final is None else {final, *final.iterancestors()}
    while element is not None:
        following, parent = element.getnext(), element.getparent()
        if parent is None or (passed and _is_boundary(element)):
            break
        passed = final is not None and (passed or element in holder)
        text = words_of(element)
        words += text.count(" ") + 1 + len((element.tail or "").split())
        element.tail = None
        shape.remove(element, len(text))
        element = following
    return words


def _is_boundary(element: HtmlElement) -> bool:
    """Whether what follows a thread begins here."""
    if not isinstance(element.tag, str):
        return False
    text = phrases.fold(" ".join(element.itertext()).strip()[:200])
    return (
        element.tag in HEADINGS | {"nav", "aside", "footer", "section"}
        or bool(says(element) & (Says.ASIDE | Says.TAGS))
        or bool(phrases.RELATED.match(text))
    )
