"""A tree as the list of its blocks, the runs of text between two block boundaries: what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from crawler.extract.phrases import PROMOTION, RELATED, fold
from crawler.extract.vocabulary import Says

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LOWER: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
HEADINGS: Final = LOWER | {"h1"}
CELLS: Final = frozenset({"td", "th"})
APART: Final = Says.CAPTION | Says.ASIDE | Says.HIDDEN | Says.EMBED | Says.BYLINE | Says.TAGS | Says.QUOTE


@dataclass(slots=True)
class Block:
    """One run of text: where it stands and what it is made of."""

    text: str
    element: HtmlElement  # the nearest block element
    tag: str  # of that element, or of the heading or list item it stands in
    box: int  # index of the box it stands in
    says: int = Says.NOTHING  # of the element and all around it
    links: int = 0  # characters that are in links
    linked: float = 0.0  # the share of its characters that are, 0 to 1
    strong: int = 0  # characters in bold
    size: int = 0  # characters, blanks at the ends not counted
    broken: bool = False  # ended by <br>, not by the end of an element
    weight: float = 0.0
    _folded: str = ""
    _sells: bool | None = None
    _relates: bool | None = None

    @property
    def folded(self) -> str:
        """The text as the patterns of phrases expect it."""
        if not self._folded:
            self._folded = fold(self.text)
        return self._folded

    @property
    def sells(self) -> bool:
        """Whether it is a line that sells, asks or is a tool."""
        if self._sells is None:
            self._sells = PROMOTION.match(self.folded)
        return self._sells

    @property
    def relates(self) -> bool:
        """Whether it heads links to other texts, or leads to one: a sentence without a link does neither."""
        if self._relates is None:
            said = not self.links and self.text[-1] == "." != self.text[-2:-1]
            self._relates = not said and RELATED.match(self.folded) is not None
        return self._relates

    def join(self, others: list[Block]) -> None:
        """Take up the texts of the blocks that follow."""
        if others:
            self.text = " ".join([self.text, *(other.text for other in others)])
            self.size += sum(other.size + 1 for other in others)
            self.linked = self.links / self.size
            self.broken, self._folded = others[-1].broken, ""
            self._sells = self._relates = None

    @property
    def is_heading(self) -> bool:
        """Whether it stands in h1 … h6."""
        return self.tag in HEADINGS

    @property
    def heads_link(self) -> bool:
        """Whether it is a heading that leads to another page."""
        return self.is_heading and self.linked > 0.8


@dataclass(slots=True)
class Blocks:
    """The blocks of a tree, and the boxes they stand in: its block elements, each followed by those in it."""

    items: list[Block] = field(default_factory=list)
    elements: list[HtmlElement] = field(default_factory=list)  # of each box
    parents: list[int] = field(default_factory=list)  # the box around it, -1 of the first
    says: list[int] = field(default_factory=list)  # what its names say, with what those around it say
    sizes: list[int] = field(default_factory=list)  # characters in it
    masses: list[float] = field(default_factory=list)  # of that, prose of the article
    cut: bool = False  # there were more than MAX_BLOCKS

    def summed(self, values: list[Any]) -> list[Any]:
        """What the boxes hold, those in them counted too, where ``values`` are of their own blocks."""
        parents = self.parents
        for index in range(len(parents) - 1, 0, -1):
            values[parents[index]] += values[index]
        return values

    def inside(self, outer: int) -> range:
        """A box and those that stand in it: they follow it."""
        end = outer + 1
        while end < len(self.parents) and self.parents[end] >= outer:
            end += 1
        return range(outer, end)

    def around(self, box: int) -> set[int]:
        """A box and those that it stands in."""
        found = set()
        while box >= 0:
            found.add(box)
            box = self.parents[box]
        return found

    def begun_by(self, index: int) -> int:
        """The box that a block begins: the smallest with the next one in it too; 0 if none."""
        box = self.items[index].box
        following = self.items[index + 1].box if index + 1 < len(self.items) else box
        if following == box:
            box = following = self.parents[box]
        while following != box:
            if following > box:
                following = self.parents[following]
            else:
                box = self.parents[box]
        return box if box > 0 and (not index or self.items[index - 1].box < box) else 0
