"""Lines anywhere on a page, found by a hint: a part of a word that each of them has, and few pages."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from crawler.extract import lines
from crawler.extract.lines import Line
from crawler.extract.markup import CAMEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_HINTS: Final = (
    "ublié", "édigé", "crit par", "ecueilli", "is en ligne", "osté", "réé", "is à jour", "oumis par",
    "rticle paru",
)  # fmt: skip
_LABELS: Final = {
    "uteur": (b"uteur:", b"uteur :", b"uteurs :", b"utrice :", b"uteur(s)"),
    "exte": (b"exte:", b"exte :", b"extes :", b"photos :"),
    "édact": (b"daction :", b"dacteur :", b"dactrice :"),
}
_BYLINE = re.compile(  # looking at a word's first letter first makes it three times faster
    r"(?=[uéceiorPp])(?:"
    r"(?:ublié|édigé|crit|ecueilli|is en ligne|osté|réé|is à jour|rticle paru)[^.!?]{0,60}?(?:\d{1,2}[/.-]\d|"
    r"\d{1,2}(?:er)? [^\W\d]{3,9}\.? \d{4}|par (?:: ?)?[^\W\d])|"
    r"oumis par [A-ZÀ-Ý]|"
    r"ut(?:(?:eure?s?|rice) ?:|eur\(s\)) ?[A-ZÀ-Ý]|"
    r"édact(?:ion|eur|rice) : [A-ZÀ-Ý]|extes?(?: et photos?)? ?: ?[A-ZÀ-Ý]|"
    r"\b[Pp]ar (?:[A-ZÀ-Ý][\w.'’-]* ?){1,4})"
)
_SIGNED: Final = tuple(  # a name follows; two patterns that begin with a letter are faster than one with two
    re.compile(word + rb" (?:[A-Z]|\xc3[\x80-\x9e])") for word in (b"par", b"Par")
)
_POSTED = re.compile(
    r"\W*(?:Cette (?:entrée|publication)|Cet article|Ce (?:billet|contenu)) a été "
    r"(?P<how>(?:publi|post|ajout|rédig)ée?)(?: dans [^.!?]{2,80}?)??(?:,? et marquée? [^.!?]{2,120}?,?)??"
    r"(?P<when>,? (?:le|par) [^.!?]*)"
)
"""What blogs say below an article: « Cette entrée a été publiée dans Vie, le 3 mai 2024 par Ada Roux. » """
_CONTAINING = etree.XPath("descendant-or-self::text()[contains(., $hint)]")
_BEGINNING = etree.XPath(
    "descendant-or-self::text()[contains(., 'ar')]"
    "[starts-with(normalize-space(.), 'Par') or starts-with(normalize-space(.), 'par ')]"
)
_MOST: Final = 12  # places in a text that are looked at for one hint
_PAR: Final = ("Par ", "par ")
_LINES: Final = 40  # blocks of an element in which a line is looked for
_NEAR: Final = 170  # bytes around a hint that a phrase is looked for in


def hints(text: bytes) -> list[str]:
    """The beginnings of bylines that stand in the text of a page: most pages have none."""
    found = [hint for hint in _HINTS if may_say(text, (hint.encode(),), _BYLINE)]
    found += [hint for hint, labels in _LABELS.items() if may_say(text, labels, _BYLINE)]
    return [*found, "Par"] if any(pattern.search(text) for pattern in _SIGNED) else found


def elsewhere(roots: Iterable[tuple[HtmlElement, bytes]], hints: Iterable[str]) -> list[Line]:
    """The short lines under some elements that begin as bylines do: papers also sign and date below the text.

    :param roots: the elements, each with its text
    :param hints: what is looked for, see :func:`hints`
    """
    found: list[Line] = []
    seen: set[HtmlElement] = set()
    long: set[HtmlElement] = set()  # boxes with more than a byline in them
    for root, said in roots:
        for hint in hints:
            if hint.encode() not in said and not (hint == "Par" and b"par " in said):
                continue
            texts = _BEGINNING(root) if hint == "Par" else _CONTAINING(root, hint=hint)
            for text in cast("list[Any]", texts)[:40]:
                element = _holder(text, hint, seen, long)
                if element is None or element in seen:
                    continue
                seen.add(element)
                words = lines.line(element)
                if hint == "Par" and (root.tag != "body" or words.startswith(_PAR)):  # else a card's, perhaps
                    words = _beginning(element) or words
                if words.startswith("Ce") and (posted := _POSTED.match(words)):
                    words = posted["how"] + posted["when"]
                if len(words) <= lines.SHORT:
                    found.append(Line(element, words))
    return found


def _beginning(element: HtmlElement) -> str:
    """The line of an element in several that begins as a byline does, "" where there is none."""
    if not any(one.tag in lines.BLOCKS for one in islice(element.iterdescendants("*"), _MOST)):
        return ""
    told = (line.text for line in lines.lines(element, _LINES))
    return next((text for text in told if text.startswith(_PAR) and " " in text[4:]), "")


def _holder(
    text: etree._ElementUnicodeResult, hint: str, seen: set[HtmlElement], long: set[HtmlElement]
) -> HtmlElement | None:
    """What holds the line of a text: its block, or the last element of one with paragraphs."""
    block = lines.block(text)
    if block is None or block in seen or block.tag in {"body", "form"}:
        return None
    if block not in long and not _is_long(block):
        return block
    long.add(block)
    return _below(text, block) if hint != "Par" else None


def _is_long(element: HtmlElement) -> bool:
    """Whether an element holds more than a byline."""
    return lines.length(element) > 4 * lines.SHORT or len(lines.line(element)) > lines.SHORT


def _below(text: etree._ElementUnicodeResult, block: HtmlElement) -> HtmlElement | None:
    """The last element of a box of text, below its paragraphs: « </p><span>Posté par Ada Roux</span> »."""
    element = text.getparent()
    while element is not None and not text.is_tail and element.getparent() is not block:
        element = element.getparent()
    if element is None or element is block or (element.tail or "").strip() or element.getnext() is not None:
        return None
    above = element.getprevious()
    while above is not None and not (above.tail or "").strip() and not lines.line(above):
        above = above.getprevious()  # an anchor, an empty line
    is_below = above is not None and above.tag in lines.BLOCKS and not (above.tail or "").strip()
    return element if is_below else None


def may_say(text: bytes, hints: Iterable[bytes], pattern: re.Pattern[str]) -> bool:
    """Whether a pattern is found near one of its hints: a cheap look that most pages fail.

    :param text: in UTF-8, spaces single
    """
    for hint in hints:
        at = text.find(hint)
        for _ in range(_MOST):
            if at < 0:
                break
            near = text[max(0, at - _NEAR) : at + _NEAR].decode("utf-8", "ignore")
            if pattern.search(CAMEL.sub(" ", near)):
                return True
            at = text.find(hint, at + len(hint))
    return False
