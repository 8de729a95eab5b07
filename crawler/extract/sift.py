"""Which blocks of an article's box are its text: each block that is left out is left out for a reason."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from crawler.extract import bylines, datelines
from crawler.extract.markup import Says
from crawler.extract.prune import begin, size, squash
from crawler.extract.vocabulary import numberless
from crawler.extract.wording import HEADLINE, LABEL, LINKED, LONG, TESTS, VOTES, is_of_poll

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block
    from crawler.extract.metadata import Metadata

PROSE: Final = 80.0
"""A block of this weight is a paragraph of an article beyond doubt."""

SENTENCE: Final = 40.0  # the same of a sentence right below links, made as the paragraphs before it

SHARE: Final = 0.3
"""A place that holds this share of the prose is one where the article stands."""

MOST: Final = 0.6
"""If some parents hold this share of the prose, what is made alike but has no name is not believed."""

LINE: Final = 300
"""Characters of an element that says who and when, and nothing else."""

LINK: Final = 0.8  # a link to another text is this share of its line

NEAR: Final = 2
"""Blocks from the first or last paragraph to what may still belong to them."""

FAR: Final = 4
"""The same where the block is made as they are: the link to another text may stand between."""

AFTER: Final = 3  # blocks after the link to another text among which the article goes on

FEW: Final = 2  # paragraphs that may stand anywhere on a page, and elements of a picture's box

BEFORE: Final = 40
"""Blocks of the text before the link that it is held against: a page may have thousands of both."""

AHEAD: Final = 200
"""Blocks after the link that are looked at for more of the article: a page may have thousands of both."""

SETS: Final = frozenset({"ul", "ol", "li", "blockquote"})  # a part of a text in place of a paragraph

ASKED: Final = frozenset({"dt", "summary"})  # tags of a question or term whose answer follows

NAMES: Final = (
    (Says.CAPTION, "caption"),
    (Says.HIDDEN, "hidden"),
    (Says.EMBED, "embed"),
    (Says.TAGS, "tags"),
    (Says.QUOTE, "pull quote"),
    (Says.ASIDE, "aside"),
)
NAMED: Final = sum(kind for kind, _ in NAMES)

_MORE = re.compile(r"(?:pour )?(?:en savoir|aller) plus")


class Sieve:
    """What is known of a page that tells its text from what stands between."""

    def __init__(self, items: list[Block], metadata: Metadata) -> None:
        self.items = items
        self.bylines = set(metadata.byline_elements)
        signed = (f"{name} {metadata.outlet}" for name in metadata.authors)  # « Ada Roux - Le Fleuve »
        told = (metadata.title, *metadata.authors, *signed, metadata.outlet)
        self.names = {squash(name) for name in told if name}
        self.authors = metadata.authors
        self.begin = {begin(name) for name in self.names}
        self.initials = {begin(name, 1) for name in self.names}
        self.places: dict[tuple[str, object], set[tuple[object, ...]]] = {}
        self.days = datelines.days_of(items)

    def unwanted(self, index: int) -> str:
        """Why a block is not of the body, seen by itself; "" when it may be."""
        block = self.items[index]
        for kind, why in NAMES if block.says & NAMED else ():
            if block.says & kind:
                return why
        if index in self.days or (block.size <= LABEL and self._heads_prose(index)):
            return ""
        if (block.text[0] in VOTES or block.text[-1] == "?") and is_of_poll(self.items, index):
            return "poll"
        return self._said(block)

    def _said(self, block: Block) -> str:
        """Why a block is not of the body for its words."""
        if (
            block.element in self.bylines
            and size(block.element) < LINE
            and not bylines.is_sentence(self._unnamed(block.text))
        ):
            return "byline"
        initial = block.text[:1].lower()
        if initial in self.initials or not initial.isalnum():  # no other block can be one of the two
            beginning = block.text[:300]
            if not (first := begin(beginning)):
                return "no letters"
            if first in self.begin and squash(beginning) in self.names:
                return "title or author again"
        for test, why in TESTS if block.size < LONG or block.linked > LINKED else ():
            if test(block, block.folded):
                return why
        return ""

    def _unnamed(self, text: str) -> str:
        """A text without the names of the authors."""
        for name in self.authors:
            text = text.replace(name, "")
        return text

    def heads_links(self, index: int) -> bool:
        """Whether a block is the heading of a list of links to other texts."""
        block = self.items[index]
        if block.size > 90 or block.linked > LINKED or not block.relates or self._heads_prose(index):
            return False
        after = self.items[index + 1 : index + 3]
        return not after or any(one.linked > 0.5 or one.size < 60 for one in after)

    def _heads_prose(self, index: int) -> bool:
        """Whether « En savoir plus » heads a paragraph that leads nowhere, not links."""
        block = self.items[index]
        if block.links or not _MORE.match(block.folded):
            return False
        return any(one.weight > PROSE and not one.links for one in self.items[index + 1 : index + 2])

    def resumes(self, index: int, kept: list[int]) -> bool:
        """Whether the article goes on with a block after a list of links to others."""
        block = self.items[index]
        if block.weight <= PROSE or block.linked > 0.3 or block.text.endswith(("...", "…")):
            return False
        following = self.items[index + 1] if index + 1 < len(self.items) else block
        if self.items[index - 1].linked > 0.5 and following.linked > 0.5:
            return False
        mine = self._places(block)
        prose = [self.items[i] for i in kept if self.items[i].weight > PROSE]
        return not prose or any(one.element is block.element or mine & self._places(one) for one in prose)

    def goes_on(self, index: int, kept: list[int]) -> bool:
        """Whether the text goes on with a block that stands where paragraphs do, before one made as they."""
        prose = [self.items[i] for i in kept[-BEFORE:] if self.items[i].weight > PROSE]
        following = self.items[index : index + AFTER]
        made = {_kind(one) for one in prose}
        enough = (SENTENCE, PROSE, PROSE)
        if not any(
            one.weight > least and _kind(one) in made for one, least in zip(following, enough, strict=False)
        ):
            return False
        around = {one.element.getparent() for one in prose}
        first = following[0]
        holder = next((one for one in first.element.iterancestors() if one.tag not in SETS), None)
        return _kind(first) in made or holder in around

    def only_begins(self, index: int, kept: list[int]) -> bool:
        """Whether more of the article is to come than was read: paragraphs made alike, not under links."""
        weights: dict[tuple[object, ...], list[float]] = {}
        for above, one in pairwise(self.items[index - 1 : index + AHEAD]):
            if one.weight > PROSE and above.linked <= LINKED:
                weights.setdefault(_kind(one), []).append(one.weight)
        read = sum(self.items[i].weight for i in kept)
        return any(len(found) > FEW and sum(found) > read for found in weights.values())

    def heading_over(self, index: int) -> list[int]:
        """The heading just above a block, if there is one that is not left out for itself."""
        above = index - 1
        return [above] if self.items[above].is_heading and not self.unwanted(above) else []

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
        made = {_kind(self.items[i]) for i in inside} if kept[-1] > last else set()
        found = []
        for i in kept:
            # a heading that nothing follows goes later
            if i > last and (i - last <= self._reach(i, made) or self._is_listed(i, last)):
                last = i
            if i in known or i == last or (first < i < last and not self._is_teaser(i)):
                found.append(i)
        return self._ended(found)

    def _ended(self, kept: list[int]) -> list[int]:
        """Without the summaries of other texts, each in a box with the link above it.

        They stand at the end, or together amid a text that is more than they are. Who wrote them and when
        may stand below: no name or address says so of every such line.
        """
        told = {
            index
            for index in kept
            if self._is_summary(index)
            or (self._is_summary(index - 1) and datelines.is_date_line(self.items[index].text))
        }
        others = [index for index in kept if index not in told]
        if len(told) < FEW or sum(self.items[i].weight > PROSE for i in others) < FEW:
            return kept
        last = others[-1]
        amid = sorted(index for index in told if index < last)
        parted = any(amid[0] < i < amid[-1] and self.items[i].weight > PROSE for i in others if amid)
        if len(amid) < FEW or parted or 2 * self._weight(amid) > self._weight(others):
            told.difference_update(amid)
        if len(told) < FEW:
            return kept
        heads = {index - 2 for index in told if self._is_label(index - 2)}
        return [index for index in kept if index not in told | heads]

    def _is_label(self, index: int) -> bool:
        """Whether a block may head the summaries of other texts: a short heading, or a short line in bold."""
        block = self.items[index]
        return block.size < LABEL and (block.is_heading or block.strong == block.size)

    def _weight(self, indices: Iterable[int]) -> float:
        """What some blocks weigh."""
        return sum(self.items[index].weight for index in indices)

    def _is_summary(self, index: int) -> bool:
        """Whether a block is all that stands in one box with the link above it, or in one paragraph."""
        if index < 1:
            return False
        link, block = self.items[index - 1], self.items[index]
        if link.linked <= LINK or link.size < HEADLINE or block.linked > LINKED:
            return False
        holder = block.element if link.element is block.element else block.element.getparent()
        if holder is None or not _stands_in(link, holder):
            return False
        return not (index > 1 and _stands_in(self.items[index - 2], holder))

    def _reach(self, index: int, made: set[tuple[object, ...]]) -> int:
        """How far from the last paragraph a block may stand: further if it is made as the paragraphs."""
        if self._is_prose(index):
            return FAR if _kind(self.items[index]) in made else NEAR
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
        asked = {_kind(self.items[i]) for i in kept if i > first and self.items[i].text.endswith("?")}
        for i in reversed([i for i in kept if i < first]):
            if self._is_prose(i):
                found.add(i)
                nearest = i
            elif nearest - i <= NEAR and self._heads(self.items[i], asked):
                found.add(i)
        return found

    def _heads(self, block: Block, asked: set[tuple[object, ...]]) -> bool:
        """Whether a block is a heading or asks what the text answers, as others of its kind do."""
        return block.is_heading or block.tag in ASKED or (block.text.endswith("?") and _kind(block) in asked)

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
            total += block.weight
            for place in self._places(block) if block.weight else ():
                weights[place] = weights.get(place, 0.0) + block.weight
                held[place] += 1
        main = {place for place, weight in weights.items() if weight >= SHARE * total}
        parents = {place for place in main if len(place) == 2}
        are_wrappers = len(parents) > 1 and all(held[place] == 1 for place in parents)
        if are_wrappers or sum(weights[place] for place in parents) < MOST * total:
            return main  # each paragraph in a wrapper of its own: the kind of wrapper tells
        return {place for place in main if len(place) == 2 or place[2]}

    def _inside(self, kept: Iterable[int], main: set[tuple[object, ...]]) -> list[int]:
        """The blocks that stand in a main place, or in an element inside one."""
        home = {place[1] for place in main if len(place) == 2}
        known: dict[tuple[str, object], bool] = {}
        found = []
        for index in kept:
            block = self.items[index]
            at = (block.tag, block.element.getparent())
            if at not in known:
                around = block.element.iterancestors()
                known[at] = not (main.isdisjoint(self._places(block)) and home.isdisjoint(around))
            if known[at] or block.element in home:
                found.append(index)
                if block.weight > PROSE and at[1] is not None:
                    home.add(at[1])  # a list in this part of the text is of it too
        return found

    def _places(self, block: Block) -> set[tuple[object, ...]]:
        """Where a block stands: its parent, or its kind of wrapper and the element around that.

        Boxes that hold nothing but one box are one wrapper: Drupal's paragraphs stand three boxes deep.
        """
        parent = block.element.getparent()
        at = (block.tag, parent)
        if at not in self.places:  # a text of a thousand paragraphs stands in a few places
            self.places[at] = {at}
            wrapper, names = "", ""
            while parent is not None:
                wrapper, names = f"{wrapper}{parent.tag} ", names + numberless(parent.get("class", ""))
                around = parent.getparent()
                if around is None or len(around) > 1:
                    self.places[at].add((block.tag, wrapper, names, around))
                    break
                parent = around
        return self.places[at]

    def _is_teaser(self, index: int) -> bool:
        """Whether a block belongs to the link just before it: the summary of another text."""
        before = self.items[index - 1]
        return before.heads_link and not self.items[index].is_heading


def _stands_in(block: Block, holder: HtmlElement) -> bool:
    """Whether a block stands in an element."""
    return block.element is holder or holder in block.element.iterancestors()


def _kind(block: Block) -> tuple[object, ...]:
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
        if holder is None or len(holder) > FEW:
            return False
        element = holder
    if block.says & Says.LEAD or next(element.iter("img"), None) is None:
        return False
    return size(element) <= block.size + 1
