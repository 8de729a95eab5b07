"""Lines that tell when an article appeared, rather than being sentences with a date in them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from crawler.extract import dates, dateshapes
from crawler.extract.entries import place
from crawler.extract.phrases import DAY, MONTH, WEEKDAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from crawler.extract.blocks import Block
    from crawler.extract.dates import When

_COUNT = re.compile(r"\d(?:er?|eme)?\b[^\d:h]*[^\W\d_]{3,}")  # « 03rives » is a paper's name
_SIGNED = re.compile(
    r"^(?:[^/|\d]{2,25} ?[/|] ?)?(?:par|by|redige|ecrit|publie|poste|(?:propos )?recueillis? par|"
    r"de (?:notre|nos) (?:corr|envoy)\w+|"
    r"une? (?:article|enquete|reportage|texte|recit) (?:de|par)) ?:? "
)
_LABELLED = re.compile(
    r"\b(?:publi|post|mis(?:e)? (?:en ligne|a jour)|modifi|actualis|paru|redig|ecrit|cree|maj\b|"
    r"update|le (?:lun|mar|mer|jeu|ven|sam|dim))"
)
AGO = re.compile(
    r"\W*(?:(?:[A-ZÀ-Ý][\w'’ -]{2,40} ?[-–—|·•,]|par [\w'’. -]{3,60}) )?"
    r"(?:(?:publi|post|mis en ligne)\w* )?(?:il y a|hier|avant-hier|aujourd.hui)\b[^.!?]{0,50}"
    r"(?:\b(?:mise? à jour|modifié|actualisé)[^.!?]{0,40})?$",
    re.IGNORECASE,
)
CHANGED = re.compile(r"\b(?:mise? à jour|modifié|actualisé)", re.IGNORECASE)
"""What follows is when an article was changed, in a line that :data:`AGO` has matched."""
CHANGED_AGO = re.compile(r"\W*(?:mise? à jour|modifié|actualisé) il y a [^.!?]{3,30}", re.IGNORECASE)
AT_CLOCK = re.compile(r",? à \d{1,2} ?[:h] ?\d{2}\W*$")
CLOCK = re.compile(r"\W*\d{1,2} ?[:h] ?\d{2}\W*$")
"""The hour on a line of its own, below the day."""
PLACED = re.compile(
    r"(?:[A-ZÀ-Ý][\w'’ -]{2,30}(?: \([\w -]{2,30}\))?, (?:le )?"
    r"(?P<day>\d{1,2}(?:er)? [^\W\d]+ \d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{4}) ?[–—:-] |"
    r"(?P<figures>\d{1,2}[/.]\d{1,2}[/.]\d{2,4}) ?[–—-] (?=[A-ZÀ-Ý«\"“]))"
)
"""What begins with its place and day, or day: « Sainte-Orne, le 3 mai 2024 – Le bac », « 3/5/24 - Le … »."""
_ACT = re.compile(r"Fait (?:à|au|en|le)\b")
"""What an act ends with; « Vu la loi du 3 mai 2024 modifiée ; » is one of its reasons."""
_WEEKDAY = re.compile(
    r"(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\.?) $|\ble $"
)
_STROKES: Final = frozenset("|>•·")  # « Ada Roux > Noé Vial > 3 mai 2024 »
_BESIDE = re.compile(
    r"\bn ?[°o] ?\d+\b|\b(?:(?:temps|duree) de lecture ?:? ?)?\d{1,5} ?"
    r"(?:min(?:ute)?s?|mn|commentaires?|reactions?|vues?|partages?)\b(?: de lecture)?"
)
"""How long an article is and how often it was read or answered, as said beside its date."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_FIGURES = re.compile(r"\d(?:\d{3}|[/.-]\d|[:h]\d)")
_CHANGE = re.compile(r"(?:derniere )?(?:mise? a jour|modifi\w+|actualis\w+)(?: le)? ?:?")
_ALONE: Final = 5  # words of a line that is a date: « Publié le jeudi 3 mai 2024 »
_PLACED: Final = 9  # words of one that ends with it: « Communiqué de presse - Soute-sur-Rive, le 3 mai 2024 »
_LONGEST_LABEL: Final = 30  # characters of a line that is the label of the next
_ENOUGH: Final = 160  # characters of a line that is more than a date
_DAY = re.compile(rf"(?:le )?{WEEKDAY}?{DAY}\W*$|(?:{MONTH} )?(?:1\d|20)\d\d\W*$")
_ITEMS: Final = frozenset({"li", "tr"})
_ON = re.compile(
    rf"(?:le )?{WEEKDAY}?(?:{DAY}|\d\d?(?:er)? {MONTH})"
    rf"|(?:{MONTH} )?(?:1\d|20)\d\d(?= ?[:.–—-])"
)
_NUMBER = re.compile(r"\d+")
_SHORT: Final = 40  # characters of a line that is a day, and that the text of that day has more than
_DAYS: Final = 3  # that make a chronology
_LINKED: Final = 0.3  # share of a text in links: what has more leads elsewhere


