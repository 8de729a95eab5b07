"""Captions that nothing names: what a picture's ``alt`` says, what stands below it alone or over a credit."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from crawler.extract import agency, bylines
from crawler.extract.texts import begin, size, squash, text_of
from crawler.extract.vocabulary import Says
from crawler.extract.wording import END

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block

MANY: Final = 60
"""Pictures that are looked at: those below are of other articles."""

AROUND: Final = 3  # boxes around a picture in which its caption may stand
FEW: Final = 30  # elements at most in a small box with a picture: what holds more need not be measured
LEAST: Final = 12
"""Characters of an ``alt`` that says what is to be seen."""

SHOWN: Final = ("img", "iframe", "video")
SMALL: Final = frozenset({"em", "i", "small", "font", "sub"})

LONGEST: Final = 400
CREDIT: Final = 120
"""Characters of who took the picture, after what is to be seen."""

LINKED: Final = 0.3
"""The share of a caption in links, at most: its credit may lead to who took the picture."""

_BRACKETED = re.compile(r"\([^()]{3,60}\)")
_PICTURED = re.compile(
    r"©|\b(?:photos?|ph|crédits?|images?|illustration|dr|getty|sipa|maxppp|shutterstock|istock)\b",
    re.IGNORECASE,
)
_STROKE = re.compile(r"[^\W\d_] ?/ ?[^\W\d_]")  # « Ada Roux/Le Fleuve »
_CREDITS: Final = frozenset("(©CcPp")
"""What a credit begins with that names no agency after a stroke."""


def name(body: HtmlElement, blocks: list[Block], spared: list[str]) -> None:
    """Mark the blocks that are the caption of a picture.

    :param spared: headline and description: some pages have them for the ``alt`` of their picture
    """
    never = {begin(text) for text in spared}
    for picture in islice(body.iter("img"), MANY):
        if (row := _row_below(picture)) is not None:
            _mark(blocks, row)
            continue
        told = picture.get("alt") or ""
        if not LEAST <= len(told) <= LONGEST or begin(told) in never:
            continue
        beside = next((box for box in islice(picture.iterancestors(), AROUND) if size(box)), None)
        if beside is None or size(beside) > len(told) + CREDIT:
            continue
        if squash(told) not in squash(text_of(beside)):
            continue
        _mark(blocks, beside)
    most = max((block.size for block in blocks), default=0) - 1  # the longest may be all the text
    short = min(most, LONGEST)
    credited = (pair for pair in pairwise(blocks) if pair[0].size <= short and _is_credit(pair[1]))
    for above, below in islice(credited, MANY):
        if _is_beside(above, below):
            above.says |= Says.CAPTION
            below.says |= Says.CAPTION
    for block in islice(filter(_is_label, blocks), MANY):
        if _is_alone(block) or _is_under(block):
            block.says |= Says.CAPTION


def _is_label(block: Block) -> bool:
    """Whether a block is a line in plain letters, and no sentence but one that ends with a credit."""
    plain = block.size <= LONGEST and not (block.strong or block.is_heading)
    if not plain or block.tag in {"li", "td", "th", "dt", "summary"}:
        return False
    ended = block.linked or block.size > CREDIT or END.search(block.text)
    return not ended or (block.linked < LINKED and _ends_in_credit(block.text))


def _ends_in_credit(text: str) -> bool:
    """Whether a text ends with who took a picture: « … à quai. (Photo Ada Roux) », « … AFP / A. Roux »."""
    bare = text.rstrip(" .")
    opening = {")": "(", "]": "["}.get(bare[-1:])
    told, _, who = bare[:-1].rpartition(opening) if opening else text.rpartition(".")
    return (
        len(told) >= LEAST
        and len(who) <= CREDIT
        and bool(opening or not END.search(text))
        and bool(_PICTURED.search(who) or _STROKE.search(who) or agency.named_in_any_case(who))
    )


def _is_alone(block: Block) -> bool:
    """Whether a block is all that stands in a small box with a picture or film, below it."""
    for box in (block.element, *islice(block.element.iterancestors(), AROUND)):
        if _holds_many(box) or size(box) > block.size + 1:
            return False
        if next(box.iter(*SHOWN), None) is not None:
            return _is_below(block, box)
    return False


def _is_under(block: Block) -> bool:
    """Whether a picture stands alone above a line that is set as no paragraph, or ends with a credit."""
    around = (block.element, *islice(block.element.iterancestors(), 1))
    box = next((one for one in around if one.getprevious() is not None), block.element)
    above = box.getprevious()
    if above is None or (above.tail or "").strip() or size(above) or size(box) > block.size + 1:
        return False
    if next(above.iter(*SHOWN), None) is None:
        return False
    return _is_set_apart(block.element) or _ends_in_credit(block.text)


def _is_set_apart(element: HtmlElement) -> bool:
    """Whether a line is in the middle, in italics or in small letters."""
    if element.get("align") == "center" or "center" in f"{element.get('style')} {element.get('class')}":
        return True
    if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return element.tag in SMALL
    return element[0].tag in SMALL


def _holds_many(box: HtmlElement) -> bool:
    """Whether a box holds too many elements to be a small one."""
    return next(islice(box.iter(), FEW, None), None) is not None


def _is_below(block: Block, box: HtmlElement) -> bool:
    """Whether the first picture in a box stands above a block in it, or above the words of the box itself."""
    if box is block.element:
        return not (box.text or "").strip() and next(box[0].iter(*SHOWN), None) is not None
    first = next(one for one in box.iter() if one.tag in SHOWN or one is block.element)
    return first is not block.element


def _is_credit(block: Block) -> bool:
    """Whether a block says who took a picture."""
    if block.size > CREDIT or (block.text[0] not in _CREDITS and "/" not in block.text):
        return False
    return bool(_BRACKETED.fullmatch(block.text) or bylines.CREDIT.match(block.folded))


def _is_beside(above: Block, below: Block) -> bool:
    """Whether a small box holds a picture, a line below it, the credit below that, and nothing else."""
    for box in (below.element, *islice(below.element.iterancestors(), AROUND)):  # the credit may be loose
        if _holds_many(box) or (around := size(box)) > above.size + below.size + 1:
            break
        if around > below.size and next(box.iter("img"), None) is not None:
            within = box in above.element.iterancestors()
            return within and _is_below(above, box) and not (above.linked or above.is_heading)
    return False


def _row_below(picture: HtmlElement) -> HtmlElement | None:
    """The second of two rows of a table, where the first holds the picture alone, and short."""
    row = next(picture.iterancestors("tr"), None)
    below = row.getnext() if row is not None and row.getprevious() is None else None
    if row is None or below is None or below.tag != "tr" or below.getnext() is not None:
        return None
    return below if not size(row) and LEAST <= size(below) <= LONGEST else None


def _mark(blocks: list[Block], box: HtmlElement) -> None:
    """Mark what stands in a box as a caption."""
    inside = set(box.iter())
    for block in blocks:
        if block.element in inside and not (block.linked or block.is_heading):
            block.says |= Says.CAPTION
