"""Press agencies: who they are, and where a page says that a text is theirs.

A text that mentions an agency is not the agency's: only credits count, which stand in a byline, in a source
line, in a dateline ("PARIS (AFP) - …") or alone at the end of a text ("(avec AFP)").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMES: Final = {
    "AFP": r"AFP|A\.F\.P\.?|Agence France[- ]Presse|AFP\.com|Relaxnews",
    "Reuters": r"(?:Thomson )?Reuters",
    "AP": r"AP|Associated Press|The Associated Press",
    "Belga": r"Belga",
    "ATS": r"ATS|ats|Keystone-ATS|Agence télégraphique suisse",
    "DPA": r"DPA|dpa",
    "EFE": r"EFE",
    "ANSA": r"ANSA",
    "APS": r"APS|Algérie Presse Service",
    "MAP": r"MAP|Maghreb Arabe Presse",
    "TAP": r"TAP|Tunis Afrique Presse",
    "APA": r"APA|APA ?[Nn]ews",
    "Xinhua": r"Xinhua|Chine Nouvelle",
    "La Presse canadienne": r"La Presse [Cc]anadienne|Presse [Cc]anadienne|PC",
    "Bloomberg": r"Bloomberg(?: News)?",
    "Agence Anadolu": r"(?:Agence )?Anadolu(?: Agency)?|AA",
    "AEF": r"AEF(?: info)?",
    "Agefi-Dow Jones": r"Agefi[- ]Dow Jones|Dow Jones(?: Newswires)?",
    "Zonebourse": r"Zonebourse",
    "AOF": r"AOF",
    "Newsgene": r"Newsgene",
    "ETX Daily Up": r"ETX(?: Daily Up| Studio)?|ETX/AFP",
    "News Tank": r"News Tank",
    "Kyodo": r"Kyodo",
    "Tass": r"T[Aa][Ss]{2}|Itar-Tass",
    "Ritzau": r"Ritzau",
    "Sputnik": r"Sputnik",
    "Agence QMI": r"Agence QMI|QMI",
    "AWP": r"AWP|awp",
    "AIP": r"AIP|Agence ivoirienne de presse",
    "AIB": r"AIB|Agence d['’]information du Burkina",
    "AMAP": r"AMAP",
    "Lusa": r"L[Uu][Ss][Aa]",
    "Interfax": r"Interfax",
    "RIA Novosti": r"R[Ii][Aa] Novosti",
    "Yonhap": r"Yonhap",
    "Wafa": r"W[Aa][Ff][Aa]",
    "6Medias": r"6M[ée]dias",
    "IDG": r"IDG(?: ?NS| News Service)?",
}
"""Agencies as a page is credited with them: the name we store, and its spellings."""

_SPELLINGS: Final = {name: re.compile(f"(?:{pattern})") for name, pattern in NAMES.items()}
_ANY: Final = "|".join(f"(?:{pattern})" for pattern in NAMES.values())
_SEEN: Final = re.compile(  # looking at a word's first letter first halves the time
    rf"\b(?=[A-Z]|a[tfp]|reu|dpa|bel)(?:(?:{_ANY})\b|(?:afp|reuters|ap|ats|dpa|belga)\b)"
)
_ONE: Final = rf"(?:l['’](?:agence )?|les agences? |agence )?(?:{_ANY})(?!\w)"
_SEVERAL: Final = rf"{_ONE}(?:(?: ?[,/&+] ?| et | avec |-| - ){_ONE})*"
_ALONE: Final = re.compile(rf"(?:{_SEVERAL})|(?-i:AFP|Reuters|AP|ATS|Belga) (?-i:[A-ZÀ-Ý])\w+", re.IGNORECASE)
_DATELINE: Final = re.compile(
    rf"^(?:[^.!?()«»:]{{0,60}}\((?P<a>{_SEVERAL})\)\s*[-–—:]|(?P<b>{_SEVERAL})\s*[-–—]\s)"
)
_CREDIT: Final = re.compile(
    rf"^[\s(\[–—-]*(?:(?:sources?|avec|par|via|d'après|d’après|texte|rédaction|"
    rf"information fournie par)\s*(?::\s*)?)*"
    rf"(?:[\w'’.\- ]{{2,40}}?(?:,? avec| et|,(?= agence))\s+(?:l['’])?)??(?P<a>{_SEVERAL})[\s)\].,]*$",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    rf"(?=[(AS–—-])(?:\((?:avec |sources? ?: ?|d['’]après )?(?P<a>{_SEVERAL})"
    rf"(?: ?[/,+&] ?[\w. ]{{2,25}}){{0,3}}\)|"
    rf"(?:\bAvec |\bSource : ?|[-–—] )(?P<b>{_SEVERAL}))[.\s]*$"
)
_PROVIDED: Final = re.compile(
    r"(?:informations? fournies? par\s+|\bavec (?:[dl]es )?informations? (?:de )?|"
    r"sources?\s*:\s+|(?P<open>\(\s*(?:avec\s+)?))"
    rf"(?:l['’]agence |l['’])?(?P<a>{_SEVERAL})(?(open)(?!\s?/\s?\w))",  # « (AFP/Ada Roux) » is a picture's
    re.IGNORECASE,
)
_SLASHED: Final = re.compile(r"[\s(\[]*[\w.'’ -]{1,30}(?:/[\w.'’ -]{1,30}){1,4}[\s)\].,]*")
"""The last line of a dispatch: the desk and those who wrote it, « ATS/Ada Roux », « ar/lb/APA »."""

DESK: Final = re.compile(rf"\W*(?P<agency>{_SEVERAL}) ?/ ?[^/.!?]{{2,40}} ?/ ?(?P<who>[^/.!?\d]{{4,60}})")
"""The first line of one: agency, place and who wrote, « AA / Sainte-Orne / Ada Roux »."""

_LINE: Final = 90  # characters of a paragraph that is a credit and no sentence
_STROKE: Final = re.compile(r"/| avec (?:l['’])?")
_NAMED: Final = re.compile(rf"(?<![\w.@-])(?:{_ANY})(?![\w@])")
_PARTS: Final = re.compile(
    r"[|•·–—\n]|\s-\s|\b(?:le|à)\s+(?=\S*\d|[a-zé]+di\b)|\S*\d\S*"
    r"|\b(?:[Ll]un|[Mm]ar|[Mm]ercre|[Jj]eu|[Vv]endre|[Ss]ame)di\b|\b[Dd]imanche\b"
)


def named(text: str) -> list[str]:
    """The agencies whose names stand in a short text that is known to be a credit, in their order."""
    found: dict[str, int] = {}
    for match in _NAMED.finditer(text):
        name = next((name for name, spelling in _SPELLINGS.items() if spelling.fullmatch(match[0])), "")
        if name:
            found.setdefault(name, match.start())
    return list(found)


def is_agency(text: str) -> bool:
    """Whether a text is the name of an agency and nothing else."""
    return _ALONE.fullmatch(text.strip(" .()")) is not None


def of_byline(text: str) -> list[str]:
    """The agencies that a byline or a source line credits: "Par Le Fleuve avec AFP", "AFP le 20/02/2015"."""
    if not _SEEN.search(text):
        return []
    found = [name for match in _PROVIDED.finditer(text) for name in named_in_any_case(match["a"])]
    parts = _PARTS.split(text)
    for part in parts:
        if match := _CREDIT.match(part):
            found += named_in_any_case(match["a"])
        elif part is parts[0] and len(parts) > 1:  # "OLF/AFP, le 3 mai 2024"; no date: a picture's credit
            found += _of_desk(part)
    return unique(found)


def named_in_any_case(text: str) -> list[str]:
    """As :func:`named`, where capitals do not count: "afp"."""
    return named(text) or named(text.upper()) or named(text.title())


def of_text(paragraphs: Sequence[str]) -> list[str]:
    """The agencies that a text credits in its dateline or at its end."""
    found: list[str] = []
    for paragraph in paragraphs[:3]:
        if match := _DATELINE.match(paragraph[:200]):
            found += named(match["a"] or match["b"])
        else:  # « AA / Sainte-Orne / Ada Roux »
            found += _of_desk(paragraph) if "/" in paragraph[:30] and len(paragraph) < _LINE else []
    for paragraph in paragraphs[-3:]:
        if len(paragraph) < _LINE and (match := _CREDIT.match(paragraph)):
            found += named_in_any_case(match["a"])
        elif match := _TAIL.search(paragraph[-80:]):
            found += named(match["a"] or match["b"])
    return unique(found)


def of_last_line(text: str) -> list[str]:
    """The agencies that a line under a text credits: « (avec Reuters et AFP) », « afp/ar »."""
    return unique(_of_desk(text)) or of_byline(text)


def _of_desk(text: str) -> list[str]:
    """The agencies among desks and initials with strokes between them."""
    if not _SLASHED.fullmatch(text):
        return []
    parts = [part.strip(" ()[].,") for part in _STROKE.split(text)]
    sure = (part for part in parts if is_agency(part) and (part.isupper() or len(part) > 2))
    return [name for part in sure for name in named_in_any_case(part)]


def unique(names: Iterable[str]) -> list[str]:
    """Names in their order, each once."""
    return list(dict.fromkeys(names))
