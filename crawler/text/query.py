"""A query as data: a versioned TOML file of facets and groups of terms, and how these are found in a text.

``relevance.toml`` beside this module is the query of the corpus; it explains the language of terms. Another
topic needs another file, and no code: see :mod:`crawler.text.relevance` for what is made of it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from crawler.errors import ConfigurationError
from crawler.text.normalise import fold_each

if TYPE_CHECKING:
    from collections.abc import Collection

OURS: Final = Path(__file__).with_name("relevance.toml")
"""The query of the corpus."""

_LETTERS: Final = 4  # of a word: by these its terms are looked up
_WORD: Final = re.compile(rf"([^\W_]{{1,{_LETTERS}}})[^\W_]*")
_GAP: Final = r"(?:_|[^\w.!?;:\n]){1,3}"  # within a term: spaces, hyphens, quotes, not the end of a sentence
_ARTICLE: Final = re.compile(
    r"(?:qu|[cdjlmnst])(?=([aeiouyhœ][^\W_]{3})[^\W_])"
)  # glued to a word of five letters
_TERM: Final = re.compile(r"[\w()|*]+(?:[ ~][\w()|*]+)*")
_BREAK: Final = re.compile(r"[ '-]+")

_Declared = TypeVar("_Declared")


class Match(NamedTuple):
    """Where a term of a group stands in a text."""

    start: int
    end: int
    group: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Terms that say the same: which facets they show, with what weight.

    A negative weight takes its share of a facet away; a group that adds nothing hides its words from the
    groups below. ``near``: the terms only count where one of these facets or groups is shown by other words;
    ``unless``: they do not count where one of these groups is found.
    """

    name: str
    terms: tuple[str, ...]
    adds: dict[str, float] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def counts(self, around: Collection[Group]) -> bool:
        """Whether the group counts among these: what it needs is there, what it shuns is not."""
        if not self.near and not self.unless:
            return True
        others = [other for other in around if other.name != self.name]
        names = {other.name for other in others}
        shown = {facet for other in others for facet, weight in other.adds.items() if weight > 0}
        return names.isdisjoint(self.unless) and (not self.near or not (names | shown).isdisjoint(self.near))


@dataclass(frozen=True, kw_only=True)
class Query:
    """A versioned query, ready to search texts."""

    version: str
    facets: dict[str, float]  # name → what it is worth when nothing shows it
    partly: float  # the score from which the label is 1
    squarely: float  # the score from which the label is 2
    groups: tuple[Group, ...]
    subject: str = ""

    def find(self, text: str) -> list[Match]:
        """Every term in a text, left to right; where two begin at one word, the first declared wins.

        The next term may begin where one ends; a term with a gap ("..") leaves its later words to others.
        Where a text has no apostrophe at all, articles may be glued to words ("lutte-contre-lextremisme").
        """
        folded = fold_each(text)
        elides = "'" not in folded  # an address, or words of one
        found: list[Match] = []
        after = 0
        known = self._buckets.get
        for word in _WORD.finditer(folded):
            bucket = known(word[1])
            if not bucket and not elides:  # two words in three
                continue
            start = word.start()
            if start < after:
                continue
            match = bucket[0].match(folded, start) if bucket else None
            if elides and not match and (article := _ARTICLE.match(folded, start)):
                bucket = known(article[1])
                match = bucket[0].match(folded, article.start(1)) if bucket else None
            if bucket and match:
                group, is_open = bucket[1][match.lastindex or 0]
                after = word.end() if is_open else match.end()
                found.append(Match(*match.span(), group))
        return found

    @cached_property
    def by_name(self) -> dict[str, Group]:
        """The groups by their names."""
        return {group.name: group for group in self.groups}

    @cached_property
    def _buckets(self) -> dict[str, tuple[re.Pattern[str], dict[int, tuple[str, bool]]]]:
        """Terms by the first letters of their first word: one pattern each, and whose its parts are."""
        found: dict[str, list[tuple[str, Group]]] = defaultdict(list)
        for group in self.groups:
            for term in group.terms:
                for letters in _beginnings(term):
                    found[letters].append((term, group))
        return {
            letters: (
                re.compile("|".join(f"({_pattern(term)})" for term, _ in terms)),
                {
                    nth: (group.name, ".." in term and bool(group.adds))
                    for nth, (term, group) in enumerate(terms, 1)
                },
            )
            for letters, terms in found.items()
        }


@cache
def load(file: Path = OURS) -> Query:
    """A query from its TOML file.

    :raises ConfigurationError: the file cannot be read, or a key, group or term in it is wrong
    """
    try:
        data = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(f"{file}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{file}: {error}") from error
    tables = data.pop("group", [])
    groups = [_record(Group, table, f"{file}: group {_name(table)!r}") for table in tables]
    query = _record(Query, {"facets": {}, **data, "groups": groups}, str(file))
    _check_facets(query, str(file))
    for group in query.groups:
        _check_group(group, query, f"{file}: group {group.name!r}")
    return query


