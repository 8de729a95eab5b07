"""The lead (chapô): the text under the headline that the newspaper sets apart from the body."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract import bylines, datelines, phrases, readers
from crawler.extract.blocks import HEADINGS
from crawler.extract.places import is_caption, make
from crawler.extract.texts import begin as first_letters
from crawler.extract.vocabulary import Says
from crawler.extract.wording import END

if TYPE_CHECKING:
    from crawler.extract.blocks import Block
    from crawler.extract.metadata import Metadata

SHORTEST: Final = 30
BRIEFEST: Final = 15
"""Characters of a sentence that is named a lead, or that the page's description repeats."""
LONGEST: Final = 1500
LONG: Final = 100
"""Characters that no subhead has: what is longer and set as one is a lead."""

NEAR: Final = 5
"""Blocks from the headline to a lead that is set as a heading."""

LOOKS: Final = 40
"""Blocks between headline and text that are looked at: what has more there is no newspaper's page."""

BYLINE: Final = 200
"""Characters of a line that says who and when: what stands between it and the headline is the lead."""

POINTS: Final = 8
"""Points of a list that is a lead, at most."""

FEW: Final = 3
"""Short lines above a lead that were taken for the text."""

CODE: Final = "};"  # what a script that is shown ends with
SAME: Final = 60
"""Letters that a lead and the page's description begin with if they are the same."""

LABEL: Final = 40
"""Characters of the kind of text or its place before a lead."""

STROKES: Final = (":", "-", "–", "—", "|", "•")
"""What parts such a label in small letters from the lead."""

_HOUR = re.compile(phrases.HOUR)
_LABEL = re.compile(
    r"^(?:(?i:l['’ ]essentiel|en résumé|résumé|l'info en bref) ?:?|"
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}(?:,? (?:à )?\d{1,2}[:h]\d{2})? ?[–—|-]|\d{1,2}:\d{2}(?: [–—|-])?)"
    r" (?=[A-ZÀ-Ý«])"
)


def unlabelled(text: str, description: str) -> str:
    """A lead without the label before it: « L'essentiel », a day, or what the description begins after.

    « DÉCRYPTAGE - La digue tiendra », where the page's description says « La digue tiendra ». From
    where it was sent, and by which agency, is of it: « Orne (AFP) - … ».
    """
    text = _LABEL.sub("", text)
    begins = text.find(description[:LABEL], 0, 2 * LABEL) if description else 0
    label = text[: max(begins, 0)].rstrip()
    is_label = "(" not in label and (label.isupper() or label.endswith(STROKES))
    return text[begins:] if is_label else text


def find(blocks: list[Block], begin: int, body: list[int], metadata: Metadata) -> list[int]:
    """The indices of the blocks that are the lead.

    :param begin: index of the headline's block, -1 if there is none
    :param body: indices of the body's blocks, the lead still among them where it stands there
    :param metadata: its description is a witness; title and what tells of the authors are no lead
    """
    if not body:  # a subscriber's article: all that is shown may be its lead
        shown = [i for i in range(begin + 1, min(begin + 15, len(blocks))) if _can_be(blocks[i])]
        marked = [i for i in shown if blocks[i].says & Says.LEAD]
        large = [i for i in shown if blocks[i].size > LONG and _stands_out(blocks[i], [], headed=True)]
        return (marked or large[:1]) if begin >= 0 else []
    first = body[0]
    wanted, again = first_letters(metadata.description, SAME), first_letters(metadata.title, SAME)
    possible = (i for i in range(begin + 1, first) if _can_be(blocks[i], wanted))
    before = [
        i
        for i in possible
        if first_letters(blocks[i].text, SAME) != again and not _tells_of(blocks[i], metadata.authors)
    ]
    marked = [i for i in before if blocks[i].says & Says.LEAD]
    if marked := [i for i in marked if not blocks[i].says & Says.AUTHOR] or marked:  # who signs: described
        return _run(blocks, marked)
    for index in before:
        if wanted and first_letters(blocks[index].text, SAME).startswith(wanted):
            return _whole(blocks, index)
    if named := _named(blocks, body):
        return _run(blocks, named)
    text = list(dropwhile(lambda index: blocks[index].tag == "li" or is_caption(blocks[index]), body))
    points = _listed(blocks, body) or _points(blocks, before, body) or _points(blocks, body, text)
    text = text or body  # all of it in one item of a list
    if points or (len(text) > 1 and _is_apart(blocks, begin, text, wanted)):
        return points or _run(blocks, text[:1])
    prose = [blocks[i] for i in body if _is_prose(blocks[i])]
    found = (
        i
        for i in before[:LOOKS]
        if _stands_out(blocks[i], blocks[i + 1 : first], headed=begin >= 0)
        or (begin >= 0 and _heads(blocks[begin], blocks[i], prose))
    )
    return _whole(blocks, next(found, -1))


