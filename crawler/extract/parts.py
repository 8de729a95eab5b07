"""The parts of a text outside the box that holds most of it: the first paragraph, what follows."""

from __future__ import annotations

import re
from itertools import dropwhile, islice, takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract.generic import signs
from crawler.extract.places import is_caption, make
from crawler.extract.summaries import PROSE
from crawler.extract.vocabulary import Says, numberless
from crawler.extract.wording import END

if TYPE_CHECKING:
    from crawler.extract.blocks import Block, Blocks

LINKED: Final = 0.4
"""The share of a paragraph in links, at most, where it stands apart above the others."""

PARTS: Final = 0.8
"""The share of paragraphs in a box with no name that is a part of the text."""

ALONE: Final = 250
"""Characters of the only paragraph in such a box."""

NEAR: Final = 4
"""Blocks from the heading of a conclusion to its first paragraph."""

LOOKS: Final = 200
"""Blocks of such a box that are looked at."""


def beside(blocks: Blocks, box: int, title: int) -> set[int]:
    """The blocks outside the box that belong to the article all the same.

    Prose between the headline and the box (some sites set the first paragraph apart), and blocks after the
    box that are made exactly as those in it (some sites break the text in two).
    """
    items, twins = blocks.items, _Twins(blocks, box)
    boxes = blocks.inside(box)
    inside = [index for index, block in enumerate(items) if block.box in boxes]
    if not inside:
        return set()
    found = {
        index
        for index in range(title + 1, inside[0])
        if title >= 0
        and (items[index].weight > 120 or (items[index].weight > PROSE and index in twins))
        and items[index].linked < LINKED
        and not items[index].says & Says.LEAD
        and not is_caption(items[index])
    }
    if found:
        tops = (i for i in range(title + 1, inside[0]) if items[i].is_heading and items[i].linked < 0.5)
        found.update([i for i in tops if i + 1 in found or i + 1 == inside[0]])
        found |= _among(items, found, inside[0])
    return found | _below(blocks, box, inside, twins)


def _below(blocks: Blocks, box: int, inside: list[int], twins: _Twins) -> set[int]:
    """The parts of the text after the box: up to the first line of another article.

    :param inside: the blocks in the box
    """
    items, last = blocks.items, inside[-1]
    found: set[int] = set()
    after = [index for index in range(last + 1, len(items)) if items[index].weight > PROSE]
    prose = [items[index] for index in inside if items[index].weight > PROSE] if after else []
    made, tags = {make(one) for one in prose} - {None}, {one.tag for one in prose}
    for index in after:
        if index <= last:
            continue
        concluding = _conclusion(items, index)
        if concluding or make(items[index]) in made or (items[index].tag in tags and index in twins):
            part = concluding or _part(blocks, index, box)
            if items[part[0]].linked > 0.5 and not items[part[0]].relates:
                break  # the teaser of another article
            if _ends(items[last + 1 : index + 1], items[last + 1 : part[0]]):
                break
            above = items[part[0] - 1]
            headed = above.is_heading and above.linked < 0.5
            found.update(range(max(last + 1, part[0] - headed), part[-1] + 1))
            last = part[-1]
    return found


def _conclusion(items: list[Block], index: int) -> list[int]:
    """The blocks from a heading such as « Verdict » to the end of the box of a paragraph near below it."""
    near = range(index - 1, max(index - NEAR, 0), -1)
    heading = next((i for i in near if items[i].is_heading), index)
    if heading == index or not _CONCLUDES.fullmatch(items[heading].folded):
        return []
    own = takewhile(lambda i: items[i].box == items[index].box, range(index, len(items)))
    return [*range(heading, index), *own]


def _among(items: list[Block], prose: set[int], end: int) -> set[int]:
    """The short sentences that stand among prose, or after it up to a block, in the same box."""
    made = {(items[i].tag, items[i].element.getparent()) for i in prose}
    return {
        i
        for i in range(min(prose) + 1, end)
        if items[i].linked < 0.2
        and END.search(items[i].text)
        and not items[i].says & (Says.LEAD | Says.CAPTION)
        and (items[i].tag, items[i].element.getparent()) in made
    }


_CONCLUDES = re.compile(
    r"(?:(?:en (?:conclusion|résumé)|pour (?:conclure|résumer)|notre avis)"
    r"|(?:la |notre |le )?(?:bilan|conclusion|verdict))\W*"
)


class _Twins:
    """The blocks that stand beside the main box, or one that holds no other text, in one named alike."""

    def __init__(self, blocks: Blocks, main: int) -> None:
        while main and blocks.masses[blocks.parents[main]] == blocks.masses[main]:
            main = blocks.parents[main]
        self.blocks, self.main, self.around = blocks, main, blocks.parents[main]
        self.known: dict[int, bool] = {}  # of the boxes beside the main one

    def __contains__(self, index: int) -> bool:
        box, parents = self.blocks.items[index].box, self.blocks.parents
        while parents[box] > self.around:
            box = parents[box]
        if box not in self.known:
            self.known[box] = parents[box] == self.around and self._is_alike(box, index)
        return self.known[box]

    def _is_alike(self, box: int, index: int) -> bool:
        """Whether a box is named as the main one; if none is, it must hold text, where its tag is no name.

        :param index: a block in it
        """
        one, other = self.blocks.elements[self.main], self.blocks.elements[box]
        names = [numberless(element.get("class") or "").split()[:1] for element in (one, other)]
        if any(names) or one.tag != other.tag:
            return names[0] == names[1] != []
        return "-" in one.tag or self._is_text(box, index)

    def _is_text(self, box: int, index: int) -> bool:
        """Whether what a box holds is nearly all paragraphs, none of which sells or stands under a link.

        One alone is a comment, or tells of the paper, unless it is long and follows the main box at once.
        """
        items, inside = self.blocks.items, self.blocks.inside(box)
        while index and items[index - 1].box in inside:
            index -= 1
        held = list(takewhile(lambda one: one.box in inside, islice(items, index, index + LOOKS)))
        prose = [one.size for one in held if one.weight > PROSE]
        if sum(prose) < PARTS * sum(one.size for one in held):
            return False
        if any(one.sells or one.heads_link for one in held):
            return False
        if len(held) == 1:
            return held[0].size >= ALONE and items[index - 1].box in self.blocks.inside(self.main)
        return len(prose) > 1 and (held[0].is_heading or held[0].weight > PROSE)


def _ends(between: list[Block], outside: list[Block]) -> bool:
    """Whether other articles begin between two parts of a text, rather than one link stands there.

    :param outside: the blocks that are in neither part
    """
    if any(one.tag == "h1" for one in between):
        return True
    under = dropwhile(lambda one: not one.heads_link, between)
    if any(map(signs, under)):
        return True
    return any(one.relates for one in between) and sum(one.linked > 0.5 for one in outside) != 1


def _part(blocks: Blocks, index: int, main: int) -> list[int]:
    """The blocks around one, in the box that holds it unless that holds the main one too."""
    items = blocks.items
    boxes = blocks.inside(blocks.parents[items[index].box])
    if main in boxes:
        return [index]
    before = takewhile(lambda i: items[i].box in boxes, range(index, -1, -1))
    after = takewhile(lambda i: items[i].box in boxes, range(index, len(items)))
    return [*reversed(list(before)), *after]