def _name(table: object) -> object:
    return table.get("name", "?") if isinstance(table, dict) else table


_KINDS: Final[
    dict[str, tuple[type, type]]
] = {  # of each key: what TOML gives, and of what, in lists and tables
    "version": (str, str),
    "subject": (str, str),
    "partly": (float, float),
    "squarely": (float, float),
    "facets": (dict, float),
    "groups": (list, Group),
    "name": (str, str),
    "terms": (list, str),
    "adds": (dict, float),
    "near": (list, str),
    "unless": (list, str),
}


def _record(kind: type[_Declared], table: object, where: str) -> _Declared:
    """A class made of a TOML table; what is unknown, missing or of a wrong type is an error that names it."""
    if not isinstance(table, dict):
        raise ConfigurationError(f"{where}: expected a table, found {table!r}")
    known = [item.name for item in fields(kind)]  # type: ignore[arg-type]  # both kinds are dataclasses
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigurationError(f"{where}: unknown key {key!r}; known are {', '.join(sorted(known))}")
        outer, inner = _KINDS[key]
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
        if not isinstance(value, outer) or not all(isinstance(part, inner) for part in parts):
            raise ConfigurationError(f"{where}: {key}: cannot be {value!r}")
        values[key] = tuple(value) if isinstance(value, list) else value
    try:
        return kind(**values)
    except TypeError as error:
        raise ConfigurationError(f"{where}: {error}") from error


def _check_facets(query: Query, where: str) -> None:
    """Weights that a product of probabilities can use."""
    if not query.facets:
        raise ConfigurationError(f"{where}: facets: there is none")
    for facet, worth in query.facets.items():
        if not 0 <= worth < 1:
            raise ConfigurationError(f"{where}: facets: {facet}: {worth} is not from 0 to below 1")
    if not 0 < query.partly <= query.squarely <= 1:
        raise ConfigurationError(f"{where}: partly and squarely: must rise from above 0 to 1")


def _check_group(group: Group, query: Query, where: str) -> None:
    """What a group names must exist, its weights and terms must make sense."""
    names = [other.name for other in query.groups]
    if names.count(group.name) > 1:
        raise ConfigurationError(f"{where}: there are two of that name")
    for facet, weight in group.adds.items():
        if facet not in query.facets or not -1 <= weight <= 1:
            raise ConfigurationError(f"{where}: adds: unknown facet or weight beyond 1: {facet} = {weight}")
    for name in (*group.near, *group.unless):
        if name not in names and (name not in query.facets or name in group.unless):
            raise ConfigurationError(f"{where}: near, unless: nothing is called {name!r}")
    for term in group.terms:
        try:
            re.compile(_pattern(term))
            _beginnings(term)
        except (ValueError, re.error) as error:
            raise ConfigurationError(f"{where}: term {term!r}: {error}") from error


def _pattern(term: str) -> str:
    """A term as a regular expression on folded text; every repetition in it is bounded."""
    words = _BREAK.sub(" ", fold_each(term)).replace(" .. ", "~")
    if not _TERM.fullmatch(words):
        raise ValueError("expected words, (endings), * and ..")
    pattern = re.sub(r"\(([^()|]*)\)", r"(?:\1)?", words)
    pattern = re.sub(r"\((?!\?)", "(?:", pattern).replace("*", r"[^\W_]{0,15}")
    pattern = re.sub("oe|œ", "(?:oe|œ)", pattern).replace(" ", _GAP)
    return pattern.replace("~", rf"(?:{_GAP}[^\W_]{{1,30}}){{0,3}}?{_GAP}") + r"(?![^\W_])"


def _beginnings(term: str) -> set[str]:
    """The first letters of every form of the first word of a term."""
    forms = re.findall(r"^(?:\([^()]*\)|[^ '()-])+", fold_each(term))
    while any("(" in form for form in forms):
        forms = [re.sub(r"\([^()]*\)", each, form, count=1) for form in forms for each in _choices(form)]
    forms = [_BREAK.split(form)[0] for form in forms]
    if any("*" in form[:_LETTERS] for form in forms):
        raise ValueError(f"the first word needs {_LETTERS} letters before *")
    return {form.replace(*pair)[:_LETTERS] for form in forms for pair in (("œ", "oe"), ("oe", "œ"))}


def _choices(form: str) -> list[str]:
    """The alternatives of the first parenthesis of a word."""
    inside = re.search(r"\(([^()]*)\)", form)
    choices = inside[1].split("|") if inside else [""]
    return choices if len(choices) > 1 else ["", *choices]
