"""A run of blocks is cut out of a tree, whatever elements it begins and ends in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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

BEGINS: Final = 40
"""Characters by which the place is found where a block begins."""


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
        return _cut_from(shape, _begin(blocks, start), final)
    shares = _holds(first, before)  # the last lines of the article stand in it too
    words = _cut_from(shape, _begin(blocks, start), None) if shares else 0
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


def _begin(blocks: list[Block], start: int) -> HtmlElement | None:
    """The child of its element before or in which a block begins; the text after it is cut off."""
    element, begun = blocks[start].element, blocks[start].text[:BEGINS]
    alike = sum(one.element is element and one.text.startswith(begun) for one in blocks[:start])
    alike -= clean(element.text or "").startswith(begun)
    for child in element:  # those above it may begin with the same words: « 3 commentaires »
        text, tail = words_of(child), child.tail or ""
        begins = bool(text.strip()) and _read_from(child, text + tail).startswith(begun)
        follows = not begins and bool(tail.strip()) and _read_from(child, tail).startswith(begun)
        if (begins or follows) and alike:
            alike -= 1
        elif begins:
            return child
        elif follows:
            child.tail = None
            return child.getnext()
    return None


def _read_from(child: HtmlElement, text: str) -> str:
    """A text with that of the siblings after an element, as much of it as a block begins with."""
    for after in child.itersiblings():
        if len(text) > 2 * BEGINS:
            break
        text += words_of(after) + (after.tail or "")
    return clean(text)


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