def _listed(blocks: list[Block], body: list[int]) -> list[int]:
    """The points of a list that is named a lead and begins the text, where nothing below it is named so."""
    points = list(takewhile(lambda index: blocks[index].tag == "li" and _is_marked(blocks[index]), body))
    below = body[len(points) :]
    alone = 0 < len(points) <= POINTS and below and not any(blocks[i].says & Says.LEAD for i in below)
    return points if alone else []


def _is_marked(block: Block) -> bool:
    """Whether a block is named a lead, and can be one."""
    return bool(block.says & Says.LEAD) and _can_be(block)


def _points(blocks: list[Block], lines: list[int], text: list[int]) -> list[int]:
    """The points of a list above the line that says who and when, below which the text begins: the lead."""
    points = list(
        takewhile(lambda index: blocks[index].tag == "li" and _can_be(blocks[index]), lines[:POINTS])
    )
    lists = {blocks[index].element.getparent() for index in points}
    if len(points) < 2 or len(lists) != 1 or not text:
        return []
    return points if _is_signed(blocks[points[-1] + 1 : text[0]]) else []


def _whole(blocks: list[Block], index: int) -> list[int]:
    """The block that was found to be the lead, with the other points of its list."""
    if index < 0 or blocks[index].tag != "li":
        return [index] if index >= 0 else []
    points = blocks[index].element.getparent()
    return [
        i for i in range(index, min(index + POINTS, len(blocks))) if blocks[i].element.getparent() is points
    ]


def _named(blocks: list[Block], body: list[int]) -> list[int]:
    """The blocks named a lead, alone, below short lines that say what the text is or who wrote it."""
    above = takewhile(
        lambda index: blocks[index].size <= BYLINE // 2 and not blocks[index].says & Says.LEAD, body[:FEW]
    )
    text = body[len(list(above)) :]
    named = list(takewhile(lambda index: blocks[index].says & Says.LEAD, text))
    alone = len(named) < len(text) < len(body) and not any(
        blocks[index].says & Says.LEAD for index in text[len(named) :]
    )
    return named if alone and all(_can_be(blocks[index]) for index in named) else []


def _stands_out(block: Block, after: list[Block], *, headed: bool) -> bool:
    """Whether a block between headline and body is set as a lead, or is a sentence above the byline."""
    is_long = block.size > 60
    ended = END.search(block.text) if is_long else block.text.endswith(phrases.ENDS)
    if headed and ended and _is_signed(after):
        return True
    return is_long and (_is_strong(block) or block.tag in HEADINGS)


def _can_be(block: Block, wanted: str = "") -> bool:
    """Whether a block can be a lead at all.

    :param wanted: what the page's description begins with
    """
    told = block.says & Says.LEAD or (wanted and first_letters(block.text, SAME) == wanted)
    least = BRIEFEST if told and block.size < SHORTEST and block.text.endswith(phrases.ENDS) else SHORTEST
    if not least <= block.size <= LONGEST or block.linked > 0.5 or block.text[-1] in CODE:
        return False
    if block.says & (Says.CAPTION | Says.HIDDEN | Says.TAGS | Says.EMBED):
        return False
    folded = block.folded
    return not (
        bylines.is_byline(block.text, folded)
        or block.sells
        or block.relates
        or bylines.CREDIT.match(folded)
        or readers.FORM.match(folded)
        or is_caption(block)
    )


def _tells_of(block: Block, authors: list[str]) -> bool:
    """Whether a block begins with who signs, and is named after it or says so: « Par Ada Roux, juriste. »."""
    name = block.text.removeprefix("Par ")
    return name.startswith(tuple(authors)) and bool(block.says & Says.AUTHOR or name != block.text)


