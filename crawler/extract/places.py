"""Where the prose of an article stands, and what stands beside it."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from crawler.extract import summaries
from crawler.extract.summaries import PROSE
from crawler.extract.texts import size
from crawler.extract.vocabulary import Says, numberless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extract.blocks import Block

SHARE: Final = 0.3
"""A place that holds this share of the prose is one where the article stands."""

MOST: Final = 0.6
"""If some parents hold this share of the prose, what is made alike but has no name is not believed."""

NEAR: Final = 2
"""Blocks from the first or last paragraph to what may still belong to them."""

FAR: Final = 4
"""The same where the block is made as they are: the link to another text may stand between."""

LISTS: Final = frozenset({"dl", "ol", "ul"})  # among paragraphs, one may be most of the text

ASKED: Final = frozenset({"dt", "summary"})  # tags of a question or term whose answer follows

FEW: Final = 2  # elements of a picture's box

LEADS: Final = 0.4
"""What of a lead's weight its place has: it may be longer than the text of a brief."""

DEEPEST: Final = 12
"""Boxes around a block that may hold it alone: page builders set five."""


class Places:
    """The places in which the blocks of a page stand."""

    def __init__(self, items: list[Block]) -> None:
        self.items = items
        self.places: dict[tuple[object, ...], set[tuple[object, ...]]] = {}

    def settled(self, kept: list[int]) -> list[int]:
        """The blocks that stand where the article's prose stands.

        Before the first paragraph and after the last one only what is in the same element as the prose
        stays; between them, what is no teaser of another text.
        """
        main = self._main(kept)
        inside = self._inside(kept, main)
        if not inside:
            return kept
        first, last, known = inside[0], inside[-1], set(inside)
        known |= self._before(first, kept)
        made = {kind_of(self.items[i]) for i in inside} if kept[-1] > last else set()
        found = []
        for i in kept:
            # a heading that nothing follows goes later
            if i > last and (i - last <= self._reach(i, made) or self._is_listed(i, last)):
                last = i
            if i in known or i == last or (first < i < last and not self._is_teaser(i)):
                found.append(i)
        return summaries.left_out(self.items, found)

    def _reach(self, index: int, made: set[tuple[object, ...]]) -> int:
        """How far from the last paragraph a block may stand: further if it is made as the paragraphs."""
        if self._is_prose(index):
            return FAR if kind_of(self.items[index]) in made else NEAR
        return NEAR if self.items[index].is_heading else 0

    def _is_listed(self, index: int, last: int) -> bool:
        """Whether a block is of the list that the last one announces by its colon, or is of itself."""
        block, before = self.items[index], self.items[last]
        if index - last > 1 or block.tag != "li":
            return False
        return before.text.endswith(":") or block.element.getparent() is before.element.getparent()

    def _before(self, first: int, kept: list[int]) -> set[int]:
        """The prose that comes before the first paragraph, and the headings over it and over that one."""
        found, nearest = set(), first
        asked = {kind_of(self.items[i]) for i in kept if i > first and self.items[i].text.endswith("?")}
        for i in reversed([i for i in kept if i < first]):
            if self._is_prose(i):
                found.add(i)
                nearest = i
            elif nearest - i <= NEAR and self._heads(self.items[i], asked):
                found.add(i)
        return found

    def _heads(self, block: Block, asked: set[tuple[object, ...]]) -> bool:
        """Whether a block is a heading or asks what the text answers, as others of its kind do."""
        return (
            block.is_heading or block.tag in ASKED or (block.text.endswith("?") and kind_of(block) in asked)
        )

    def _is_prose(self, index: int) -> bool:
        """Whether a block is a paragraph for its words, wherever it stands."""
        return self.items[index].weight > 1.5 * PROSE and not self._is_teaser(index)

    def _main(self, kept: Iterable[int]) -> set[tuple[object, ...]]:
        """The places that hold the prose."""
        weights: dict[tuple[object, ...], float] = {}
        held: Counter[tuple[object, ...]] = Counter()
        total = 0.0
        for index in kept:
            block = self.items[index]
            weight = mass(block)
            total += weight
            for place in self.of(block) if weight else ():
                weights[place] = weights.get(place, 0.0) + weight
                held[place] += 1
        main = {place for place, weight in weights.items() if weight >= SHARE * total}
        parents = {place for place in main if len(place) == 2}
        are_wrappers = len(parents) > 1 and all(held[place] == 1 for place in parents)
        if are_wrappers or sum(weights[place] for place in parents) < MOST * total:
            return main  # each paragraph in a wrapper of its own: the kind of wrapper tells
        parts = [parent for parent in parents if held[parent] > 1]
        kinds = Counter(place for parent in parts for place in self.places[parent])
        return {place for place in main if len(place) == 2 or place[2] or kinds[place] > 1}

    def _inside(self, kept: Iterable[int], main: set[tuple[object, ...]]) -> list[int]:
        """The blocks that stand in a main place, or in an element inside one."""
        home = {place[1] for place in main if len(place) == 2}
        holders = {self.items[i].element.getparent() for i in kept if self.items[i].weight > PROSE}
        around_lists = {
            one.getparent() for one in holders if one is not None and one.tag in LISTS and one in home
        }
        known: dict[tuple[str, object], bool] = {}
        found = []
        for index in kept:
            block = self.items[index]
            at = (block.tag, block.element.getparent())
            if at not in known:
                around = block.element.iterancestors()
                stands = at[1] in holders and at[1] in around_lists  # as paragraphs do, around a list
                known[at] = stands or not (main.isdisjoint(self.of(block)) and home.isdisjoint(around))
            if known[at] or block.element in home:
                found.append(index)
                if block.weight > PROSE and at[1] is not None:
                    home.add(at[1])  # a list in this part of the text is of it too
        return found

    def of(self, block: Block) -> set[tuple[object, ...]]:
        """Where a block stands: its parent, or its kind of wrapper and the element around that.

        Boxes that hold nothing but one box are one wrapper: Drupal's paragraphs stand three boxes deep.
        """
        parent = block.element.getparent()
        at = (block.tag, parent)
        if at not in self.places:  # a text of a thousand paragraphs stands in a few places
            self.places[at] = {at}
            wrapper, names = "", ""
            for parent in islice(block.element.iterancestors(), DEEPEST):
                wrapper, names = f"{wrapper}{parent.tag} ", names + numberless(parent.get("class", ""))
                around = parent.getparent()
                if around is None or next(islice(around, 1, None), None) is not None:
                    self.places[at].add((block.tag, wrapper, names, around))
                    break
        return self.places[at]

    def _is_teaser(self, index: int) -> bool:
        """Whether a block belongs to the link just before it: the summary of another text."""
        before = self.items[index - 1]
        return before.heads_link and not self.items[index].is_heading


def mass(block: Block) -> float:
    """What a block adds to the weight of where it stands: a lead or heading less than the text."""
    return block.weight * (LEADS if block.is_heading or block.says & Says.LEAD else 1)


def kind_of(block: Block) -> tuple[object, ...]:
    """How a block is made, or where it stands when nothing is named."""
    return make(block) or (block.tag, block.element.getparent())


def make(block: Block) -> tuple[str, ...] | None:
    """How a block is made: its names and those around it; None when nothing is named."""
    parent = block.element.getparent()
    if parent is None or not (block.element.get("class") or parent.get("class")):
        return None
    mine, around = (numberless(one.get("class", "")) for one in (block.element, parent))
    return (block.element.tag, mine, parent.tag, around)


def is_caption(block: Block) -> bool:
    """Whether a block is all the text beside a picture, in the box around both."""
    element = block.element
    if element.tag == "p":
        holder = element.getparent()
        if holder is None or next(islice(holder, FEW, None), None) is not None:  # ``len`` counts them all
            return False
        element = holder
    if block.says & Says.LEAD or next(element.iter("img"), None) is None:
        return False
    return size(element) <= block.size + 1
