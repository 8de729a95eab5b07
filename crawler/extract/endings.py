"""How a text ends: with its last sentence, or the last line of a list, not with what heads nothing."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract import agency, people, readers
from crawler.extract.phrases import ENDS
from crawler.extract.places import kind_of
from crawler.extract.wording import END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block

LINES: Final = 300  # of a list, that are looked at
ROWS: Final = 4
"""Lines that are a list, and no signature."""

BIO: Final = 400
"""Characters of a line that says who the author is."""

LINE: Final = 60  # of a line with names

ADDRESS: Final = 100  # of a line with an author's name and address

MARK: Final = 8  # characters of a line that says that a text is over

_OVER = re.compile(r"[-–—] ?30 ?[-–—]")  # of press releases in Canada: whom to ask stands below
_IS = re.compile(  # « Ada Roux est batelière et vit à Orne. »
    r" (?:est|était|écrit|couvre|suit|dirige|enseigne|travaille|collabore|anime|tient|vit|publie|"
    r"a (?:été|publié))\b"
)

_ASKS_READERS = re.compile(
    r"(?:et (?:vous|toi)\b|(?:qu'en|que) pensez-vous\b|vous avez (?:une|des) informations?\b)[^.!?]*\?\W*$"
)

_NAMES = re.compile(  # « Ada Roux-V. », « Ada Roux (avec AFP) »
    r"(?:[A-ZÀ-Ý][\w'’.-]* ){1,3}[A-ZÀ-Ý][\w'’.-]*(?: \([^()]{2,40}\))?\.?"
)
_SIGNED = re.compile(  # two names, or one and a paper or place: « Ada Roux, Le Fleuve »; or one in brackets
    r"[(\[](?:[A-ZÀ-Ý][\w'’.-]* ){1,3}[A-ZÀ-Ý][\w'’-]+[)\]]|"
    r"(?:[A-ZÀ-Ý][\w'’-]+ ?){2,4}(?:(?:(?<= )et|,)(?: [A-ZÀ-Ý][\w'’-]+){2,4}|"
    r" ?[,/] ?(?:L[ae]s? |L['’]|à |en |aux? )[A-ZÀ-Ý][^,.!?]{2,30}|(?<= )\([^()]{3,40}\))"
)
_PAPER = re.compile(r"\((?:[A-ZÀ-Ý]{2,8}|[a-z]{2,4}|[\w'’. -]{2,20}(?:/[\w'’. -]{2,20}){1,3})\)\W*$")
"""« (ats/Fleuve) », « (arx) »"""

_STAMP = re.compile(  # « [ar nv 12/03/2019 10:30] »: who wrote, who read it again, and when
    r"[(\[](?:[a-z]{2,4} ){1,5}\d[\d/.-]{5,9}(?: \d\d?[:h]\d\d)?[)\]]"
)
_STROKES = re.compile(r" [–—|-] | ?/ ?")
_WITH: Final = ("Avec ", "avec ", "(Avec ", "(avec ")
_AND = re.compile(r", | et |/")
_NOTE = re.compile(  # below the signature too: « Correction : … », « (1) … »
    r"\W*(?:corrections?|errat(?:um|a)|rectificatif|précisions?|mise? à jour|"
    r"(?:note|nota|ndlr)\b[^:]{0,30}) ?[:,]|(?:[*↑]|[\[(]?\d{1,2} ?[\]).\s])"
)
_SOURCE = re.compile(r"sources? ?: ")  # who had the text first, below the name of who wrote it


def over(items: list[Block], begin: int, end: int) -> int:
    """Where a line says that the text is over, among some blocks; their end if none does."""
    short = (index for index in range(begin, end) if items[index].size < MARK)
    return next((index for index in short if _OVER.fullmatch(items[index].text)), end)


def trimmed(items: list[Block], kept: list[int], authors: Iterable[str] = ()) -> list[int]:
    """Without headings that head nothing at the end, that of a thread of comments among them.

    :param authors: of the text: who they are and how to reach them stands below it
    """
    names = tuple(authors)
    told = Counter(items[i].tag for i in kept if items[i].weight)  # sentences over pictures may be headings
    while kept:
        last = items[kept[-1]]
        presents = len(kept) > 1 and (_presents(last.text, names) or _stars(items, kept, names))
        if not presents and (
            not _heads_nothing(last, told[last.tag], alone=len(kept) == 1)
            or _lists(items, kept)
            or _ends_part(items, kept)
        ):
            break
        kept.pop()
    notes = sum(1 for _ in takewhile(lambda one: _NOTE.match(one.folded), _back(items, kept)))
    while 1 < (above := len(kept) - notes) < len(kept) and _signs(items[kept[above - 1]]):
        del kept[above - 1]
    return kept


def _signs(block: Block) -> bool:
    """Whether a line amid or below a text is who wrote it: names, a paper, an agency."""
    text = block.text
    if block.is_heading or block.size > LINE:
        return False
    if _NAMES.fullmatch(text):
        return True
    ended = END.search(text) and not text.rstrip(".").endswith((")", "]"))
    return not ended and any(
        (_SIGNED.fullmatch(text), _PAPER.match(text), _STAMP.fullmatch(text), agency.of_last_line(text))
    )


def _presents(text: str, names: tuple[str, ...]) -> bool:
    """Whether a text begins with who wrote the article and what they do, or has their name and address."""
    if "@" in text and len(text) < ADDRESS:
        return any(name in text for name in names)
    small = text.casefold() if len(text) < BIO else ""  # all of it may be in capitals
    name = next((name for name in map(str.casefold, names) if small.startswith(name)), "")
    return bool(name) and _IS.match(small, len(name)) is not None


def _stars(items: list[Block], kept: list[int], names: tuple[str, ...]) -> bool:
    """Whether the last block says who the author is, whose name has a star above: "* Batelière à Orne"."""
    text = items[kept[-1]].text
    if text[0] != "*" or len(text) > BIO or any("*" in items[index].text for index in kept[:-1]):
        return False
    above = (one.text for one in items[: kept[-1]] if one.text.endswith("*"))
    return any(name in one for one in above for name in names)


def begun(items: list[Block], kept: list[int], authors: Iterable[str]) -> list[int]:
    """Without a first line of a text that is its author and a desk or place: « AA / Orne / Ada Roux »."""
    if len(kept) < 2 or items[kept[0]].size > ADDRESS or items[kept[1]].size < ADDRESS:
        return kept
    first = items[kept[0]]
    parts = _STROKES.split(first.text)
    ends = {parts[0], parts[-1]} if len(parts) > 1 and not first.text.endswith(ENDS) else set()
    return kept[1:] if not first.is_heading and not ends.isdisjoint(authors) else kept


def _credits(text: str) -> bool:
    """Whether a text says with whom it was written: « Avec Ada Roux et l'AFP. »; actors come without one."""
    every = _AND.split(text.strip("(). ")[len("Avec ") :])
    others = [one for one in every if not agency.is_agency(one)]
    return len(others) < len(every) and all(map(people.is_full, others))


