"""The query language: what a user types becomes a tree of words and a few filters; nothing typed is an error.

::

    radicalisation en ligne           all the words, in any inflection, accents or none
    "haine en ligne"                  words in this order (a-b and l'Élysée need no quotes)
    prévention OR répression          either; AND binds closer; parentheses group
    plateformes -Facebook             not (or NOT)
    radicalis*                        words that begin so
    source:latribune agency:AFP       filters: source, agency, access, label
    since:2024-06 until:2025          published from 1 June 2024 to 31 December 2025 (UTC)

Filters hold for the whole query, wherever they stand; several of one kind are alternatives; ``-source:bladi``
excludes.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.errors import QueryError
from crawler.text import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS: Final = ("source", "agency", "access", "label", "since", "until")

MOST: Final = 100
"""Words of a query."""

DEEPEST: Final = 20
"""Parentheses within parentheses; further ones are not looked at."""

_TOKEN: Final = re.compile(
    rf'(?P<not>-)?(?P<field>{"|".join(FIELDS)}):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s()"]+))'
    r"|(?P<open>-?\()|(?P<close>\))"
    r'|(?P<dash>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s()"]+))',
    re.IGNORECASE,
)
_QUOTES: Final = str.maketrans("«»“”„\0", '""""" ')
_ENDINGS: Final = (
    "",
    "e",
    "er",
    "me",
    "te",
    "ion",
    "tion",
    "ation",
    "ment",
    "ement",
    "ite",
    "ique",
    "eur",
    "ance",
    "al",
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems side by side; of a prefix the last one is a beginning."""

    stems: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Parts that must all hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Parts of which one must hold."""

    parts: tuple[Node, ...]


Node = Phrase | Not | All | Any


@dataclass(slots=True)
class Filters:
    """What the columns must say: alternatives of one field, what is excluded, from and to which instant."""

    wanted: dict[str, list[str]] = field(default_factory=dict)
    excluded: dict[str, list[str]] = field(default_factory=dict)
    since: dt.datetime | None = None
    until: dt.datetime | None = None  # the first instant that is too late

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.wanted or self.excluded or self.since or self.until)


@dataclass(slots=True)
class Query:
    """A query understood. ``nothing``: it holds signs only, and so finds nothing; an empty one finds all."""

    node: Node | None
    filters: Filters
    nothing: bool = False


def parse(text: str) -> Query:
    """Understand a query.

    :raises QueryError: a date, an access or a label that is none, or more than ``MOST`` words
    """
    reader = _Reader(text)
    node = reader.either()
    if reader.count > MOST:
        raise QueryError(f"a query may have {MOST} words; this one has {reader.count}")
    return Query(node, reader.filters, nothing=node is None and not reader.filters and bool(text.strip()))


def leaves(node: Node | None) -> Iterator[Phrase]:
    """The phrases that are wanted: what a snippet shows."""
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from leaves(part)


class _Reader:
    """Reads a query from left to right; whatever is missing or too much is passed over."""

    def __init__(self, text: str) -> None:
        self.filters = Filters()
        self.count = 0
        self._depth = 0
        self._tokens = [
            found for found in _TOKEN.finditer(text.translate(_QUOTES)) if not self._filter(found)
        ]
        self._place = 0

    def either(self) -> Node | None:
        """Alternatives joined by OR."""
        parts = [self._every()]
        while self._take("OR"):
            parts.append(self._every())
        found = tuple(part for part in parts if part)
        return Any(found) if len(found) > 1 else next(iter(found), None)

    def _every(self) -> Node | None:
        """Parts side by side, or joined by AND."""
        parts: list[Node] = []
        while (token := self._peek()) and token[0] != "OR" and not (token["close"] and self._depth):
            if not (self._take("AND") or self._take(")")) and (part := self._one()):
                parts.append(part)
        return All(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)

    def _one(self) -> Node | None:
        """A word, a phrase, a group, or the opposite of one."""
        negated = False
        while self._take("NOT"):
            negated = not negated
        if (token := self._peek()) is None or token[0] in {"OR", "AND", ")"}:
            return None
        self._place += 1
        negated ^= bool(token["dash"]) or token[0] == "-("
        part = self._group() if token["open"] else self._leaf(token)
        return Not(part) if part and negated else part

    def _group(self) -> Node | None:
        if self._depth == DEEPEST:
            return None
        self._depth += 1
        part = self.either()
        self._take(")")
        self._depth -= 1
        return part

    def _leaf(self, token: re.Match[str]) -> Node | None:
        word = token["word"]
        if word and word.endswith("*") and (part := _prefix(word.rstrip("*"))):
            self.count += 1
            return part
        found = tuple(stems.stems(token["phrase"] or word or ""))
        self.count += len(found)
        return Phrase(found) if found else None

    def _peek(self) -> re.Match[str] | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self, sign: str) -> bool:
        token = self._peek()
        taken = token is not None and token[0] == sign
        self._place += taken
        return taken

    def _filter(self, token: re.Match[str]) -> bool:
        """Note a filter; whether it was one."""
        if not (name := (token["field"] or "").lower()):
            return False
        value = (token["quoted"] or token["value"] or "").strip()
        if name == "since":
            self.filters.since = _day(value, name)
        elif name == "until":
            self.filters.until = _day(value, name)
        else:
            _check(name, value)
            where = self.filters.excluded if token["not"] else self.filters.wanted
            where.setdefault(name, []).append(value)
        return True


def _prefix(word: str) -> Node | None:
    """A beginning of words. The index knows stems only: shorter ones, of words that begin so, count too."""
    found = [part for each in stems.WORD.findall(word) for part in stems.parts(each)]
    if not found:
        return None
    before, last = tuple(stems.stem(part) for part in found[:-1]), found[-1]
    shorter = {
        stem for ending in _ENDINGS if last.startswith(stem := stems.stem(last + ending)) and stem != last
    }
    others = tuple(Phrase((*before, stem)) for stem in sorted(shorter) if len(stem) >= len(last) - 3)
    return (
        Any((Phrase((*before, last), prefix=True), *others))
        if others
        else Phrase((*before, last), prefix=True)
    )


def _day(value: str, name: str) -> dt.datetime:
    """The first instant of a year, month or day; for "until", the first one after it."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", value, re.ASCII)
    year, month, day = (int(part) if part else 0 for part in found.groups()) if found else (0, 0, 0)
    last = name == "until"
    try:
        month = month or (12 if last else 1)
        day = day or (calendar.monthrange(year, month)[1] if last else 1)
        return dt.datetime(year, month, day, tzinfo=dt.UTC) + dt.timedelta(days=last)
    except (ValueError, OverflowError) as error:
        raise QueryError(
            f"{name}:{value}: not a day like 2024-06-30, a month like 2024-06 or a year"
        ) from error


def _check(name: str, value: str) -> None:
    if name == "access" and value not in {"free", "metered", "paywalled", "unknown"}:
        raise QueryError(f"access:{value}: access is free, metered, paywalled or unknown")
    if name == "label" and not re.fullmatch(r"-?\d{1,4}", value):
        raise QueryError(f"label:{value}: a label is a number")
