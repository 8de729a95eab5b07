"""Summaries of other articles in a text, each in a box with the link above it."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Final

from crawler.extract import datelines
from crawler.extract.wording import HEADLINE, LABEL, LINKED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block

PROSE: Final = 80.0
"""A block of this weight is a paragraph of an article beyond doubt."""

LINK: Final = 0.8  # a link to another text is this share of its line

SUMMARY: Final = 60
"""Characters of a sentence, which the summary of an article has at least."""

MOST_LINKED: Final = 0.6
"""The share of a line in links from which it is a headline that leads to its article, with a date perhaps."""

CARD: Final = 3  # boxes around the summary in a card that has the link to its article too

FEWEST: Final = 4
"""Summaries that make a list."""

FEW: Final = 2
"""Summaries that make a list, and paragraphs that make a text."""


def left_out(items: list[Block], kept: list[int]) -> list[int]:
    """Without the summaries of other texts, each in a box with the link above it.

    They stand at the end, or together amid a text that is more than they are. Who wrote them and when
    may stand below: no name or address says so of every such line.
    """
    told = {
        index
        for index in kept
        if _is_summary(items, index)
        or (_is_summary(items, index - 1) and datelines.is_date_line(items[index].text))
    }
    others = [index for index in kept if index not in told]
    if len(told) < FEW or sum(items[i].weight > PROSE for i in others) < FEW:
        return kept
    last = others[-1]
    amid = sorted(index for index in told if index < last)
    parted = any(amid[0] < i < amid[-1] and items[i].weight > PROSE for i in others if amid)
    if len(amid) < FEW or parted or 2 * _weight(items, amid) > _weight(items, others):
        told.difference_update(amid)
    if len(told) < FEW:
        return kept
    heads = {index - 2 for index in told if _is_label(items[index - 2])}
    return [index for index in kept if index not in told | heads]


def _is_label(block: Block) -> bool:
    """Whether a block may head the summaries of other texts: a short heading, or a short line in bold."""
    return block.size < LABEL and (block.is_heading or block.strong == block.size)


def _weight(items: list[Block], indices: Iterable[int]) -> float:
    """What some blocks weigh."""
    return sum(items[index].weight for index in indices)


def _is_summary(items: list[Block], index: int) -> bool:
    """Whether a block is all that stands in one box with the link above it, or in one paragraph."""
    if index < 1:
        return False
    link, block = items[index - 1], items[index]
    if link.linked <= LINK or link.size < HEADLINE or block.linked > LINKED:
        return False
    holder = block.element if link.element is block.element else block.element.getparent()
    if holder is None or not _stands_in(link, holder):
        return False
    return not (index > 1 and _stands_in(items[index - 2], holder))


def _stands_in(block: Block, holder: HtmlElement) -> bool:
    """Whether a block stands in an element."""
    return block.element is holder or holder in block.element.iterancestors()


def share(items: list[Block], title: int, kept: list[int]) -> float:
    """The share of the paragraphs that are links, or have a box of their own with the link above them."""
    prose = [i for i in kept if items[i].size > SUMMARY]
    around = (islice(items[i].element.iterancestors(), CARD) for i in prose)
    shared = Counter(chain((items[i].element for i in prose), *around))
    found = 0
    for before, index in pairwise([title, *prose]):
        one = items[index]
        links = (other for other in items[before + 1 : index] if other.size > 15)
        found += one.linked >= MOST_LINKED or any(
            link.linked >= MOST_LINKED and (link.is_heading or _in_one_item(link, one, shared))
            for link in links
        )
    return found / max(FEWEST, len(prose))


def _in_one_item(link: Block, text: Block, shared: Counter[HtmlElement]) -> bool:
    """Whether a link and the text after it stand in one box with no other text."""
    holders = {link.element, *link.element.iterancestors()}
    boxes = (text.element, *islice(text.element.iterancestors(), CARD))
    item = next((box for box in boxes if box in holders), None)
    return item is not None and shared[item] == 1