def _lists(items: list[Block], kept: list[int]) -> bool:
    """Whether the last blocks are lines of one list, table or paragraph: signatories, ingredients, scores.

    A list of tools or topics stands below the text, in no box with a paragraph; two or three lines of one
    paragraph may sign.
    """
    last = items[kept[-1]]
    holder = _holder(last)
    lines = takewhile(lambda one: _holder(one) is holder and not one.text.endswith(ENDS), _back(items, kept))
    if len(list(islice(lines, ROWS))) < ROWS - (last.tag in {"li", "tr"}):
        return False
    above = next((one.element.getparent() for one in _back(items, kept) if one.tag != "li"), None)
    return last.tag != "li" or holder.getparent() is above


def _ends_part(items: list[Block], kept: list[int]) -> bool:
    """Whether a line made as the last one ends most parts above headings: who wrote each of some letters."""
    last = items[kept[-1]]
    if last.is_heading:
        return False
    ends = [items[one] for one, below in pairwise(kept[-LINES:]) if items[below].is_heading]
    alike = (one for one in ends if one.size < LINE and kind_of(one) == kind_of(last))
    return 0 < len(ends) <= 2 * sum(not one.text.endswith(ENDS) for one in alike)


def _back(items: list[Block], kept: list[int]) -> Iterator[Block]:
    """The blocks of a text from the last one up, as far as a list is looked at."""
    return (items[index] for index in islice(reversed(kept), LINES))


def _holder(block: Block) -> HtmlElement:
    """The outermost list or table around a line, else its element: ``<br>`` may part it in lines."""
    tags = {"li": ("ul", "ol"), "tr": ("table",)}.get(block.tag, ())
    return [block.element, *(block.element.iterancestors(*tags) if tags else ())][-1]


def _heads_nothing(last: Block, alike: int, *, alone: bool) -> bool:
    """Whether the last block of a text is a heading, by its tag or its words, or asks its readers.

    :param alike: how many sentences have its tag
    :param alone: it is all the text
    """
    ended = END.search(last.text) and not _NAMES.fullmatch(last.text)
    unended = last.size < (60 if _SOURCE.match(last.folded) else 30) and not ended
    signed = _signs(last)
    told = last.size < 2 * ADDRESS and last.text.startswith(_WITH) and _credits(last.text)
    asks = last.size < 150 and _ASKS_READERS.match(last.folded)
    heads = last.is_heading and not (last.weight and (alike > 1 or alone))
    return bool(heads or unended or signed or told or asks) or readers.is_thread_heading(last.folded)