def is_date_line(text: str) -> bool:
    """Whether a line tells when the article appeared, rather than being a sentence with a date in it."""
    if len(text) > _ENOUGH or not _FIGURES.search(text) or _ACT.match(text) or text[-1] == ";":
        return False
    line = dates.plain(text)
    if not dates.spans(line):
        return False
    line = _BESIDE.sub("", line)
    spans = dates.spans(line)
    if not spans or _COUNT.search(before := line[: spans[0]]):
        return False  # "863 100 habitants au 1er janvier 2020"
    words = len(_WORD.findall(line)) - 2 * len(spans)
    start = len(_WORD.findall(line[: spans[0]]))
    return (
        (words <= 18 and bool(_SIGNED.match(line)))
        or words <= (_PLACED if before.endswith(", le ") and line[-1].isdigit() else 4)
        or (start <= 2 and words <= 14 and line[-1] not in ".!?")
        or (words <= 18 and (bool(_LABELLED.search(before)) or _ends_in_stroke(before)))
        or (
            len(spans) > 1
            and bool(_LABELLED.search(line, spans[0]))
            and words <= 18
            and line[-1] not in ".!?"
        )
    )


def _ends_in_stroke(before: str) -> bool:
    """Whether what stands before a date is parted from it: « Ada Roux - traduit par Noé Vial - »."""
    before = _WEEKDAY.sub("", before)
    return before.rstrip()[-1:] in _STROKES or before.endswith(" - ")


def is_yearless(text: str) -> bool:
    """Whether a line names the day of an article, but not its year."""
    return len(text) <= _ENOUGH and dateshapes.YEARLESS.search(dates.plain(text)) is not None


def label(text: str) -> str:
    """What a line without a date says of the one below it: "modified", or nothing."""
    return "modified" if len(text) <= _LONGEST_LABEL and _CHANGE.fullmatch(dates.plain(text)) else ""


def is_labelled(text: str) -> bool:
    """Whether a line says that its date is of a publication: "Publié le …", "Par … le …"."""
    return is_date_line(text) and bool(_LABELLED.search(line := dates.plain(text)) or _SIGNED.match(line))


def alone(below: Iterable[str], zone: ZoneInfo, now: datetime) -> When | None:
    """The first date that is a line of its own, its hour and a label with it, among those under a text."""
    told = (text for text in below if is_date_line(text) and len(_WORD.findall(dates.plain(text))) <= _ALONE)
    dated = (when for text in told for when in dates.find(text, zone=zone, now=now))
    return next((when for when in dated if when.label != "modified"), None)


def is_certain(text: str) -> bool:
    """Whether a line far from the headline has one date, or says of which its dates are: no span of years."""
    return len(dates.spans(dates.plain(text))) == 1 or is_labelled(text)


def days_of(blocks: Sequence[Block]) -> set[int]:
    """The days or hours of a chronology: lines made alike, each another one with a text below it.

    Hours follow one another there; those of a live page's entries go back in time.
    """
    found: dict[tuple[str, bool], list[int]] = {}
    for index, (block, after) in enumerate(pairwise(blocks)):
        heads_text = block.size < _SHORT < after.size and not block.links and after.linked < _LINKED
        if heads_text and any(map(str.isdigit, block.text)):
            hour = CLOCK.match(block.text) is not None
            if hour or _DAY.match(block.folded):
                found.setdefault((place(block), hour), []).append(index)
    return {index for (_, hour), same in found.items() if _follow(blocks, same, hour) for index in same}


def listed(blocks: Sequence[Block]) -> set[int]:
    """The items of a list, rows of a table or lines one below another that begin with a day, if several do.

    They tell of a tour, a season, a trial; a line says what is on that day.
    """
    found: dict[object, list[int]] = {}
    first = last = -1
    for index, block in enumerate(blocks):
        day = _ON.match(block.folded) if block.linked < _LINKED else None
        if day and block.tag in _ITEMS:
            holder = next(block.element.iterancestors("ul", "ol", "table"), None)
            found.setdefault(holder, []).append(index)
        elif day and _WORD.search(block.folded, day.end()):
            first, last = (first if last == index - 1 else index), index
            found.setdefault(first, []).append(index)
    return {index for same in found.values() if len(same) >= _DAYS for index in same}


def _follow(blocks: Sequence[Block], alike: list[int], hours: bool) -> bool:
    """Whether lines name enough days, or enough hours, one after another."""
    if hours:
        told = [tuple(map(int, _NUMBER.findall(blocks[index].text))) for index in alike]
        return len(set(told)) >= _DAYS and told == sorted(told)
    return len({blocks[index].folded for index in alike}) >= _DAYS
