"""Entries of a thread that are made alike below its heading: names and texts, whatever else they lack."""

from __future__ import annotations

import re
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract import readers
from crawler.extract.entries import FEWEST, GAP, NAME, SOON, is_dated, place
from crawler.extract.phrases import DAY, HOUR, any_of
from crawler.extract.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block

LINK: Final = 20
"""Characters of a link that is no button."""

LEVELS: Final = 4
"""Elements around the first block below a heading among which the entry is looked for."""

LINE: Final = 100
"""Characters of a line that says who and when."""

DEEPEST: Final = 30
"""Elements around a block that are looked at: comments that answer each other stand deep."""

_FIGURE = re.compile(r"\d")

OPENING: Final = any_of(
    rf"[^.!?]{{1,50}}?(?<!\d){DAY}[ ,|à•·@-]{{1,4}}{HOUR}",
    rf"[^.!?]{{1,50}}?(?:hier|aujourd'hui),?(?: à)? {HOUR}",
    r"[^.!?]{1,50}?il y a (?:\d+|un|une) (?:an|mois|semaine|jour|heure|h|minute|min)",
)
"""How an entry begins that is one block: who and when, and at once what is said."""

LOW: Final = frozenset({"h4", "h5", "h6"})
"""Headings that a name may stand in: those above head parts of an article."""


def below(blocks: Sequence[Block], head: int) -> list[int]:
    """The first blocks of the entries below the heading of a thread: at least two made alike, or none."""
    text = blocks[head].folded
    least = 1 if blocks[head].is_heading and readers.SINGLE.match(text) else 2
    found = _alike(blocks, head, _opens)
    if len(found) < least and readers.SURE.match(text):
        found = _named(blocks, head, least) or _turns(blocks, head) or _alike(blocks, head, _quotes)
    if len(found) < least or any(one.heads_link for one in blocks[head : found[-1]]):
        return []
    return found


def _alike(blocks: Sequence[Block], head: int, test: Callable[[Block], bool]) -> list[int]:
    """The blocks that pass and stand as the first of them, soon below the heading, none far from the last."""
    near = range(head + 1, min(len(blocks), head + 1 + SOON))
    first = next((index for index in near if test(blocks[index])), None)
    if first is None:
        return []
    kin, found = place(blocks[first]), [first]
    for index in range(first + 1, min(len(blocks), first + 10 * GAP)):
        if index - found[-1] > GAP:
            break
        if blocks[index].linked <= 0.5 and test(blocks[index]) and place(blocks[index]) == kin:
            found.append(index)
    return [i for i in found if all(one.linked < 0.3 for one in blocks[i + 1 : i + 2])]


def _opens(block: Block) -> bool:
    """Whether a block begins with an element that names who, and says when."""
    element = block.element
    begins = len(element) > 0 and not (element.text or "").strip()
    return begins and bool(_FIGURE.search(block.text[:LINE]) and OPENING.match(block.folded))


def _quotes(block: Block) -> bool:
    """Whether a line begins with an element that names who, and goes on with what it says."""
    return block.strong > 0 and readers.QUOTED.match(block.folded) is not None


def _turns(blocks: Sequence[Block], head: int) -> list[int]:
    """The entries that are two lines of one box in turn, who and what is said: at least two of them."""
    for first in range(head + 1, min(len(blocks), head + SOON)):
        if found := _spoken(blocks, first):
            return found
        lines = blocks[first : first + 10 * GAP]
        for who in (0, 1):
            count = 0
            while _is_turn(lines[2 * count : 2 * count + 2], who, lines[0]):
                count += 1
            if count > 1:
                return [first + 2 * turn for turn in range(count)]
    return []


def _spoken(blocks: Sequence[Block], first: int) -> list[int]:
    """The lines of one box that are a name and a colon: what stands below each is what it says."""
    holder = blocks[first].element.getparent()
    found: list[int] = []
    for index in range(first, min(len(blocks), first + 10 * GAP)):
        block = blocks[index]
        is_name = block.strong and block.size <= NAME and block.text.endswith(":")
        if block.is_heading or block.element.getparent() is not holder or not (found or is_name):
            break
        if is_name:
            found.append(index)
    return found if len(found) > 1 and all(below - above > 1 for above, below in pairwise(found)) else []


def _is_turn(pair: Sequence[Block], who: int, first: Block) -> bool:
    """Whether two lines are a reader's name and what is said, in the box in which the first line stands."""
    if len(pair) < 2 or any(one.element.getparent() is not first.element.getparent() for one in pair):
        return False
    name, said = pair[who], pair[1 - who]
    is_name = name.size <= NAME and not name.is_heading and not name.links
    return is_name and said.size > max(name.size, FEWEST) and said.linked < 0.3


def _named(blocks: Sequence[Block], head: int, least: int) -> list[int]:
    """The entries among which the first block below a heading stands: each begins with a name."""
    for first in range(head + 1, min(len(blocks), head + SOON)):
        for element in islice((blocks[first].element, *blocks[first].element.iterancestors()), LEVELS):
            entries = takewhile(lambda one: _is_entry(blocks, one), _entries(blocks, first, element))
            found = list(entries)
            if len(found) > 1 or (len(found) == least and len(found[0]) <= SOON):
                return [entry[0] for entry in found]
    return []


def _entries(blocks: Sequence[Block], start: int, element: HtmlElement) -> Iterator[list[int]]:
    """The blocks from one on that stand in an element and in the next ones that are called as it is."""
    holder, kind = element.getparent(), (element.tag, element.get("class"))
    found: list[int] = []
    latest = None
    for index in range(start, min(len(blocks), start + 10 * GAP)) if holder is not None else ():
        around = (blocks[index].element, *islice(blocks[index].element.iterancestors(), DEEPEST))
        entry = next((one for one in around if one.getparent() is holder), None)
        if entry is None:
            break
        if entry is not latest and (entry.tag, entry.get("class")) == kind:
            if found:
                yield found
            found, latest = [index], entry
        elif len(found) > GAP:
            return
        elif found:  # also a text beside its name, as in lists of terms
            found.append(index)
    if found:
        yield found


def _is_entry(blocks: Sequence[Block], indices: list[int]) -> bool:
    """Whether blocks are a name and what it says, in as many blocks or in one."""
    first, *others = entry = [blocks[i] for i in indices]
    if (first.is_heading and first.tag not in LOW) or any(
        one.linked > 0.5 and one.size > LINK for one in others
    ):
        return False
    if others:
        if first.is_heading:  # « lol » below « 1. ada »
            return first.size <= NAME or is_dated(first.folded)
        said, name = max(one.size for one in entry), min(first.size, others[-1].size)
        return name <= NAME and said > NAME / 2 and said > name
    element = first.element
    if (element.text or "").strip() or not len(element):
        return False
    name = len(text_of(element[0]))
    return 0 < name <= NAME and name + FEWEST < first.size and not first.links
