"""Readers' comments without lines that only they have: entries made alike, under a heading, over buttons."""

from __future__ import annotations

import re
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract import readers
from crawler.extract.phrases import DAY, HOUR, any_of
from crawler.extract.prune import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block

SOON: Final = 4
"""Blocks from a heading to the first entry below it: a count, a picture's text, a way to sort."""

GAP: Final = 30
"""Blocks of one comment at most."""

NAME: Final = 40
"""Characters of a reader's name, with the age of the comment."""

LEVELS: Final = 4
"""Elements around the first block below a heading among which the entry is looked for."""

DEEPEST: Final = 30
"""Elements around a block that are looked at: comments that answer each other stand deep."""

LINE: Final = 100
"""Characters of a line that says who and when."""

ABOVE: Final = 8
"""Blocks from the date of a comment to the button below it at most."""

MONTH: Final = (
    r"(?:janv(?:ier)?|févr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|sept?(?:embre)?|oct(?:obre)?"
    r"|nov(?:embre)?|déc(?:embre)?)"
)

_FIGURE = re.compile(r"\d")

LOOSE: Final = any_of(
    rf".{{0,60}}?(?<!\d)\d{{1,2}}(?:er)? {MONTH}\.?(?: \d{{4}})?(?:[ ,|à•·-]{{1,4}}{HOUR})?\W*$",
    rf".{{0,60}}?(?<![\d/.-]){DAY}\W*$",
    r".{0,40}?\d{1,2} ?(?:h|j|d|w|min|sem|mois|ans?|jours?|heures?|semaines?)\W*$",
)
"""A day without an hour, or an age: what many lines say, and only several alike below a heading tell."""

ALONE: Final = re.compile(rf"(?:le )?(?:{DAY}|\d{{1,2}}(?:er)? {MONTH}|\d+ ?[a-z]+\W*$)")
"""The same without a name before it."""

OPENING: Final = any_of(
    rf"[^.!?]{{1,50}}?(?<!\d){DAY}[ ,|à•·-]{{1,4}}{HOUR}",
    rf"[^.!?]{{1,50}}?(?:hier|aujourd'hui),?(?: à)? {HOUR}",
    r"[^.!?]{1,50}?il y a (?:\d+|un|une) (?:an|mois|semaine|jour|heure|h|minute|min)",
)
"""How an entry begins that is one block: who and when, and at once what is said."""

SURE: Final = re.compile(
    r"(?!(?:laisse|poste|ajoute|écri|publie|enregistre|dépose)\w* |voir |lire |afficher |commente[rz])"
    r"(?:.*(?:commentaire|comments|vos (?:réactions|avis|contributions|opinions|messages)|\d réactions)"
    r"|.*\(\d+\)\W*$)"
)
"""A heading below which anything made of names and texts is a thread; a button says what to do."""

LOW: Final = frozenset({"h4", "h5", "h6"})
"""Headings that a name may stand in: those above head parts of an article."""


def below(blocks: Sequence[Block], folded: Sequence[str], head: int) -> list[int]:
    """The first blocks of the entries below the heading of a thread: at least two made alike, or none.

    :param folded: the blocks in small letters, "" where they are long or stand before the thread
    """
    dated = _alike(blocks, head, lambda index: _is_dated(blocks, folded, head, index))
    found = dated or _alike(blocks, head, lambda index: _opens(blocks[index]))
    if not found and SURE.match(folded[head]):
        found = _named(blocks, head)
    return [] if found and any(one.heads_link for one in blocks[head : found[-1]]) else found


def _is_dated(blocks: Sequence[Block], folded: Sequence[str], head: int, index: int) -> bool:
    """Whether a line gives the day of a comment: with who wrote it, or below a name."""
    text = folded[index]
    if len(text) > LINE or not _FIGURE.search(text) or not LOOSE.match(text):
        return False
    above = blocks[index - 1]
    is_below_name = index - 1 > head and above.size <= NAME and not above.is_heading
    return is_below_name or not ALONE.match(text)


