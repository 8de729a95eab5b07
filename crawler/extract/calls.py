"""Small boxes amid an article: those that end with a button (subscribe, vote, listen, order), and cards."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from crawler.extract import lines, phrases
from crawler.extract.generic import PART
from crawler.extract.phrases import fold
from crawler.extract.summaries import PROSE
from crawler.extract.wording import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block, Blocks

CALL: Final = 700
"""Characters of a box that asks its readers for something."""

LONGEST: Final = 40
"""Characters on a button that asks for money or an address at most."""

BUTTON: Final = 0.9
"""The share of a line in a link from which it is a button."""

SUMMED: Final = 350
"""Characters of the summary in a card."""

LABEL: Final = 30
"""Characters on a button."""

TIME: Final = 10
"""Characters of how long a recording is."""

LINE: Final = 130
"""Characters of a line of such a box: a longer one is a paragraph."""

MOST: Final = 4
"""Lines in it: a heading, a sentence or two, the button."""

ALIKE: Final = 3
"""Boxes made alike that are entries of the article: of a live page, of a list."""

LINKED: Final = 0.5
"""The share of a line in links from which it says nothing itself."""

LOOKS: Final = 50
"""Buttons of one article that are looked at."""

NO_BOX: Final = frozenset({"blockquote", "p", "li", "table", "ul", "ol"})
"""Elements that are parts of a text."""

_GIVE = re.compile(
    r"(?:je (?:m'abonne|donne|soutiens|fais un don|m'inscris)|s'abonner|abonnez-vous|fai(?:re|tes) un don"
    r"|(?:nous )?soutenir|soutenez|donner|je signe|signe[rz]|j'agis"
    r"|inscription(?: gratuite)?|voir tous ses articles"
    r"|(?:je )?découvr(?:e|ir|ez) (?:l'|les |nos |notre )offre)s?\b.{0,25}$"
)
_OURS = re.compile(r"\b(?:nous|notre|nos|vous|votre|vos)\b")
_LEADS_ON = re.compile(r"(?:en savoir plus|voir (?:les|nos) offres|(?:j'en|je) (?:profite|découvre))\W*$")
_ASKS = re.compile(
    r"abonné|\bdons?\b|soutien|soutenez|aidez[- ]|newsletter|inscri|pétition|signature|€|m'abonne|nos offres",
    re.IGNORECASE,
)

_ACTION: Final = re.compile(
    r"(?!partage|copie|imprime|commente|répond|enregistre|agrandi|zoome)"
    r"(?:(?:je |j'|m'|s')\w+|\w{2,}(?:er|ir|re))\b.{0,20}$|en savoir plus\W*$"
)
"""What a button does for who presses it: its first word is a verb."""


def asking(blocks: Blocks, main: int) -> set[int]:
    """The boxes in the article that end with a button to give or subscribe, and ask for it above."""
    home, parents, sizes = blocks.around(main), blocks.parents, blocks.sizes
    found: set[int] = set()
    for button in blocks.items:
        if button.linked <= BUTTON or button.size >= LONGEST:
            continue
        if (gives := _GIVE.match(button.folded)) or _LEADS_ON.match(button.folded):
            box = button.box
            while parents[box] not in home and _may_ask(blocks, parents[box], box):
                box = parents[box]
            asking = blocks.inside(box)
            said = " ".join(one.folded for one in blocks.items if one.box in asking)
            asks = _ASKS if gives else phrases.CALL
            if box not in home and sizes[box] <= CALL and asks.search(said):
                found.update(asking)
    return found


def inviting(blocks: Blocks, main: int) -> set[int]:
    """The boxes in the article that hold a few short lines and end with such a button."""
    buttons = list(islice(_buttons(blocks, main), LOOKS))
    if not buttons:
        return set()
    home = blocks.around(main)
    lines_of: defaultdict[int, list[Block]] = defaultdict(list)
    for block in blocks.items:
        lines_of[block.box].append(block)
    return _few_alike(blocks, {found for box in buttons if (found := _box(blocks, home, box, lines_of))})


def announcing(blocks: Blocks, main: int) -> set[int]:
    """The boxes in the article that announce another one: a picture, and a headline that leads to it."""
    home, within = blocks.around(main), blocks.inside(main)
    heads = (one for one in blocks.items if one.linked > LINKED and one.size > HEADLINE and one.box in within)
    return _few_alike(blocks, {box for head in islice(heads, LOOKS) if (box := _card(blocks, home, head))})


def _card(blocks: Blocks, home: set[int], head: Block) -> int:
    """The small box around a headline with a picture that leads to the same page; 0 if there is none.

    Beside a heading the picture may lead nowhere.
    """
    link = next(head.element.iter("a"), None)
    link = next(head.element.iterancestors("a"), None) if link is None else link
    box = head.box
    while link is not None and box not in home and blocks.sizes[box] <= CALL:
        pictures = blocks.elements[box].iter("img")
        around = [next(one.iterancestors("a"), None) for one in islice(pictures, MOST)]
        if any(one.get("href") == link.get("href") if one is not None else head.is_heading for one in around):
            while _may_hold(blocks, blocks.parents[box], home):
                box = blocks.parents[box]
            inside = blocks.inside(box)
            told = (one for one in blocks.items if one.box in inside and one.linked < LINKED)
            return box if all(one.size < SUMMED for one in told) else 0
        box = blocks.parents[box]
    return 0


def _may_hold(blocks: Blocks, box: int, home: set[int]) -> bool:
    """Whether a box may be that of a card with its summary."""
    return box not in home and blocks.sizes[box] < SUMMED and blocks.elements[box].tag not in NO_BOX


def _buttons(blocks: Blocks, main: int) -> Iterator[int]:
    """The boxes in the article that end with a button, or with a link that is one."""
    within = blocks.inside(main)
    for block in blocks.items:
        if (
            block.size < LABEL
            and block.box in within
            and _ACTION.match(block.folded)
            and (block.linked > BUTTON or _writes(block))
        ):
            yield block.box
    buttons = [one for one in blocks.elements[main].iter("button") if _ACTION.match(fold(lines.line(one)))]
    index = {element: box for box, element in enumerate(blocks.elements)} if buttons else {}
    for button in buttons:
        holder = button.getparent()
        if holder in index and index[holder] in within and _is_last(button):
            yield index[holder]


def _writes(block: Block) -> bool:
    """Whether a line is a link to a mailbox and nothing else."""
    link = next(block.element.iter("a"), None)
    return link is not None and link.get("href", "").startswith("mailto:") and lines.line(link) == block.text


def _is_last(button: HtmlElement) -> bool:
    """Whether no text follows a button in the element around it, but « 24 min »."""
    after = ((button.tail or "").strip(), *map(lines.line, islice(button.itersiblings(), MOST)))
    return sum(map(len, after)) < TIME


def _box(blocks: Blocks, home: set[int], box: int, lines_of: Mapping[int, list[Block]]) -> int:
    """The largest box around a button that holds a few short lines above it; 0 if there is none."""
    found, said = 0, False
    while box > 0 and box not in home and blocks.sizes[box] <= MOST * LINE:
        held = [block for inside in blocks.inside(box) for block in lines_of.get(inside, ())]
        if len(held) > MOST or any(block.size > LINE for block in held) or blocks.elements[box].tag in NO_BOX:
            break
        found, box = box, blocks.parents[box]
        said = any(block.linked < LINKED for block in held)
    return found if said else 0


def _few_alike(blocks: Blocks, found: set[int]) -> set[int]:
    """Those of some boxes of which few are made alike in one, with all boxes in them."""
    elements = {box: blocks.elements[box] for box in found}
    made = {box: (one.tag, one.get("class"), blocks.parents[box]) for box, one in elements.items()}
    often = Counter(made.values())
    return {inside for box in found if often[made[box]] < ALIKE for inside in blocks.inside(box)}


def _may_ask(blocks: Blocks, box: int, within: int) -> bool:
    """Whether a box is small, no part of the text, and adds no paragraph of it to what asks within."""
    if blocks.sizes[box] > CALL or blocks.elements[box].tag in PART:
        return False
    around, known = blocks.inside(box), blocks.inside(within)
    added = (one for one in blocks.items if one.box in around and one.box not in known)
    told = (one.folded for one in added if one.size > PROSE)
    return all(_ASKS.search(text) and _OURS.search(text) for text in told)
