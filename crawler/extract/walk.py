"""The walk through a tree that gives its blocks."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from crawler.extract.blocks import APART, CELLS, HEADINGS, LOWER, Block, Blocks
from crawler.extract.inline import INLINE, REMARK, is_amid
from crawler.extract.markup import SAID, survey
from crawler.extract.texts import size
from crawler.extract.vocabulary import Says, words
from crawler.extract.whitespace import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.shape import Shape

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
LEADS: Final = 3
"""Paragraphs of a lead at most: a box named so that has more is the text."""
MAX_BLOCKS: Final = 20_000
"""Blocks that are read of one page: the longest honest page known here has 2,000."""

NOTE: Final = 120
"""Characters of what a sentence hides, such as « (nouvelle fenêtre) »: more may be the rest of it, folded."""

LEGEND: Final = 500
"""Characters of the words beside a picture in a figure: more are the article, in a figure left open."""

_TEXTS: Final = ("blockquote", "h1", "h2", "h3", "ol", "table", "ul")

SAYS: Final = frozenset(".!?…»”")
"""What ends words that are quoted, before who says them."""

PARAGRAPH: Final = 80
"""Characters of a paragraph of an article."""

_OPENS: Final = frozenset(" \n\t\r\u00a0/-'’(«[#@")
"""What a word may follow without a blank."""

_CLOSES = re.compile(r"\d ?(?:h|j|min|ans?|mois|jours?|semaines?|heures?)$|[:)]$")
"""An age or a sign, after which a word begins though its letter is small."""

LINK, BOLD, UNREAD = 1, 2, 4


def _leads_away(href: str) -> bool:
    """Whether a link goes to another page: not to a note, not to a mailbox."""
    if href.startswith("#"):  # an app's page: « #/portal/signup »
        return href == "#" or href.startswith("#/")
    return bool(href) and not href.startswith(("mailto:", "/cdn-cgi/l/email"))


def _calls_note(element: HtmlElement, parent: HtmlElement, before: str) -> bool:
    """Whether a number is raised, or linked, to send its reader to a note: « le rapport¹ »."""
    if before.rstrip().endswith(("[", "(")):
        return False
    if element.tag == "sup":
        return bool(parent.tag == "a")
    href = element.get("href") or ""
    return href.startswith("#") and bool(parent.tag == "sup" or href.endswith(element.text))


def _is_read(button: HtmlElement, tag: str, before: list[str]) -> bool:
    """Whether a button is a heading that unfolds its text, or words of a sentence that it explains."""
    return (tag in LOWER and not before) or (is_amid(button) and not (button.tail or "")[:1].isalnum())


def _is_picture(figure: HtmlElement) -> bool:
    """Whether a figure holds a picture, and beside it no more than a caption: no quotation, list or table."""
    if next(figure.iter("img", "picture", "video", "iframe"), None) is None:
        return False
    return next(figure.iter(*_TEXTS), None) is None and size(figure) <= LEGEND


def _is_frame(cell: HtmlElement) -> bool:
    """Whether a cell frames a part of the page, as before style sheets, and holds no mere figure."""
    lines = 0
    for inner in cell.iterdescendants():
        lines += inner.tag == "br"
        if lines > 1 or (inner.tag != "br" and inner.tag not in INLINE and inner.tag not in SILENT):
            return True
    return False


def _is_glued(before: str, text: str) -> bool:
    """Whether two texts have no blank between and are no word: « Ada », « 3 mai », « Bravo »."""
    if before[-1:] in _OPENS or len(before) == 1:
        return False
    first = text[:1]
    return first == "@" or first.isupper() or first.isdigit() or _CLOSES.search(before) is not None


class _Walk:
    """The walk: a buffer of text that is flushed at each boundary."""

    __slots__ = ("links", "out", "parted", "said", "silent", "strong", "text")

    def __init__(self, said: dict[HtmlElement, int], silent: frozenset[str], *, parted: bool) -> None:
        self.out = Blocks()
        self.parted = parted
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
        parted = self.parted
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
                    if parted and texts and _is_glued(texts[-1], tail):
                        flush(box, tag, broken=True)
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
            if inline and own & APART:
                if own & Says.HIDDEN and texts and len(text or "") < NOTE:
                    kind = UNREAD
                    continue
                if is_amid(child, REMARK if own & Says.BYLINE else 0):
                    own &= ~APART
            if inline and not own & APART and not (name in CELLS and _is_frame(child)):
                if name in STRONG:
                    kind |= BOLD
                elif name in CELLS or (name == "cite" and texts and texts[-1][-1:] in SAYS):
                    texts.append(" ")
                if text and text.isdigit() and texts and _calls_note(child, parent, texts[-1]):
                    text = f"[{text}]"  # a word is not to end in a number that is none of it
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
                elif name == "figure" and _is_picture(child):
                    own |= Says.CAPTION
                elements.append(child)
                parents.append(box)
                owns.append(own)
                box, is_block = len(elements) - 1, True
                if not (tag in HEADINGS or name in INLINE or (tag == "li" and name in ("p", "div"))):
                    tag = name
            if text and (texts or not text.isspace()):
                if parted and texts and _is_glued(texts[-1], text):
                    flush(box, tag, broken=True)
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
    *,
    parted: bool = False,
) -> Blocks:
    """The blocks below an element, in reading order.

    :param said: what the names of its elements say, where a step before has asked
    :param silent: elements whose text is not read
    :param parted: end a block also where only a style sheet parts the words of two elements

    What the names of a box say counts for all in it, unless it holds the headline or much of the text: then
    a name that would leave it out is not believed.
    """
    blocks = _Walk(survey(root) if said is None else said, silent, parted=parted).run(root)
    parents, says = blocks.parents, blocks.says
    sizes = blocks.sizes = [0] * len(parents)
    for block in blocks.items:
        sizes[block.box] += block.size
    blocks.summed(sizes)
    above = set() if title is None else set(title.iterancestors())
    most = MOST * sizes[0]
    texts = _texts(blocks) if any(own & Says.LEAD for own in says) else ()
    for index in range(1, len(parents)):
        if own := says[index]:
            if own & APART and (sizes[index] > most or blocks.elements[index] in above):
                own &= ~APART
            if own & Says.BODY:
                own &= ~Says.ASIDE
            if own & Says.LEAD and (sizes[index] > LONGEST_LEAD or texts[index] > LEADS):
                own &= ~Says.LEAD
        says[index] = says[parents[index]] | own
    for block in blocks.items:
        block.says = says[block.box]
    return blocks


def _texts(blocks: Blocks) -> list[int]:
    """The number of paragraphs in each box."""
    found = [0] * len(blocks.parents)
    for block in blocks.items:
        found[block.box] += block.size > PARAGRAPH
    blocks.summed(found)
    return found


def title_at(blocks: list[Block], shape: Shape) -> int:
    """The index of the headline's block, -1 if there is none."""
    inside = set() if shape.title is None else set(shape.title.iter())
    return next((index for index, block in enumerate(blocks) if block.element in inside), -1)


def prose_around(shape: Shape, element: HtmlElement) -> tuple[int, int, str]:
    """How much prose stands between the headline and an element, how much in it, and the line that begins it.

    Its characters tell whether an article is above: then what stands below may be longer than it.

    :return: the two sizes, and that line folded; nothing where the element is not below the headline
    """
    blocks, inside, begins = blocks_of(shape.body, said=shape.said).items, set(element.iter()), ""
    sizes = [0, 0]  # above, within
    for block in islice(blocks, title_at(blocks, shape) + 1, None):
        within = block.element in inside
        if begins and not within:
            break
        begins = begins or (block.folded if within else "")
        sizes[within] += block.size if block.size > PARAGRAPH and block.linked < 0.3 else 0
    return (sizes[0], sizes[1], begins) if begins else (0, 0, "")
