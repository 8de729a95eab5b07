"""What a page says twice: paragraphs read before, and quotations set apart from the text they come from."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from crawler.extract.places import kind_of
from crawler.extract.texts import begin, squash
from crawler.extract.wording import END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block

SAID: Final = 40
"""Letters of a sentence that is not read twice."""

ALIKE: Final = 16
"""Letters that few paragraphs of one text have in common: those that do are compared whole."""

LONGEST: Final = 300
"""Characters of a quotation that is set apart."""

PULLED: Final = 30  # letters of a sentence that is set apart
FRAMED: Final = 20  # of one in a frame or marks
SPEAKER: Final = 80  # characters of the line below one, with who said it
LOOKS: Final = 100
"""Sentences of one text that are looked for in it."""

PARTS: Final = frozenset({"dd", "dt", "li", "td", "th", "tr"})
"""Elements that are parts of a list or table: what stands there may stand in the text too."""

FRAMES: Final = ("blockquote", "figure")

MARKS: Final = '«»“”" \xa0\u202f'  # around the words of a quotation
_MARKS: Final = {"«": "»", "“": "”", '"': '"'}


def once(items: Sequence[Block], kept: list[int], lead: str) -> list[int]:
    """The blocks that are not the lead again, nor one read before, nor taken from the text and set apart."""
    firsts = [begin(text, ALIKE) for text in (lead, *(items[index].text for index in kept))]
    often = Counter(firsts)
    seen = {squash(lead)} if often[firsts[0]] > 1 else set()
    found: list[int] = []
    for index, first in zip(kept, firsts[1:], strict=True):
        if often[first] > 1:
            bare = squash(items[index].text)
            if bare in seen and len(bare) > SAID:
                continue
            seen.add(bare)
        found.append(index)
    pulled = _pulled(items, found)
    return [index for index in found if index not in pulled] if pulled else found


def _pulled(items: Sequence[Block], kept: Sequence[int]) -> set[int]:
    """The sentences set apart whose words stand in a paragraph too, with who says it in the same frame."""
    places = [_place(items[index]) for index in kept]
    usual = Counter(places).most_common(1)
    apart = [i for i, place in zip(kept, places, strict=True) if place != usual[0][0] or _is_quoted(items[i])]
    short = [index for index in apart if items[index].size <= LONGEST and not items[index].is_heading]
    whole = "\n".join([items[index].text for index in kept]) if short else ""
    short = [index for index in short[:LOOKS] if _may_repeat(items[index].text, whole)]
    texts = [(squash(items[i].text), items[i]) for i in kept if short and items[i].tag not in PARTS]
    pulled = {index for index in short if _is_within(items[index], texts)}
    for one, two in pairwise(kept) if pulled else ():
        names = items[two].size < SPEAKER and not END.search(items[two].text)
        if one in pulled and names and _frame(items[two]) is _frame(items[one]):
            pulled.add(two)
    return pulled


def _place(block: Block) -> tuple[object, ...]:
    """Where a block stands and how it is made, near enough: what paragraphs have in common."""
    return block.tag, block.element.getparent(), block.element.get("class")


def _may_repeat(text: str, whole: str) -> bool:
    """Whether some letters near the ends of a text stand twice in the whole: a cheap look that most fail."""
    first = text.lstrip(MARKS).partition(" ")[2][:ALIKE]  # after a word that may have a capital
    return any(part and whole.count(part) > 1 for part in (first, text.rstrip(MARKS)[-ALIKE:]))


def _is_within(block: Block, texts: Sequence[tuple[str, Block]]) -> bool:
    """Whether a block in a frame or marks, or made as no paragraph, has words that stand in a paragraph."""
    words, framed = squash(block.text), _is_framed(block)
    if len(words) < (FRAMED if framed else PULLED):
        return False
    around = [(text, one) for text, one in texts if words in text and one is not block]
    if framed:
        return bool(around)
    longer = (one for text, one in around if len(text) > len(words) + SAID)
    return _is_plain(block) and any(kind_of(one) != kind_of(block) for one in longer)


def _is_framed(block: Block) -> bool:
    """Whether a block stands in a frame, or quotation marks hold it all."""
    return _is_quoted(block) or _frame(block).tag in FRAMES


def _is_quoted(block: Block) -> bool:
    """Whether quotation marks hold a block from end to end."""
    return not block.strong and _MARKS.get(block.text[0]) == block.text[-1]


def _is_plain(block: Block) -> bool:
    """Whether a block is in no list or table, and no question in bold."""
    return {block.tag, _frame(block).tag}.isdisjoint(PARTS) and block.strong < block.size / 2


def _frame(block: Block) -> HtmlElement:
    """What sets a sentence apart: the outermost frame around it, or the box in which it stands."""
    frames = [one for one in (block.element, *block.element.iterancestors(*FRAMES)) if one.tag in FRAMES]
    parent = block.element.getparent()
    return frames[-1] if frames else block.element if parent is None else parent
