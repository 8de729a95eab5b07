"""The entries of a thread of readers' comments, told by their marks."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from crawler.extract import readers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extract.blocks import Block

ENOUGH: Final = 250
"""Characters of prose that are more than a comment's first lines."""

GAP: Final = 30
"""Blocks between two marks of one thread at most: a long comment has many paragraphs."""

SOON: Final = 4
"""Blocks from a heading to the first entry below it: a count, a picture's text, a way to sort."""

LONGEST_MARK: Final = 200
"""Characters of a mark: a longer line is a sentence of the article."""

SAYING: Final = 20
"""Characters that are said beside a name and date at least."""

NAME: Final = 40
"""Characters of a reader's name, with the age of the comment."""

HEADED: Final = 25
"""Characters of a name that is a heading and a link: a longer one leads to another text."""

FEWEST: Final = 10
"""Characters that are said after a name on its line."""

ABOVE: Final = 8
"""Blocks from the date of a comment to the button below it at most."""

MARKS: Final = (readers.STAMP, readers.BUTTON, readers.FORM, readers.DATED, readers.GLUED)


def chain(blocks: Sequence[Block], folded: Sequence[str], start: int) -> list[int]:
    """A block and the marks of a thread that follow it, each near the one before.

    :param folded: the blocks in small letters, "" where they are long or stand before the thread
    """
    found, kin = [start], ""
    for index in range(start + 1, len(folded)):
        if index - found[-1] > GAP:
            break
        text = folded[index]
        if not text or len(text) >= LONGEST_MARK or not _is_mark(text):
            continue
        if is_dated(text):
            stands = place(blocks[index])
            if not _opens_entry(blocks, text, found, index, kin):
                continue
            kin = stands
        found.append(index)
    return found


def is_dated(text: str) -> bool:
    """Whether a line says who wrote when."""
    has_day = readers.DATED.match(text) and not readers.BUTTON.match(text)  # « J'aime · Répondre · 2 j »
    return bool(readers.STAMP.match(text) or has_day)


def _is_mark(text: str) -> bool:
    """Whether a short line belongs to a thread or its form; what is brought up to date is an article."""
    changed = "mis à jour" in text or text.startswith(("modifié le", "actualisé le"))
    return not changed and any(mark.match(text) for mark in MARKS)


def _opens_entry(blocks: Sequence[Block], text: str, found: list[int], index: int, kin: str) -> bool:
    """Whether a date is that of a comment: with somebody's name, and something said beside it.

    A day without an hour, which lists and chronologies have too, must stand as those before it, soon below
    the heading; below one that is not a thread's beyond doubt, a name on its line must come before all that
    is said, since what comes after is whom an article quotes.
    """
    head, stands = found[0], place(blocks[index])
    is_bare = readers.BARE.match(text) is not None
    if is_bare and not _is_signed(blocks, head, index):
        return False
    if not readers.STAMP.match(text):
        late = len(found) == 1 and prose(blocks[head:index]) > ENOUGH and not readers.REPLY.match(text)
        if late or kin not in ("", stands) or blocks[index].is_heading:
            return False
        quotes = len(found) == 1 and _say(blocks[head + 1 : index], SAYING)
        if quotes and not is_bare and not readers.OWN.match(blocks[head].folded):
            return False
    # "lol" is a comment right below the heading, and where another one stood like it
    least = 1 if stands == kin or index - head <= SOON else SAYING
    below, above = blocks[index + 1 : index + 4], blocks[max(index - 2, head + 1) : index]
    around = blocks[max(index - 3, head + 1) : index + 2]
    return (_say(below, least) or _say(above, SAYING)) and not _lead_away(around)


def _is_signed(blocks: Sequence[Block], head: int, index: int) -> bool:
    """Whether a date without a name has one beside it, and heads no paragraph."""
    block = blocks[index]
    if block.is_heading or block.strong > 0.8 * block.size:
        return False
    beside = (*blocks[max(index - 1, head + 1) : index], *blocks[index + 1 : index + 3])
    named = [one for one in beside if one.size > 1][:2]  # a letter stands for a picture
    return any(one.size < NAME and not is_dated(one.folded) for one in named)


def _lead_away(blocks: Sequence[Block]) -> bool:
    """Whether one of some blocks is the headline of another text: the date beside it is that text's."""
    return any(one.linked > 0.8 and one.size > (HEADED if one.is_heading else NAME) for one in blocks)


def _say(blocks: Sequence[Block], least: int) -> bool:
    """Whether one of some blocks is what a reader says: so long, no link, no other date."""
    return any(
        one.size >= least and one.linked < 0.3 and not (one.size < NAME and is_dated(one.folded))
        for one in blocks
    )


def prose(blocks: Sequence[Block]) -> int:
    """Characters of the paragraphs among some blocks."""
    return sum(block.size for block in blocks if block.size > 120 and block.linked < 0.3)


def place(block: Block) -> str:
    """The tags of the elements in which a block stands, up to the third."""
    return "/".join(str(one.tag) for one in (block.element, *islice(block.element.iterancestors(), 2)))


def answered(blocks: Sequence[Block], marks: Sequence[int], least: int = SAYING) -> list[int]:
    """Those of some buttons that stand below something said since the mark above; the first is a heading."""
    return [
        mark
        for above, mark in pairwise(marks)
        if _say([one for one in blocks[above + 1 : mark] if one.tag != "button"], least)
    ]


def replied(blocks: Sequence[Block], folded: Sequence[str]) -> list[int]:
    """The first lines of comments that no heading stands over: each has the button to reply below it.

    It is the date, or else a short line, such as a name, with something said below.
    """
    buttons = [i for i, text in enumerate(folded) if "répondre" in text or "reply" in text]
    found: list[int] = []
    for above, button in pairwise([-1, *(i for i in buttons if readers.BUTTON.match(folded[i]))]):
        near = [i for i in range(button - 1, max(above, button - ABOVE), -1) if folded[i]]
        dated = [i for i in near if is_dated(folded[i])]
        named = [i for i in near if blocks[i].size <= NAME and _say(blocks[i + 1 : button], SAYING)]
        found += (dated or named)[:1]
    return found if len(found) > 1 else []


def signed(blocks: Sequence[Block], folded: Sequence[str]) -> list[int]:
    """The names with a moment of comments that nothing else gives away: at least two, made alike."""
    marks = [
        i
        for i, text in enumerate(folded)
        if ((readers.MACHINE.match(text) and not tells_of_paper(text)) or readers.NUMBERED.match(text))
        and _say(blocks[i + 1 : i + 3], SAYING)
    ]
    kin = place(blocks[marks[-1]]) if marks else ""
    found = [i for i in marks if place(blocks[i]) == kin and blocks[i].linked < 0.5]
    apart = any(below - above > GAP for above, below in pairwise(found))
    return found if len(found) > 1 and not apart else []


def tells_of_paper(text: str) -> bool:
    """Whether a line says when an article appeared, rather than when a reader wrote."""
    return text.startswith(_PAPERS)


_PAPERS: Final = ("publié", "par ", "mis", "modifié", "créé", "actualisé", "le ")


def begun(blocks: Sequence[Block], stamp: int) -> int:
    """Where the comment with a date begins: at the name above it, if that has a line of its own."""
    above = blocks[stamp - 1]
    is_name = above.size <= NAME and not above.is_heading
    return stamp - (is_name and place(above) == place(blocks[stamp]))
