"""Where the text stands: the box of a page that holds the article, found without knowing the site."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract import bylines
from crawler.extract.blocks import APART, CELLS
from crawler.extract.places import LISTS, make, mass
from crawler.extract.summaries import MOST_LINKED, PROSE
from crawler.extract.texts import begin
from crawler.extract.vocabulary import Says
from crawler.extract.wording import END, HEADLINE, LINKED

if TYPE_CHECKING:
    from collections.abc import Container

    from crawler.extract.blocks import Block, Blocks

SHORTEST: Final = 40
"""Characters of a block that may be prose."""

TOLD: Final = 0.25
"""The share of a page's longer lines that are in JSON-LD's text where it gives all of the article."""

UNTOLD: Final = 0.3
"""What the others weigh there."""

LINE: Final = 80
"""Characters of a paragraph beyond doubt: what is shorter must end as a sentence does."""

PART: Final = frozenset({"blockquote", "li", "p", "figure", "table", "dd"})
"""Elements that are a part of an article, however much of its text they hold."""

LABEL: Final = 60
"""Characters of a line that heads links and tells nothing."""

FEWEST: Final = 2
"""Links to others that a box of them has at least."""

CARDED: Final = 0.001
"""What a summary in one of several cards of other articles weighs: all of them less than one line of text."""

ALIKE: Final = 3
"""Cards made alike that are several."""

SHARE: Final = 0.6
"""A box that holds this share of its parent's good text is looked into."""

NEAR: Final = 4
"""Blocks from a headline to its byline."""

OWN: Final = 0.2
"""An ``<article>`` that holds this share of the prose is not a mere head."""

MOST: Final = 0.4
"""Articles that hold this share of the prose around them are parts of it."""


def weigh(blocks: Blocks, title: int, witness: str) -> None:
    """Set the weight of every block: how much of it is prose of the article.

    :param title: index of the headline's block, -1 if there is none
    :param witness: JSON-LD's articleBody, squashed; some papers give no more than the lead there
    """
    masses = blocks.masses = [0.0] * len(blocks.elements)
    carded = _carded(blocks, title)
    long = [index for index, block in enumerate(blocks.items) if block.size >= SHORTEST]
    known = {index for index in long if witness and begin(blocks.items[index].text[:120], 60) in witness}
    sizes = [sum(blocks.items[index].size for index in some) for some in (known, long)]
    unknown = UNTOLD if known and sizes[0] >= TOLD * sizes[1] else 1.0
    begun = False
    for index in long:
        block = blocks.items[index]
        above = index <= title or (not begun and block.says & Says.LEAD > 0)
        block.weight = _weight(block, above=above) * (3.0 if index in known else unknown)
        begun = begun or (not above and block.weight > PROSE)
        masses[block.box] += mass(block) * (CARDED if block.box in carded else 1.0)
    blocks.summed(masses)


def _carded(blocks: Blocks, title: int) -> set[int]:
    """The boxes in which a headline leads to another article and its summary follows: several, made alike."""
    heads, prose = ([0] * len(blocks.parents) for _ in range(2))
    for block in blocks.items:
        if block.linked >= MOST_LINKED and block.size >= HEADLINE:
            heads[block.box] += 1
        elif block.size >= SHORTEST and block.linked <= LINKED:
            prose[block.box] += 1
    if sum(heads) < ALIKE:
        return set()
    blocks.summed(heads)
    blocks.summed(prose)
    own = blocks.around(blocks.items[title].box) if title >= 0 else {0}
    made: dict[tuple[int, object], list[int]] = {}
    for box, parent in enumerate(blocks.parents):
        if heads[box] == 1 and 0 < prose[box] <= FEWEST and box not in own:
            made.setdefault((parent, blocks.elements[box].tag), []).append(box)
    return {
        one for cards in made.values() if len(cards) >= ALIKE for box in cards for one in blocks.inside(box)
    }


def _weight(block: Block, *, above: bool) -> float:
    """How much prose a block is, by itself."""
    linked = block.linked
    if block.says & APART or linked > 0.5 or block.tag == "h1":
        return 0.0
    if block.is_heading and (block.size < LINE or block.text[-1] not in ".!…"):
        return 0.0  # a sentence over a picture is text: lists of pictures set all of theirs so
    if block.size < LINE and not END.search(block.text):
        return 0.0
    weight = float(min(block.size, 1500)) * (1 - linked)
    if block.says & Says.BODY:
        weight *= 1.6
    if above:
        weight *= 0.4  # what stands above the text may have more letters than a brief
    if block.sells or block.relates:
        weight *= 0.1
    return weight


def main_box(blocks: Blocks) -> int:
    """The box that holds the article: from the page downwards while one box holds most of the good text."""
    parents, masses, current = blocks.parents, blocks.masses, 0
    for index in range(1, len(parents)):  # a box comes after its parent, and only one can hold most of it
        if (
            parents[index] == current
            and masses[index] >= SHARE * masses[current] > 0
            and not _is_part(blocks, index)
        ):
            current = index
    return current


