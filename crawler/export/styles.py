"""References as sentences, in French: ISO 690 and APA.

ISO 690:2021 for an article of a newspaper on line, in the words of the French edition (NF ISO 690); APA's
seventh edition as French-language universities write it ("et", the month in French, "s. d.").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.export.cells import one_line
from crawler.export.names import split

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from crawler.corpus.stream import Record

MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MANY: Final = 20
"""Authors that APA names; of more it names nineteen and the last."""


def iso690(record: Record) -> str:
    """``NOM, Prénom. Titre. Journal [en ligne]. 4 mars 2025 [consulté le …]. Disponible à l’adresse : …``."""
    authors = _joined([_iso_name(name) for name in record.authors] + record.agency, ", ", " et ")
    day = _day(record.published_on) if record.published_on else "Sans date"
    return " ".join(
        [
            *([_ended(authors)] if authors else []),
            _ended(one_line(record.title)),
            f"{one_line(record.source_name)} [en ligne].",
            f"{day} [consulté le {_day(record.fetched_on)}].",
            f"Disponible à l’adresse : {record.url}",
        ]
    )


def apa(record: Record) -> str:
    """``Nom, P. (2025, 4 mars). Titre. Journal. https://…``; without an author the title comes first."""
    names = [_apa_name(name) for name in record.authors] + record.agency
    authors = _joined(names, ", ", " et ")
    if len(names) > MANY:
        authors = ", ".join([*names[: MANY - 1], f"… {names[-1]}"])
    day = record.published_on
    date = f"({day.year}, {_day(day, year=False)})." if day else "(s. d.)."
    title = _ended(one_line(record.title))
    start = [authors, date, title] if authors else [title, date]
    return " ".join([*start, _ended(one_line(record.source_name)), record.url])


STYLES: Final[dict[str, Callable[[Record], str]]] = {"iso690": iso690, "apa": apa}


def capture(record: Record) -> str:
    """Where the text can be checked: the record of the archive, or a sentence that there is none."""
    if not record.warc_record:
        return "Capture : aucune."
    return f"Capture : {record.warc_record}, {record.warc_file}, octet {record.warc_offset}."


def _iso_name(name: str) -> str:
    family, given = split(name)
    return f"{family.upper()}, {given}" if given else family


def _apa_name(name: str) -> str:
    family, given = split(name)
    initials = re.sub(r"(\w)\w*\.?", r"\1.", given)
    return f"{family}, {initials}" if initials else family


def _day(day: dt.date, *, year: bool = True) -> str:
    """``1er mars 2025``."""
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def _joined(names: list[str], sign: str, last: str) -> str:
    return last.join([*([sign.join(names[:-1])] if names[:-1] else []), *names[-1:]])


def _ended(text: str) -> str:
    """With a full stop, unless it ends with a sign of its own."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
