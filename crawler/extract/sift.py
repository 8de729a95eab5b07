"""Which blocks of an article's box are its text: each block that is left out is left out for a reason."""

from __future__ import annotations

import re
from itertools import accumulate, chain, islice, pairwise, repeat, takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract import bylines, datelines, people
from crawler.extract.places import Places, is_caption, kind_of
from crawler.extract.summaries import PROSE
from crawler.extract.texts import begin, size, squash
from crawler.extract.vocabulary import Says
from crawler.extract.wording import LABEL, LINKED, LONG, TESTS, VOTES, bids, is_of_poll

if TYPE_CHECKING:
    from crawler.extract.blocks import Block
    from crawler.extract.metadata import Metadata

SENTENCE: Final = 40.0  # the same of a sentence right below links, made as the paragraphs before it

LINE: Final = 300
"""Characters of an element that says who and when, and nothing else."""

ADDRESS: Final = 60
"""Characters of an address that stands alone."""

INITIALS: Final = 2  # of a name that is in many words

AFTER: Final = 8  # blocks after the link to another text among which the article goes on

FEW: Final = 2  # paragraphs that may stand anywhere on a page

BEFORE: Final = 40
"""Blocks of the text before the link that it is held against: a page may have thousands of both."""

AHEAD: Final = 200
"""Blocks after the link that are looked at for more of the article: a page may have thousands of both."""

SETS: Final = frozenset({
    "ul", "ol", "li", "blockquote", "dl", "dt", "dd", "table", "tbody", "tr", "td", "th",
})  # fmt: skip
"""A part of a text in place of a paragraph."""

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
        self.authors, self.outlet = metadata.authors, metadata.outlet
        self.begin = {begin(name) for name in self.names}
        self.initials = {begin(name, 1) for name in self.names}
        self.places = Places(items)
        self.days = datelines.days_of(items) | datelines.listed(items)

    def unwanted(self, index: int) -> str:
        """Why a block is not of the body, seen by itself; "" when it may be."""
        block = self.items[index]
        for kind, why in NAMES if block.says & NAMED else ():
            if block.says & kind:
                return why
        if index in self.days or (block.size <= LABEL and self._heads_prose(index)):
            return ""
        if block.text[0] == "," and index and self.items[index - 1].says & Says.AUTHOR:
            return "byline"  # who the author is whose name was taken for itself
        if (block.text[0] in VOTES or block.text[-1] == "?") and is_of_poll(self.items, index):
            return "poll"
        return "promotion" if self.outlet and bids(block, self.outlet) else self._said(block)

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
        if "@" in block.text[:LINE] and block.size < ADDRESS and self._is_authors(block.folded):
            return "byline"
        for test, why in TESTS if block.size < LONG or block.linked > LINKED else ():
            if test(block, block.folded):
                return "credit" if why == "byline" and is_caption(block) else why
        return ""

    def _is_authors(self, address: str) -> bool:
        """Whether an address alone has an author's surname in it: any other is what the text is about."""
        surnames = (people.key(name.rpartition(" ")[2]) for name in self.authors)
        return " " not in address and any(len(name) > INITIALS and name in address for name in surnames)

    def _unnamed(self, text: str) -> str:
        """A text without the names of the authors."""
        for name in self.authors:
            text = text.replace(name, "")
        return text

    def heads_links(self, index: int) -> bool:
        """Whether a block is the heading of a list of links to other texts."""
        block = self.items[index]
        if block.size > 90 or block.linked > LINKED or not block.relates or block.says & Says.CAPTION:
            return False
        if self._heads_prose(index):
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
        prose = [self.items[i] for i in kept if self.items[i].weight > PROSE]
        above, home = self.items[index - 1], block.element.getparent()
        following = self.items[index + 1] if index + 1 < len(self.items) else block
        if above.linked > 0.5 and following.linked > 0.5:  # a summary, but among paragraphs
            among = any(one.element.getparent() is home for one in prose)
            return among and above.element.getparent() is not home
        mine = self.places.of(block)
        return not prose or any(one.element is block.element or mine & self.places.of(one) for one in prose)

    def goes_on(self, index: int, kept: list[int]) -> bool:
        """Whether the text goes on with a block that stands where paragraphs do, before one made as they."""
        prose = [self.items[i] for i in kept[-BEFORE:] if self.items[i].weight > PROSE]
        following = list(takewhile(lambda one: one.linked <= LINKED, self.items[index : index + AFTER]))
        made = {kind_of(one) for one in prose}
        least = chain((SENTENCE,), repeat(PROSE))
        if not any(
            one.weight > enough and kind_of(one) in made
            for one, enough in zip(following, least, strict=False)
        ):
            return False
        around = {one.element.getparent() for one in prose}
        first = following[0]
        outer = (one for one in first.element.iterancestors() if one.tag not in SETS)
        holder = next((one for one in outer if next(islice(one, 1, None), None) is not None), None)
        return kind_of(first) in made or holder in around

    def only_begins(self, index: int, kept: list[int]) -> bool:
        """Whether more of the article is to come than was read: paragraphs made alike, not under links."""
        weights: dict[tuple[object, ...], list[float]] = {}
        for above, one in pairwise(self.items[index - 1 : index + AHEAD]):
            if one.weight > PROSE and above.linked <= LINKED:
                weights.setdefault(kind_of(one), []).append(one.weight)
        most = max((sum(found) for found in weights.values() if len(found) > FEW), default=0.0)
        read = accumulate((self.items[i].weight for i in kept), initial=0.0)
        return not any(so_far >= most for so_far in read)

    def heading_over(self, index: int) -> list[int]:
        """The heading just above a block, if there is one that is not left out for itself."""
        above = index - 1
        return [above] if self.items[above].is_heading and not self.unwanted(above) else []
