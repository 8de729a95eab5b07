"""How many readers have commented, as a page says it: in its data, or in a line of its own.

How many comments it shows is counted where they are cut.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.extract import authormarks, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.extract.lines import Line
    from crawler.extract.signals import Signals

MOST: Final = 1_000_000  # comments: a larger number is no count
LONGEST: Final = 100  # characters of a line that counts
_COUNTED = re.compile(
    r"(?:^|[·•|(–-] ?|(?:r[ée]agir|(?:voir|lire|afficher) les) )"
    r"(?P<n>\d{1,6}) (?:commentaires?|comments?|r[ée]actions?)(?:\(s\))?\W*(?:$|[·•|])"
    r"|(?:^|\s)(?:commentaires?|r[ée]actions?)(?:\(s\))? ?(?:[(\[]|: ?)(?P<in>\d{1,6})\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\W*(?:aucun commentaire|pas (?:encore )?de commentaires?|soyez l[ea] premi(?:er|[eè]re)(?:\(e\)|·e)? à "
    r"(?:commenter|laisser un commentaire))\b[^.!?]{0,40}\W*$",
    re.IGNORECASE,
)
_HINTS: Final = ("ommenta", "ommente", "omments", "éaction", "eaction")  # one is in every line looked for
_IN_BYTES: Final = tuple(map(str.encode, _HINTS))
_SAYING = etree.XPath(f"descendant::text()[{' or '.join(f'contains(., {hint!r})' for hint in _HINTS)}]")
_LOOSE = re.compile(
    rb"(?:\d |ucun |de |[er)] \xc3\xa0 (?:laisser un )?)[cC]omment|\d [rR](?:\xc3\xa9|e)action"
    rb"|(?:mentaires?|actions?)(?:\(s\))? ?[\[(:]"
)
"""What stands around a hint in any line that counts: lines are only looked at on pages that have it."""

_NEAR: Final = 24  # bytes around a hint that are looked at
_LOOKS: Final = 20  # lines of a page that may count its comments


def read(found: Signals, header: Iterable[Line]) -> int | None:
    """The number of comments that a page gives for its article, None where it says nothing.

    :param header: the lines around the headline; further below all lines that count must say the same
    """
    for value in _declared(found):
        is_count = isinstance(value, (int, float, str)) and str(value).split(".")[0].isdigit()
        if is_count and float(str(value)) < MOST:
            return int(float(str(value)))
    if not _may_count(found.text):
        return None
    above = takewhile(lambda line: len(line.text) <= LONGEST, header)
    hinted = (line for line in above if any(hint in line.text.lower() for hint in _HINTS))
    near = (_number(line.text) for line in hinted if not authormarks.is_apart(line.element))
    if number := next(filter(None, near), 0):
        return number
    numbers = set(_elsewhere(found))
    return numbers.pop() if len(numbers) == 1 else None


def _may_count(text: bytes) -> bool:
    """Whether a text may hold a line that counts."""
    for hint in _IN_BYTES:
        at = text.find(hint)
        for _ in range(_LOOKS):
            if at < 0:
                break
            if _LOOSE.search(text, max(0, at - _NEAR), at + _NEAR):
                return True
            at = text.find(hint, at + 1)
    return False


def _number(text: str) -> int | None:
    """How many comments a line says that there are."""
    if match := _COUNTED.search(text):
        return int(match["n"] or match["in"])
    return 0 if _NONE.match(text) else None


def _elsewhere(found: Signals) -> Iterator[int]:
    """What the lines under and beside the article say, those of other articles left out."""
    for root in (found.body, *found.bars):
        said = found.text_of(root)
        if not any(hint in said for hint in _IN_BYTES):
            continue
        for text in lines.select(_SAYING, root)[:_LOOKS]:
            block = lines.block(text) if len(text) <= LONGEST else None
            if block is None or block.tag == "li" or authormarks.is_apart(block):
                continue
            beside = text.getparent().getparent() if text.is_tail else text.getparent()
            near = (one for one in (block, beside) if lines.length(one) <= 2 * LONGEST)
            told = (text.strip(), *map(lines.line, near))
            yield from islice((number for number in map(_number, told) if number is not None), 1)


def _declared(found: Signals) -> Iterator[object]:
    """What JSON-LD and metas say."""
    yield found.article.get("commentCount")
    counters = found.article.get("interactionStatistic")
    for counter in counters if isinstance(counters, list) else [counters]:
        if isinstance(counter, dict) and "CommentAction" in f"{counter.get('interactionType')}":
            yield counter.get("userInteractionCount")
    yield from found.values("article:comment_count")
