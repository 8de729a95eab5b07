"""The shape of an address: what it shares with the other addresses of its kind on the same site.

``/eco/le-titre-592345.html`` and ``/monde/europe/un-autre-881203.html`` have one shape: some sections, words,
a hyphen, six digits, ``.html``. An address with a part that only a database makes (a date, a number, a
digest) has a *strong* shape, told by that part and what follows; a *plain* one has nothing but words, so that
its folder and the number of words must tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

LIST_FOLDERS: Final = frozenset(
    (
        "tag",
        "tags",
        "category",
        "categories",
        "categorie",
        "rubrique",
        "rubriques",
        "section",
        "sections",
        "auteur",
        "auteurs",
        "author",
        "authors",
        "mot-cle",
        "mots-cles",
        "motcle",
        "theme",
        "themes",
        "thematique",
        "thematiques",
        "sujet",
        "sujets",
        "dossier",
        "dossiers",
        "archive",
        "archives",
        "page",
        "taxonomy",
        "topic",
        "topics",
        "label",
        "etiquette",
        "journaliste",
        "profil",
        "membre",
        "user",
        "users",
    )
)
"""First folders that hold lists on French sites; a shape below one of them is judged apart."""

SECTIONS: Final = frozenset(
    ("category", "categories", "categorie", "rubrique", "rubriques", "section", "sections")
)
"""Those of them that hold sections: there are few, and all that is new goes through them."""

_EXTENSION: Final = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp)$", re.IGNORECASE)
_UUID: Final = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_KINDS: Final = (
    ("year", re.compile(r"(?:19|20)\d\d")),
    ("day", re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")),
    ("small", re.compile(r"\d{1,3}")),
    ("number", re.compile(r"(?P<id>\d{4,})")),
    ("digest", re.compile(rf"(?P<id>(?=.*\d)[0-9a-f]{{16,}}|{_UUID})")),
    ("tail", re.compile(rf"(?P<slug>\d*+\D.*?)(?P<sep>[-_,.](?:[A-Za-z]{{1,2}}(?=\d+$))?)"
                        rf"(?P<id>{_UUID}|\d{{3,}}|"
                        r"(?=[^-]*\d)[0-9a-f]{16,}|[A-Z0-9]{20,})")),
    ("head", re.compile(r"(?P<id>\d{4,})(?P<sep>[-_,])(?P<slug>\d*+\D.*)")),
    ("mixed", re.compile(r"(?=[^-]*\d[^-]*\d[^-]*\d)[A-Za-z0-9]+")),
)  # fmt: skip
_STRONG: Final = frozenset({"year", "day", "number", "digest", "tail", "head", "mixed"})
_A_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of a path: its kind, and for an identifier what it is made of and how long it is."""

    kind: str  # a name of _KINDS, or "words"
    sep: str = ""
    made_of: str = ""  # "digits", "hex", "capitals", "uuid", "letters"
    length: int = 0

    def pattern(self, lengths: tuple[int, int]) -> str:
        """What matches this segment and those like it; identifiers between the two lengths."""
        if self.kind in _FIXED:
            return _FIXED[self.kind]
        shortest, longest = lengths
        size = f"{{{shortest}}}" if shortest == longest else f"{{{shortest},{longest}}}"
        number = _UUID if self.made_of == "uuid" else _ALPHABETS[self.made_of] + size
        sep = re.escape(self.sep).replace(r"\-", "-")
        forms = {"tail": rf"[^/]*{sep}{number}", "head": rf"{number}{sep}[^/]+"}
        return forms.get(self.kind, number)


_ALPHABETS: Final = {
    "digits": r"\d",
    "hex": "[0-9a-f]",
    "capitals": "[A-Z0-9]",
    "letters": r"(?=(?:\w*?\d){3})\w",
}
_FIXED: Final = {
    "year": r"\d{4}",
    "day": r"\d{4}-\d{2}-\d{2}",
    "small": r"\d{1,3}",
    "words": "[^/]+",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What an address has in common with others.

    ``folders`` are literal; of a strong shape they are left out, but for the folder of a list. ``parts``
    begin with the first that is strong; of a plain shape they are the last segment, of ``words`` words
    (4: four or more). A program that is asked for something is one of its folders. ``query`` names the
    parameters, ``page=#`` one whose value is a number.
    """

    folders: tuple[str, ...]
    parts: tuple[Part, ...]
    words: int
    extension: str
    query: tuple[str, ...]
    strong: bool


def of(url: str) -> Shape:
    """The shape of an address."""
    split = urlsplit(url)
    segments = [unquote(part) for part in split.path.split("/") if part]
    extension = ""
    if segments and (found := _EXTENSION.search(segments[-1])):
        extension, segments[-1] = found[0], segments[-1][: found.start()]
    parts = [_part(segment) for segment in segments]
    first = next((number for number, part in enumerate(parts) if part.kind in _STRONG), None)
    if first is not None:
        folder = tuple(segments[:1]) if first and segments[0].lower() in LIST_FOLDERS else ()
        return Shape(folder, tuple(parts[first:]), 0, extension, (), strong=True)
    words = min(4, len(_words(segments[-1]))) if segments else 0
    program = bool(extension and split.query)  # its name tells what it makes, as a folder's does
    folders = tuple(segments if program else segments[:-1])
    return Shape(folders, tuple(parts[-1:]), words, extension, _query(split.query), strong=False)


def tail(url: str) -> str:
    """What patterns are searched in: the path and the query of an address."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def is_section(url: str) -> bool:
    """Whether the first folder of an address is one that holds sections: ``/category/ville/``."""
    segments = urlsplit(url).path.strip("/").split("/")
    return len(segments) > 1 and segments[0].lower() in SECTIONS


def words(url: str) -> int:
    """The number of words in the last segment of an address."""
    segments = [part for part in urlsplit(url).path.split("/") if part]
    return len(_words(_EXTENSION.sub("", unquote(segments[-1])))) if segments else 0


def _words(segment: str) -> list[str]:
    return [word for word in re.split("[-_]+", segment) if word]


def _part(segment: str) -> Part:
    for kind, pattern in _KINDS:
        if not (found := pattern.fullmatch(segment)):
            continue
        groups = found.groupdict()
        identifier = groups.get("id", "")
        if kind == "tail" and _A_YEAR.fullmatch(identifier):
            continue  # "bilan-2024" ends in a year, not in a number of its own
        identifier = segment if kind == "mixed" else identifier
        return Part(kind, groups.get("sep", ""), _made_of(identifier), len(identifier))
    return Part("words")


def _made_of(identifier: str) -> str:
    """The alphabet of an identifier."""
    forms = (("digits", r"\d+"), ("uuid", _UUID), ("hex", "[0-9a-f]+"), ("capitals", "[A-Z0-9]+"))
    return next((name for name, form in forms if re.fullmatch(form, identifier)), "letters")


def _query(query: str) -> tuple[str, ...]:
    """The parameters by name; numbers in their values, or in names without a value, become #."""
    pairs = sorted(pair.partition("=")[::2] for pair in query.split("&") if pair)
    return tuple(
        f"{name}={'#' if value.isdecimal() else '*'}" if value else re.sub(r"\d+", "#", name)
        for name, value in pairs
    )
