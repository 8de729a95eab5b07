"""The headline of a page that names it nowhere: the large line above its text, as old pages have it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from crawler.extract import bylines, datelines, lines
from crawler.extract.phrases import ENDS, fold
from crawler.extract.shape import saying
from crawler.extract.texts import squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.lines import Line
    from crawler.extract.signals import Signals

NEAR: Final = 10
"""Lines above the text: its headline, lead, day, author, the caption of a picture."""

_FEWEST, _MOST = 3, 30  # words
_MANY: Final = 5  # headings of a kind that are those of a live's entries, or of lists
_ALIKE = etree.XPath("count(//*[@class=$named or @id=$named])")
_NAMED = re.compile(r"(?i)(?<!sur)(?<!sous)(?<!sub)(?<!inter)(?:titre|title|headline)(?!bloc|block|page)")
_SIZE = re.compile(r"\+[1-5]|[4-7]")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})


def above(found: Signals) -> tuple[str, HtmlElement | None]:
    """The largest line above the first paragraph of a page, the nearest of those alike; and what shows it."""
    best: tuple[str, HtmlElement | None] = "", None
    most = 0
    for line in _above(lines.lines(found.body, 500, 300, 4)):
        element = saying(found.body, line.text) if _may_head(line.text, found) else None
        if element is None or (rank := _rank(element, line.text, found)) <= most:
            continue
        if not any(one.tag == "a" and one.get("href") for one in (element, *element.iterancestors())):
            best, most = (line.text, element), rank
    return best


def _above(found: list[Line]) -> list[Line]:
    """The lines above the first paragraph, nearest first; above the longest, where none is long."""
    told = [(len(line.text), -at) for at, line in enumerate(found) if line.text.endswith(ENDS)]
    _, at = next((one for one in told if one[0] > lines.SHORT), max(told, default=(0, 0)))
    return found[max(0, -at - NEAR) : -at][::-1]


def _may_head(text: str, found: Signals) -> bool:
    return (
        _FEWEST <= len(text.split()) <= _MOST
        and text[-1] not in ".:,;"
        and not found.is_outlet(text)
        and not bylines.NAMED.match(text)
        and not bylines.BYLINE.match(fold(text))
        and not datelines.is_date_line(text)
    )


def _rank(element: HtmlElement, text: str, found: Signals) -> int:
    """How large a line is: a heading, named a title, in large letters, in bold; 0 for one like all others."""
    said, top = squash(text), element
    while (around := top.getparent()) is not None and squash(lines.line(around)) == said:
        top = around
    rank = 0
    for one in top.iter():
        if one.tag in _HEADINGS:
            rank = max(rank, 4 * (sum(1 for _ in islice(found.body.iter(one.tag), _MANY)) < _MANY))
        elif _NAMED.search(named := one.get("class") or one.get("id") or ""):
            rank = max(rank, 3 * (_alike(found, named) < _MANY))
        elif one.tag == "big" or (one.tag == "font" and _SIZE.fullmatch(one.get("size", ""))):
            rank = max(rank, 2)
        elif one.tag in {"b", "strong"} and squash(lines.line(one)) == said:
            rank = max(rank, 1)
    return rank


def _alike(found: Signals, name: str) -> float:
    """How many elements have the name of one."""
    return cast("float", _ALIKE(found.body, named=name))
