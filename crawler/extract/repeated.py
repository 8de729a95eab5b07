"""What a page says twice: paragraphs read before, and quotations set apart from the text they come from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from crawler.extract.texts import begin, size, squash

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

FRAMES: Final = ("blockquote", "figure")

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


def _pulled(items: Sequence[Block], kept: list[int]) -> set[int]:
    """The quotations whose words stand in a paragraph too, with who says it in the same frame."""
    short = (index for index in kept if items[index].size <= LONGEST and not items[index].is_heading)
    apart = {index: frame for index in short if (frame := _frame(items[index])) is not None}
    if not apart:
        return set()
    text = squash(" ".join(items[index].text for index in kept if index not in apart))
    bare = {index: squash(items[index].text) for index in apart}
    pulled = {index for index, words in bare.items() if len(words) > SAID and words in text}
    frames = {frame for index in pulled if size(frame := apart[index]) <= LONGEST}
    return pulled | {index for index, frame in apart.items() if frame in frames}


def _frame(block: Block) -> HtmlElement | None:
    """What sets a quotation apart: the outermost frame around it, or its own box if its marks hold it all."""
    for frame in reversed([*block.element.iterancestors(*FRAMES)]):
        return frame
    is_quoted = not block.strong and _MARKS.get(block.text[0]) == block.text[-1]
    return block.element if is_quoted or block.element.tag in FRAMES else None
