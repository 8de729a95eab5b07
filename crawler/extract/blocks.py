"""A tree as the list of its blocks, the runs of text between two block boundaries, in one walk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crawler.extract.inline import INLINE, REMARK, is_amid
from crawler.extract.markup import SAID, Says, survey
from crawler.extract.phrases import PROMOTION, RELATED, fold
from crawler.extract.vocabulary import words
from crawler.extract.whitespace import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SILENT: Final = words(
    "script style noscript template svg math iframe object embed applet canvas audio video map head title "
    "meta link button input select textarea option optgroup datalist progress meter amp-iframe amp-twitter "
    "amp-youtube amp-facebook amp-instagram"
)
"""Elements whose text is never prose."""

FRAMED: Final = words("iframe object embed audio video")
"""Silent ones that part two lines."""

_ANCHOR = re.compile(r"(?<=\S)\s*(?<!\b[CF])[#¶]$")  # the link of a heading to itself
STRONG: Final = frozenset({"b", "strong"})
MOST: Final = 0.4
LONGEST_LEAD: Final = 1800
MAX_BLOCKS: Final = 20_000
"""Blocks that are read of one page: the longest honest page known here has 2,000."""

NOTE: Final = 120
"""Characters of what a sentence hides, such as « (nouvelle fenêtre) »: more may be the rest of it, folded."""

LINK, BOLD, UNREAD = 1, 2, 4
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


FOLDING: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})  # one may be a button, that unfolds its text
HEADINGS: Final = FOLDING | {"h1"}


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


def _leads_away(href: str) -> bool:
    """Whether a link goes to another page: not to a note, not to a mailbox."""
    return href == "#" or (bool(href) and not href.startswith(("#", "mailto:", "/cdn-cgi/l/email")))


def _is_read(button: HtmlElement, tag: str, before: list[str]) -> bool:
    """Whether a button is a heading that unfolds its text, or words of a sentence that it explains."""
    return (tag in FOLDING and not before) or (is_amid(button) and not (button.tail or "")[:1].isalnum())


def _is_frame(cell: HtmlElement) -> bool:
    """Whether a cell frames a part of the page, as before style sheets, and holds no mere figure."""
    lines = 0
    for inner in cell.iterdescendants():
        lines += inner.tag == "br"
        if lines > 1 or (inner.tag != "br" and inner.tag not in INLINE and inner.tag not in SILENT):
            return True
    return False


class _Walk:
    """The walk: a buffer of text that is flushed at each boundary."""

    __slots__ = ("links", "out", "said", "silent", "strong", "text")

    def __init__(self, said: dict[HtmlElement, int], silent: frozenset[str]) -> None:
        self.out = Blocks()
        self.said = said
        self.silent = silent
        self.text: list[str] = []
        self.links = self.strong = 0

    def flush(self, box: int, tag: str, *, broken: bool = False) -> None:
        """End the block: what was gathered becomes one, if it is not blank."""
        if text := clean("".join(self.text)):
            text = _ANCHOR.sub("", text) if text[-1] in "#¶" and tag in HEADINGS else text
            element, links, size = self.out.elements[box], self.links, len(text)
            self.out.items.append(
                Block(text, element, tag, box, Says.NOTHING, links, links / size, self.strong, size, broken)
            )
        self.text.clear()
        self.links = self.strong = 0

    def count(self, text: str, kind: int) -> None:
        """Count the characters of a text node that stands in a link, in bold, or in both."""
        size = len(text.strip())
        if kind & LINK:
            self.links += size
        if kind & BOLD:
            self.strong += size

    def run(self, root: HtmlElement) -> Blocks:  # noqa: C901, PLR0912, PLR0915 -- the one hot loop
        """Walk below an element."""
        texts, count, flush, says, silent = self.text, self.count, self.flush, self.said.get, self.silent
        items, elements, parents, owns = self.out.items, self.out.elements, self.out.parents, self.out.says
        elements.append(root)
        parents.append(-1)
        owns.append(Says.NOTHING)
        if root.text:
            texts.append(root.text)
        # where the walk stands: the element, its box, its tag, link or bold, whether it is a block
        owner, box, tag, kind, is_block = root, 0, str(root.tag), 0, True
        stack: list[tuple[HtmlElement, int, str, int, bool]] = []
        for child in (*islice(root.iter(), 1, None), root):
            parent = root if child is root else child.getparent()
            while owner is not parent:
                if is_block and texts:
                    flush(box, tag)
                tail = owner.tail
                owner, box, tag, kind, is_block = stack.pop()
                if tail and (texts or not tail.isspace()) and not kind & UNREAD:
                    texts.append(tail)
                    if kind:
                        count(tail, kind)
            if child is root:
                break
            stack.append((owner, box, tag, kind, is_block))
            owner, is_block = child, False
            name = child.tag
            if kind & UNREAD or (name in silent and not (name == "button" and _is_read(child, tag, texts))):
                if name in FRAMED and texts:
                    flush(box, tag, broken=True)
                kind = UNREAD
                continue
            own, text = says(child, 0), child.text
            if name == "a" and _leads_away(child.get("href") or ""):
                kind |= LINK
            inline = name in INLINE or ((name in silent or "-" in name or ":" in name) and is_amid(child))
            if inline and own & Says.HIDDEN and texts and len(text or "") < NOTE:
                kind = UNREAD
                continue
            if inline and own & APART and is_amid(child, REMARK if own & Says.BYLINE else 0):
                own &= ~APART
            if inline and not own & APART and not (name in CELLS and _is_frame(child)):
                if name in STRONG:
                    kind |= BOLD
                elif name in CELLS:
                    texts.append(" ")
                if own & Says.CAPITAL and text and len(text) < 4:
                    text = text.strip()
            elif len(elements) > MAX_BLOCKS or len(items) > MAX_BLOCKS:
                self.out.cut = True
                return self.out
            elif name == "br":
                if tag in HEADINGS:
                    texts.append(" ")
                elif texts:
                    flush(box, tag, broken=True)
                continue
            else:
                if texts:
                    flush(box, tag)
                if "-" in name or name == "figcaption":  # a custom element's name says what it is: amp-ad
                    own |= SAID[name]
                elements.append(child)
                parents.append(box)
                owns.append(own)
                box, is_block = len(elements) - 1, True
                if not (tag in HEADINGS or name in INLINE or (tag == "li" and name in ("p", "div"))):
                    tag = name
            if text and (texts or not text.isspace()):
                texts.append(text)
                if kind:
                    count(text, kind)
        if texts:
            flush(0, tag)
        return self.out


def blocks_of(
    root: HtmlElement,
    title: HtmlElement | None = None,
    said: dict[HtmlElement, int] | None = None,
    silent: frozenset[str] = SILENT,
) -> Blocks:
    """The blocks below an element, in reading order.

    :param said: what the names of its elements say, where a step before has asked
    :param silent: elements whose text is not read

    What the names of a box say counts for all in it, unless it holds the headline or much of the text: then
    a name that would leave it out is not believed.
    """
    blocks = _Walk(survey(root) if said is None else said, silent).run(root)
    parents, says = blocks.parents, blocks.says
    sizes = blocks.sizes = [0] * len(parents)
    for block in blocks.items:
        sizes[block.box] += block.size
    blocks.summed(sizes)
    above = set() if title is None else set(title.iterancestors())
    most = MOST * sizes[0]
    for index in range(1, len(parents)):
        if own := says[index]:
            if own & APART and (sizes[index] > most or blocks.elements[index] in above):
                own &= ~APART
            if own & Says.BODY:
                own &= ~Says.ASIDE
            if own & Says.LEAD and sizes[index] > LONGEST_LEAD:
                own &= ~Says.LEAD
        says[index] = says[parents[index]] | own
    for block in blocks.items:
        block.says = says[block.box]
    return blocks