def _is_part(blocks: Blocks, box: int) -> bool:
    """Whether a box is a paragraph or another part of a text, not its container."""
    tag, masses = blocks.elements[box].tag, blocks.masses
    if tag == "table":  # which frames the page, as before style sheets, where one cell holds most of its text
        cells = (one for one in blocks.inside(box) if blocks.elements[one].tag in CELLS)
        return not any(masses[cell] >= SHARE * masses[box] for cell in cells)
    if tag in PART:
        return True
    if tag in LISTS and masses[blocks.parents[box]] - masses[box] > PROSE:
        return True  # among paragraphs
    inside = blocks.inside(box)
    alone = len(list(islice((block for block in blocks.items if block.box in inside), 2))) == 1
    return alone and (len(inside) == 1 or _has_twin(blocks, box))


def _has_twin(blocks: Blocks, box: int) -> bool:
    """Whether a box made as this one stands beside it with its share of the prose: paragraphs, wrapped."""
    around, element, masses = blocks.parents[box], blocks.elements[box], blocks.masses
    made = (element.tag, element.get("class"))
    return any(
        other != box
        and blocks.parents[other] == around
        and masses[other] >= OWN * masses[around]
        and (blocks.elements[other].tag, blocks.elements[other].get("class")) == made
        for other in blocks.inside(around)
    )


def others(blocks: Blocks, title: int) -> set[int]:
    """The boxes of other articles: those that follow the page's own, and those set into it under a link.

    The page's own is the ``<article>`` around the headline; one without prose is a head and proves nothing.
    """
    masses = blocks.masses
    marked = [index for index, element in enumerate(blocks.elements) if element.tag == "article"]
    if title < 0 or not marked:
        return set()
    home = blocks.around(blocks.items[title].box)
    own = max(home.intersection(marked), default=0)
    within, has_prose = blocks.inside(own), masses[own] >= OWN * masses[0]
    found = {index for index in marked if index > own and index not in within and has_prose}
    inner = [index for index in marked if index in within and index not in home]
    first = _first(blocks, inner) if inner else {}
    inner = [index for index in inner if index in first and first[index].heads_link]
    if sum(masses[index] for index in inner) < MOST * masses[own]:  # else they are entries of a live page
        found.update(inner)
    return {box for index in found if blocks.parents[index] not in found for box in blocks.inside(index)}


def heads_only(blocks: Blocks, index: int, left_out: Container[int]) -> bool:
    """Whether a block is the heading of a box of which nothing else is left."""
    box = blocks.begun_by(index) if blocks.items[index].is_heading else 0
    inside = blocks.inside(box) if box else range(0)
    under = takewhile(lambda i: blocks.items[i].box in inside, range(index + 1, len(blocks.items)))
    return box > 0 and all(i in left_out for i in under)


def among_links(blocks: Blocks, kept: list[int], linked: list[int]) -> set[int]:
    """The short lines in boxes of which nothing else is left, but links to others were: what headed them.

    :param linked: the blocks that were left out as such links
    """
    items, parents = blocks.items, blocks.parents
    short = {i for i in kept if items[i].size < LABEL and not END.search(items[i].text)}
    if not linked or not short:
        return set()
    plain = {i for i in short if not items[i].is_heading}
    lines, bare, links, others = ([0] * len(parents) for _ in range(4))
    for values, indices in ((lines, short), (bare, plain), (links, linked), (others, set(kept) - short)):
        for index in indices:
            values[items[index].box] += 1
        blocks.summed(values)
    found = set()
    for index in short:
        box = items[index].box
        while box and not others[parents[box]]:
            box = parents[box]
        if not others[box] and (FEWEST if bare[box] else 1) <= links[box] >= lines[box] // 2:
            found.add(index)
    return found


def _first(blocks: Blocks, marked: list[int]) -> dict[int, Block]:
    """The first block in each of some boxes that has any."""
    parents, wanted = blocks.parents, set(marked)
    nearest: list[int] = []  # of each box, the marked one around it; a box comes after its parent
    for index, parent in enumerate(parents):
        nearest.append(index if index in wanted or index == 0 else nearest[parent])
    found: dict[int, Block] = {}
    for block in blocks.items:
        around = nearest[block.box]
        while around and around not in found:
            found[around] = block
            around = nearest[parents[around]]
    return found


def following(blocks: Blocks, title: int) -> int:
    """Where another article begins below this one: at a headline made as its own, by a byline."""
    items = blocks.items
    if title < 0 or not items[title].is_heading or not (made := make(items[title])):
        return len(items)
    tag = items[title].tag
    own = items[title].element
    below = (i for i in range(title + 1, len(items)) if items[i].tag == tag and items[i].element is not own)
    alike = (i for i in below if make(items[i]) == made)
    signed = (i for i in alike if any(signs(one) for one in items[max(title + 1, i - NEAR) : i + NEAR]))
    return next((i for i in signed if not _heads_cards(items, i)), len(items))


def _heads_cards(items: list[Block], index: int) -> bool:
    """Whether a heading is that of a box of other articles above or amid the text, which goes on after it."""
    above = next((one for one in reversed(items[:index]) if one.weight > PROSE), None)
    around = None if above is None else above.element.getparent()
    if around is items[index].element.getparent():
        return False
    prose = (i for i in range(index + 1, len(items)) if items[i].weight > PROSE)
    again = next((i for i in prose if around is None or items[i].element.getparent() is around), 0)
    return sum(one.heads_link for one in items[index:again]) >= FEWEST


def signs(block: Block) -> bool:
    """Whether a block says who wrote and when."""
    return bylines.is_byline(block.text, block.folded)
