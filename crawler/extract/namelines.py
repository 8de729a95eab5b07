"""Names that stand alone on a line: who signs where no word and no class says so.

A place, a column or the person spoken of may stand so too. A name is believed where the function of its
bearer follows (« Journaliste »), or beside the date where the page says it nowhere else.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract import authormarks as marks
from crawler.extract import datelines, people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.extract.lines import Line
    from crawler.extract.signals import Signals

NEAR: Final = 12  # lines around the headline among which a byline stands
LONGEST: Final = 120  # characters of a name and its function
_PLACE = re.compile(
    r"(?:nouve(?:lle|au)|grande?s?|hautes?|basses?|saint|sainte|c[oô]te|pays|sud|nord|est|ouest|centre|"
    r"moyen|proche|extrême|afrique|am[ée]rique|europe|arabie|burkina|sierra|costa|guin[ée]e|états|royaume|"
    r"new|san|los|val|ville|point|fil|gros|petite?|libre|carte|vie|faits?|lire)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?:^|[ '’])[A-ZÀ-Ý]")
_FUNCTION = re.compile(
    r"\W*(?:(?:le |la |notre |nos )?(?:grande?s? reporters?|journalistes?|r[ée]dact(?:eur|rice)s?|"
    r"correspondante?s?|envoy[ée]e?s? sp[ée]cia\w+|[ée]ditorialistes?|chroniqueu(?:r|se)s?|reporters?|"
    r"chef(?:fe)? (?:du|de la|des?|d['’]) ?(?:service|rubrique|r[ée]daction|informations?)))\b",
    re.IGNORECASE,
)


def read(header: Sequence[Line], found: Signals) -> Iterator[Line]:
    """The lines around the headline that are the names of those who sign, in their order."""
    header = header[:NEAR]
    named = [_name(line, found) for line in header]
    for at, name in enumerate(named):
        if not name:
            continue
        first, last = at, at
        while first and named[first - 1]:
            first -= 1
        while last + 1 < len(named) and named[last + 1]:
            last += 1
        if _has_function(header[at].text[len(name) :], header[last + 1 : last + 2]):
            yield header[at]
        elif _is_dated([*header[max(0, first - 1) : first], *header[last + 1 : last + 3]]):
            alone = name == header[at].text and next(header[at].element.iter("a"), None) is None
            if alone and is_new(name, found):
                yield header[at]


def listed(header: Sequence[Line], found: Signals) -> list[str]:
    """The names that some lines begin with, one a line: below a label such as « Auteurs »."""
    return list(takewhile(bool, (_name(line, found) for line in header[:NEAR])))


def is_new(name: str, found: Signals) -> bool:
    """Whether a full name stands nowhere else on the page: places, columns and people spoken of do."""
    if len(_CAPITAL.findall(name)) < 2 or _PLACE.match(name):
        return False
    return found.text.decode("utf-8", "ignore").casefold().count(name.casefold()) == 1


def _name(line: Line, found: Signals) -> str:
    """The full name that a line is, or begins with before a function; "" where it is or has none."""
    if len(line.text) > LONGEST or not 2 <= len(line.text.split()) <= 12:
        return ""
    persons = people.read(line.text, found.outlet_keys, visible=True).persons
    if len(persons) != 1 or not 2 <= len(persons[0].split()) <= 4:
        return ""
    name, rest = persons[0], line.text[len(persons[0]) :]
    capitals = len(_CAPITAL.findall(name))  # « Traduit de l'anglais » has one
    if capitals < 2 or not line.text.startswith(name) or (rest and not _FUNCTION.match(rest)):
        return ""
    return "" if marks.is_picture(line.element) or marks.is_apart(line.element) else name


def _has_function(rest: str, following: Sequence[Line]) -> bool:
    """Whether a function stands behind a name, or is the line below it."""
    told = (rest, *(line.text for line in following if len(line.text) <= LONGEST))
    return any(_FUNCTION.match(text) for text in told)


def _is_dated(near: Sequence[Line]) -> bool:
    """Whether one of the lines beside a name tells when the article appeared."""
    return any(datelines.is_date_line(line.text) or datelines.AGO.match(line.text) for line in near)
