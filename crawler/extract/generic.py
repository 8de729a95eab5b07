"""Where the text stands: the box of a page that holds the article, found without knowing the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.extract import phrases
from crawler.extract.blocks import APART, HEADINGS
from crawler.extract.markup import Says
from crawler.extract.prune import squash

if TYPE_CHECKING:
    from crawler.extract.blocks import Block, Blocks

SENTENCE: Final = re.compile(r"[.!?…»\"”)\]:;]\W*$")
PART: Final = frozenset({"blockquote", "li", "p", "figure", "table", "dd"})
"""Elements that are a part of an article, however much of its text they hold."""

SHARE: Final = 0.6
"""A box that holds this share of its parent's good text is looked into."""


OWN: Final = 0.2
"""An ``<article>`` that holds this share of the prose is not a mere head."""

MOST: Final = 0.4
"""Articles that hold this share of the prose around them are parts of it."""


def weigh(blocks: Blocks, title: int, witness: str) -> None:
    """Set the weight of every block: how much of it is prose of the article.

    :param title: index of the headline's block, -1 if there is none
    :param witness: JSON-LD's articleBody, squashed
    """
    for index, block in enumerate(blocks.items):
        block.weight = _weight(block, after=index > title, witness=witness)
        box = block.box
        blocks.boxes[box].mass += block.weight
    boxes = blocks.boxes
    for index in range(len(boxes) - 1, 0, -1):
        boxes[boxes[index].parent].mass += boxes[index].mass


def _weight(block: Block, *, after: bool, witness: str) -> float:
    """How much prose a block is."""
    if block.size < 40 or block.says & APART or block.tag in HEADINGS or block.linked > 0.5:
        return 0.0
    if block.size < 80 and not SENTENCE.search(block.text):
        return 0.0
    weight = float(min(block.size, 1500)) * (1 - block.linked)
    if witness:
        weight *= 3.0 if squash(block.text[:120])[:60] in witness else 0.3
    if block.says & Says.BODY:
        weight *= 1.6
    if not after:
        weight *= 0.4
    if phrases.PROMOTION.match(block.folded) or phrases.RELATED.match(block.folded):
        weight *= 0.1
    return weight


def main_box(blocks: Blocks) -> int:
    """The box that holds the article: from the page downwards while one box holds most of the good text."""
    boxes = blocks.boxes
    children: dict[int, list[int]] = {}
    for index in range(1, len(boxes)):
        if boxes[index].mass > 0:
            children.setdefault(boxes[index].parent, []).append(index)
    leaves = _leaves(blocks)
    current = 0
    while below := [index for index in children.get(current, ()) if index not in leaves]:
        best = max(below, key=lambda index: boxes[index].mass)
        if boxes[best].mass < SHARE * boxes[current].mass:
            break
        current = best
    return current


def _leaves(blocks: Blocks) -> set[int]:
    """The boxes that are paragraphs or other parts of a text, not its container."""
    number: dict[int, int] = {}
    for block in blocks.items:
        number[block.box] = number.get(block.box, 0) + 1
    parents = {box.parent for box in blocks.boxes}
    leaves = {box for box, count in number.items() if count == 1 and box not in parents}
    return leaves | {index for index, box in enumerate(blocks.boxes) if box.element.tag in PART}


def others(blocks: Blocks, title: int) -> set[int]:
    """The boxes of other articles: those that follow the page's own, and those set into it under a link.

    The page's own is the ``<article>`` around the headline; one without prose is a head and proves nothing.
    """
    boxes = blocks.boxes
    marked = [index for index, box in enumerate(boxes) if box.element.tag == "article"]
    if title < 0 or not marked:
        return set()
    home = blocks.around(blocks.items[title].box)
    own = max(home.intersection(marked), default=0)
    within, has_prose = blocks.inside(own), boxes[own].mass >= OWN * boxes[0].mass
    first = _first(blocks, marked)
    found = {index for index in marked if index > own and index not in within and has_prose}
    inner = [
        index
        for index in marked
        if index in within and index not in home and index in first and first[index].heads_link
    ]
    if (
        sum(boxes[index].mass for index in inner) < MOST * boxes[own].mass
    ):  # else they are entries of a live page
        found.update(inner)
    return {box for index in found if boxes[index].parent not in found for box in blocks.inside(index)}


def _first(blocks: Blocks, marked: list[int]) -> dict[int, Block]:
    """The first block in each of some boxes that has any."""
    boxes, wanted = blocks.boxes, set(marked)
    nearest: list[int] = []  # of each box, the marked one around it; a box comes after its parent
    for index, box in enumerate(boxes):
        nearest.append(index if index in wanted or index == 0 else nearest[box.parent])
    found: dict[int, Block] = {}
    for block in blocks.items:
        around = nearest[block.box]
        while around and around not in found:
            found[around] = block
            around = nearest[boxes[around].parent]
    return found


def beside(blocks: Blocks, box: int, title: int) -> set[int]:
    """The blocks outside the box that belong to the article all the same.

    Prose between the headline and the box (some sites set the first paragraph apart), and blocks after the
    box that are made exactly as those in it (some sites break the text in two).
    """
    items = blocks.items
    boxes = blocks.inside(box)
    inside = [index for index, block in enumerate(items) if block.box in boxes]
    if not inside:
        return set()
    found = {
        index
        for index in range(title + 1, inside[0])
        if title >= 0
        and items[index].weight > 120
        and items[index].linked < 0.2
        and not items[index].says & Says.LEAD
    }
    made = {_make(items[index]) for index in inside if items[index].weight > 80} - {None}
    for index in range(inside[-1] + 1, len(items)):
        if items[index].tag == "h1" or phrases.RELATED.match(items[index].folded):
            break
        if items[index].weight > 80 and _make(items[index]) in made:
            found.add(index)
    return found


def _make(block: Block) -> tuple[str, ...] | None:
    """How a block is made: its names and those around it; None when nothing is named."""
    parent = block.element.getparent()
    if parent is None or not (block.element.get("class") or parent.get("class")):
        return None
    return (block.element.tag, block.element.get("class", ""), parent.tag, parent.get("class", ""))
