"""Where the headline stands among the blocks of a page: as a heading, or as any line that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.extract.blocks import APART
from crawler.extract.texts import begin, squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block
    from crawler.extract.metadata import Metadata

LONG: Final = 100
"""Characters of a paragraph."""

BELOW: Final = 0.3
"""A headline with a smaller part of the prose below it than above is not that of the article."""


def find(blocks: list[Block], element: HtmlElement | None, metadata: Metadata) -> int:
    """The index of the headline's block, -1 if there is none."""
    wanted = squash(metadata.title)
    inside = set() if element is None else {element, *element.iter()}
    shown = (
        index
        for index, block in enumerate(blocks)
        if block.element in inside or (wanted and block.is_heading and squash(block.text) == wanted)
    )
    found = next(shown, -1)
    if found >= 0 and blocks[found].heads_link and element is not None:
        own = (index for index in shown if blocks[index].tag == element.tag and not blocks[index].linked)
        found = next(own, found)  # the one before is in a bar of links to all that is new
    if found >= 0 and (blocks[found].heads_link or _repeats(blocks, found)):
        above = _said(blocks[:found], wanted)
        found = above if above >= 0 and not (blocks[found].tag == "h1" and blocks[above].linked) else found
    elif found < 0:
        found = _said(blocks, wanted)
    return -1 if _repeats(blocks, found) else found


def _said(blocks: list[Block], wanted: str) -> int:
    """The first block that says the headline, -1 if there is none: old pages set it in large letters."""
    first = begin(wanted)
    alike = (i for i, one in enumerate(blocks) if begin(one.text) == first and squash(one.text) == wanted)
    return next(alike, -1) if wanted else -1


def _repeats(blocks: list[Block], title: int) -> bool:
    """Whether a headline far below only repeats one: in a bar that sticks, in a list of what others read."""
    if title * 2 < len(blocks):
        return False
    prose = [
        one.size if one.size > LONG and one.linked < 0.3 and not one.says & APART else 0 for one in blocks
    ]
    return sum(prose[title:]) < BELOW * sum(prose[:title])
