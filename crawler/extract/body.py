"""Lead and body of an article: the blocks of its box, each kept or left out for a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.extract import generic, lead, phrases
from crawler.extract.blocks import HEADINGS, Block, blocks_of
from crawler.extract.markup import Says
from crawler.extract.prune import Shape, select, squash
from crawler.items import Cut

if TYPE_CHECKING:
    from crawler.extract.blocks import Blocks
    from crawler.extract.metadata import Metadata
    from crawler.items import Page

LEFT_OUT: Final = (
    (Says.CAPTION, "caption"),
    (Says.HIDDEN, "hidden"),
    (Says.EMBED, "embed"),
    (Says.TAGS, "tags"),
    (Says.QUOTE, "pull quote"),
    (Says.ASIDE, "aside"),
)
_END = re.compile(r"[.!?…:;»\"”)\]]\W*$")


@dataclass(slots=True)
class Text:
    """What was read: the lead, the paragraphs, and why the other blocks of the article's box were left out."""

    lead: str = ""
    paragraphs: list[str] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    signal: str = "generic"


def read(page: Page, metadata: Metadata) -> Text:
    """Read lead and body of a page whose comments and boilerplate were cut."""
    shape = Shape(page.tree)
    blocks = blocks_of(
        shape.body, metadata.title_element if metadata.title_element is not None else shape.title
    )
    if not blocks.items:
        return Text()
    title = _title(blocks.items, shape, metadata)
    witness = squash(metadata.article_body)
    generic.weigh(blocks, title, witness if len(witness) > 200 else "")
    box = generic.main_box(blocks)
    kept, text = _keep(blocks, box, title, metadata)
    _join(blocks.items, kept)
    found = lead.find(blocks.items, title, kept, metadata.description)
    text.lead = " ".join(blocks.items[i].text for i in found)
    text.paragraphs = _paragraphs(blocks.items, [i for i in kept if i not in found], text.lead)
    return text


def _title(blocks: list[Block], shape: Shape, metadata: Metadata) -> int:
    """The index of the headline's block, -1 if there is none."""
    element = metadata.title_element if metadata.title_element is not None else shape.title
    wanted = squash(metadata.title)
    inside = set() if element is None else {element, *element.iter()}
    for index, block in enumerate(blocks):
        if block.element in inside or (wanted and block.is_heading and squash(block.text) == wanted):
            return index
    return -1


def _keep(blocks: Blocks, box: int, title: int, metadata: Metadata) -> tuple[list[int], Text]:
    """The indices of the blocks of the body, in reading order."""
    items, text = blocks.items, Text()
    bylines = set(metadata.byline_elements)
    names = {squash(metadata.title)} | {squash(name) for name in metadata.authors}
    more = generic.beside(blocks, box, title)
    kept: list[int] = []
    related = False
    for index, block in enumerate(items):
        if index <= title or not (blocks.inside(block.box, box) or index in more):
            continue
        why = _unwanted(block, bylines, names)
        if _heads_links(items, index, phrases.fold(block.text)):
            related, why = True, "heads links"
        elif related and not why:
            related = not _resumes(items, index, kept)
            if not related and items[index - 1].is_heading and items[index - 1].linked < 0.3:
                kept += [index - 1] if not _unwanted(items[index - 1], bylines, names) else []
            why = "after a heading of links" if related else ""
        if why:
            text.cuts.append(
                Cut(step="boilerplate", why=why, words=block.text.count(" ") + 1, begins=block.text[:60])
            )
        else:
            kept.append(index)
    return _trimmed(items, kept), text


def _resumes(items: list[Block], index: int, kept: list[int]) -> bool:
    """Whether the article goes on with a block after a list of links to others."""
    block = items[index]
    if block.weight <= 80 or block.linked > 0.3 or block.text.endswith(("...", "…")):
        return False
    following = items[index + 1] if index + 1 < len(items) else block
    if items[index - 1].linked > 0.5 and following.linked > 0.5:
        return False
    mine = _place(block)
    prose = [items[i] for i in kept if items[i].weight > 80]
    return not prose or any(one.element is block.element or mine & _place(one) for one in prose)


def _place(block: Block) -> set[tuple[object, ...]]:
    """Where a block stands: its parent, or its kind of parent and the element around that."""
    parent = block.element.getparent()
    around = None if parent is None else parent.getparent()
    kind = () if parent is None else (parent.tag, parent.get("class"), around)
    return {(block.tag, parent), (block.tag, *kind)}


def _unwanted(block: Block, bylines: set[object], names: set[str]) -> str:
    """Why a block is not of the body; "" when it is."""
    for kind, why in LEFT_OUT:
        if block.says & kind:
            return why
    if block.element in bylines and block.size < 300:
        return "byline"
    bare = squash(block.text)
    if not bare or bare in names:
        return "title or author again" if bare else "no letters"
    folded = phrases.fold(block.text)
    if block.says & Says.BYLINE and block.size < 200:
        return "byline"
    if block.size < 200 and phrases.BYLINE.match(folded):
        return "byline"
    if block.size < 300 and phrases.CREDIT.match(folded):
        return "credit"
    if block.size < 300 and phrases.FORM.match(folded):
        return "comment form"
    if phrases.RELATED.match(folded) and (block.linked > 0.3 or block.size < 40):
        return "link to another text"
    if (
        block.size < 300
        and phrases.PROMOTION.match(folded)
        and (block.linked > 0.3 or not block.text.endswith("?"))
    ):
        return "promotion"
    if block.linked > 0.8 and block.size < 200 and (block.linked > 0.95 or not _END.search(block.text)):
        return "links only"
    if block.size < 250 and block.text.startswith(">>"):
        return "link to another text"
    return ""


def _heads_links(items: list[Block], index: int, folded: str) -> bool:
    """Whether a block is the heading of a list of links to other texts."""
    block = items[index]
    if block.size > 90 or block.linked > 0.3 or not phrases.RELATED.match(folded):
        return False
    after = items[index + 1 : index + 3]
    return not after or any(one.linked > 0.5 or one.size < 60 for one in after)


def _trimmed(items: list[Block], kept: list[int]) -> list[int]:
    """Without headings that head nothing at the end."""
    while kept and (
        items[kept[-1]].is_heading or (items[kept[-1]].size < 30 and not _END.search(items[kept[-1]].text))
    ):
        kept.pop()
    return kept


def _join(items: list[Block], kept: list[int]) -> None:
    """Join what a ``<br>`` broke in the middle of a sentence."""
    position = len(kept) - 2
    while position >= 0:
        one, two = items[kept[position]], items[kept[position + 1]]
        if (
            one.broken
            and one.element is two.element
            and kept[position + 1] == kept[position] + 1
            and not _END.search(one.text)
            and two.text[:1].islower()
        ):
            one.text, one.size, one.broken = f"{one.text} {two.text}", one.size + two.size + 1, two.broken
            del kept[position + 1]
        position -= 1


def _paragraphs(items: list[Block], kept: list[int], lead_text: str) -> list[str]:
    """The texts of the blocks, without the lead and without a sentence set apart and read before."""
    found, seen = [], {squash(lead_text)} if lead_text else set()
    for index in kept:
        text = items[index].text
        bare = squash(text)
        if bare in seen and len(bare) > 40:
            continue
        seen.add(bare)
        found.append(text)
    return found