def _run(blocks: list[Block], marked: list[int]) -> list[int]:
    """The marked blocks that stand with the first one, in one box; a subtitle above sentences is none."""
    first = marked[0]
    run = [i for i in marked if i - first < 8 and blocks[i].says & Says.LEAD] or [first]
    above, *below = [(END.search(blocks[i].text), blocks[i].element.getparent()) for i in run]
    is_subtitle = not above[0] and any(ended and box is not above[1] for ended, box in below)
    return run[1:] if is_subtitle else run


def _is_strong(block: Block) -> bool:
    """Whether a block is in bold from end to end."""
    return block.strong >= 0.9 * block.size


def _is_italic(block: Block) -> bool:
    """Whether a block is in italics from end to end."""
    element = block.element
    if len(element) != 1 or (element.text or "").strip():
        return False
    return element[0].tag in {"em", "i"} and not (element[0].tail or "").strip()


def _is_apart(blocks: list[Block], begin: int, body: list[int], wanted: str) -> bool:
    """Whether the first block of the body is set apart from the others as a lead is."""
    first, others = blocks[body[0]], [blocks[i] for i in body[1:]]
    if not _can_be(first):
        return False
    if first.says & Says.LEAD and not any(other.says & Says.LEAD for other in others):
        return True
    alike = bool(wanted) and first_letters(first.text, SAME) == wanted
    prose = [other for other in others if _is_prose(other)]
    if first.size < 60 and not alike:
        return False
    if first.tag in HEADINGS:  # a subhead is no sentence
        near = body[0] - begin <= NEAR or first.size > LONG
        alone = not any(other.tag == first.tag and other.weight for other in others)
        return near and alone and first.text.endswith(phrases.ENDS)
    if way := _is_strong if _is_strong(first) else _is_italic if alike and _is_italic(first) else None:
        return sum(map(way, prose)) * 2 <= len(prose)
    signed = _is_signed(blocks[body[0] + 1 : body[1]])
    apart = (alike or signed) and bool(prose) and (_other_box(first, prose) or _made_apart(first, prose))
    return (alike and signed) or apart or (begin >= 0 and _heads(blocks[begin], first, prose))


def _is_signed(between: list[Block]) -> bool:
    """Whether the line that says who and when is among these."""
    return any(
        one.size < BYLINE
        and not one.says & Says.EMBED
        and not datelines.CLOCK.fullmatch(one.text)  # of an entry of a live page
        and (bylines.is_byline(one.text, one.folded) or datelines.is_date_line(one.text))
        for one in between
    )


def _is_prose(block: Block) -> bool:
    """Whether a block is long enough for a paragraph, and no heading."""
    return block.size > 80 and block.tag not in HEADINGS


def _heads(title: Block, first: Block, prose: list[Block]) -> bool:
    """Whether a sentence stands in what holds the headline, and all the text after it in a box of its own.

    Some papers set no full stop after a lead.
    """
    is_long = first.size > LONG and not _HOUR.search(first.text)  # no subhead, and no byline
    if first.size <= 60 or not (is_long or first.text.endswith(phrases.ENDS)):
        return False
    around = set(title.element.iterancestors())
    holders = {one.element for one in prose}
    if first.element in holders:
        return False
    if len(holders) > 1:  # paragraphs, not lines of one box
        holders = {parent for one in holders if (parent := one.getparent()) is not None}
    home = first.element.getparent()
    if len(holders) == 1 and home is not None and len(home) == 1 and not first.links:
        home = home.getparent()  # a box of its own there, where the text has one for all
    return len(prose) > 1 and home in around and around.isdisjoint(holders)


def _made_apart(first: Block, prose: list[Block]) -> bool:
    """Whether a block is a sentence and made as none of the paragraphs after it."""
    return END.search(first.text) is not None and make(first) not in {None, *map(make, prose)}


def _other_box(first: Block, prose: list[Block]) -> bool:
    """Whether a block stands in another container than the paragraphs after it, which have not one each."""
    mine = first.element.getparent()
    holders = [holder for other in prose if (holder := other.element.getparent()) is not None]
    if mine is None or mine in holders:
        return False
    made = (mine.tag, mine.get("class"), mine.getparent())
    alike = {one for one in holders if (one.tag, one.get("class"), one.getparent()) == made}
    return len(alike) < max(2, len(holders) / 2)