def _alike(blocks: Sequence[Block], head: int, test: Callable[[int], bool]) -> list[int]:
    """The blocks that pass and stand as the first of them, soon below the heading, none far from the last."""
    first = next(filter(test, range(head + 1, min(len(blocks), head + 1 + SOON))), None)
    if first is None:
        return []
    kin, found = place(blocks[first]), [first]
    for index in range(first + 1, min(len(blocks), first + 10 * GAP)):
        if index - found[-1] > GAP:
            break
        if blocks[index].linked <= 0.5 and test(index) and place(blocks[index]) == kin:
            found.append(index)
    found = [i for i in found if all(one.linked < 0.3 for one in blocks[i + 1 : i + 2])]
    return found if len(found) > 1 else []


def place(block: Block) -> str:
    """The tags of the elements in which a block stands, up to the third."""
    return "/".join(str(one.tag) for one in (block.element, *islice(block.element.iterancestors(), 2)))


def _opens(block: Block) -> bool:
    """Whether a block begins with an element that names who, and says when."""
    element = block.element
    begins = len(element) > 0 and not (element.text or "").strip()
    return begins and bool(_FIGURE.search(block.text[:LINE]) and OPENING.match(block.folded))


def _named(blocks: Sequence[Block], head: int) -> list[int]:
    """The entries among which the first block below a heading stands: each begins with a name."""
    for first in range(head + 1, min(len(blocks), head + SOON)):
        for element in islice((blocks[first].element, *blocks[first].element.iterancestors()), LEVELS):
            entries = takewhile(lambda one: _is_entry(blocks, one), _entries(blocks, head, element))
            if len(found := [entry[0] for entry in entries]) > 1:
                return found
    return []


def _entries(blocks: Sequence[Block], head: int, element: HtmlElement) -> Iterator[list[int]]:
    """The blocks below a heading in an element and in the next ones that are called as it is."""
    holder, kind = element.getparent(), (element.tag, element.get("class"))
    found: list[int] = []
    latest = None
    for index in range(head + 1, min(len(blocks), head + 10 * GAP)) if holder is not None else ():
        around = (blocks[index].element, *islice(blocks[index].element.iterancestors(), DEEPEST))
        entry = next((one for one in around if one.getparent() is holder), None)
        if entry is None:
            break
        if entry is not latest and (entry.tag, entry.get("class")) == kind:
            if found:
                yield found
            found, latest = [index], entry
        elif len(found) > GAP:
            return
        elif found:  # also a text beside its name, as in lists of terms
            found.append(index)
    if found:
        yield found


def _is_entry(blocks: Sequence[Block], indices: list[int]) -> bool:
    """Whether blocks are a name and what it says, in as many blocks or in one."""
    first, *others = entry = [blocks[i] for i in indices]
    if (first.is_heading and first.tag not in LOW) or any(one.linked > 0.5 for one in others):
        return False
    if others:
        said, name = max(one.size for one in entry), min(first.size, others[-1].size)
        return name <= NAME and said > NAME / 2 and said > name
    element = first.element
    if (element.text or "").strip() or not len(element):
        return False
    return 0 < len(text_of(element[0])) <= NAME < first.size and not first.links


def replied(folded: Sequence[str]) -> list[int]:
    """The dates of comments that no heading stands over: each has the button to reply below it."""
    buttons = [i for i, text in enumerate(folded) if text.startswith(("répondre", "reply"))]
    found: list[int] = []
    for above, button in pairwise([-1, *(i for i in buttons if readers.BUTTON.match(folded[i]))]):
        near = range(button - 1, max(above, button - ABOVE), -1)
        found += islice((i for i in near if folded[i] and readers.STAMP.match(folded[i])), 1)
    return found if len(found) > 1 else []


def begun(blocks: Sequence[Block], stamp: int) -> int:
    """Where the comment with a date begins: at the name above it, if that has a line of its own."""
    above = blocks[stamp - 1]
    is_name = above.size <= NAME and not above.is_heading
    return stamp - (is_name and place(above) == place(blocks[stamp]))
