"""Whether a text is about the subject, how squarely, and by which words.

The query is a TOML file, ``relevance.toml`` unless a user brings another. It names **facets**, all of which a text
must show (for the corpus: extremism or hate × online × action or debate), and **groups** of terms, each of which
shows one or several facets with a weight. A passage scores::

    product over facets of  missing + (1 - missing) × strength        strength = 1 - product of (1 - weight)

where ``missing`` is what a facet is worth when nothing shows it, and each group counts once. A title is one
passage. A text is cut into passages of about two sentences; each is read with what the title already says. So a
word in passing stays a word in passing, and every judgement can be checked by hand from its terms.
"""

from __future__ import annotations

import math
import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import ConfigurationError
from crawler.text.normalise import fold_each

if TYPE_CHECKING:
    from collections.abc import Collection

QUERY: Final = Path(__file__).with_suffix(".toml")

_LETTERS: Final = 3  # of a word: by these its terms are looked up
_WORD: Final = re.compile(rf"(?<![^\W_])[^\W_]{{1,{_LETTERS}}}")
_GAP: Final = (
    r"[^\w.!?;:]{1,3}"  # between two words of a term: spaces, hyphens, quotes, not the end of a sentence
)
_PASSAGE: Final = 300  # characters after which the next end of a sentence or line ends a passage
_SENTENCE_END: Final = re.compile(r"[.!?…]['\")]*\s|\n")
_ADJACENT: Final = 0.2  # what a passage scores that shows all facets but one: it does not count
_SHARE: Final = 0.25  # of a text that is on the subject for the whole to be


@dataclass(frozen=True, slots=True)
class Term:
    """One term that was found: as it stands in the text, its group, and where (``title`` or ``text``)."""

    term: str
    group: str
    where: str
    start: int  # characters from the beginning of the title or text
    end: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """Score from 0 to 1; label 2 squarely on the subject, 1 partly, 0 not; why; by which version of the query."""

    score: float
    label: int
    terms: tuple[Term, ...] = field(repr=False)
    query: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Terms that say the same: which facets they show, with what weight.

    ``near``: they only count in a passage where one of these facets or groups is shown by other terms;
    ``unless``: and where none of these groups is found.
    ``adds`` of a negative weight takes that share of the facet's strength away, an empty one hides the words
    ("en ligne de mire") from the groups below.
    """

    name: str
    terms: tuple[str, ...]
    adds: dict[str, float] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Query:
    """A versioned query, ready to judge."""

    version: str
    facets: dict[str, float]  # name → worth when missing
    partly: float  # the score from which the label is 1
    squarely: float  # the score from which the label is 2
    groups: tuple[Group, ...]
    subject: str = ""

    def judge(self, title: str, text: str = "") -> Judgement:
        """How far a title, or the words of an address, and a text are about the subject of the query."""
        in_title = self._find(title, "title")
        in_text = self._find(text, "text")
        score = self._score(self._strengths(in_title))
        if text.strip():
            score = _together(score, self._read(text, in_text, in_title), len(text))
        score = round(score, 4)
        label = 2 if score >= self.squarely else 1 if score >= self.partly else 0
        return Judgement(score, label, (*in_title, *in_text), self.version)

    def _find(self, text: str, where: str) -> list[Term]:
        """Every term in a text, left to right; where two begin at one word, the first declared wins.

        A term ends where the next may begin, but one with a gap ("..") leaves its later words to others.
        """
        folded = fold_each(text)
        found: list[Term] = []
        after = 0
        for word in _WORD.finditer(folded):
            bucket = self._buckets.get(word[0])
            if bucket and word.start() >= after and (match := bucket[0].match(folded, word.start())):
                name, has_gap = bucket[1][match.lastindex or 0]
                after = word.end() if has_gap else match.end()
                found.append(Term(text[slice(*match.span())], name, where, *match.span()))
        return found

    def _strengths(self, terms: list[Term], context: list[Term] | None = None) -> dict[str, float]:
        """How strongly these terms together show each facet; ``context`` is near them, but shows nothing itself."""
        found = dict.fromkeys(term.group for term in terms)  # in order, so that sums are always the same
        around = found | dict.fromkeys(term.group for term in context or ())
        groups = [self._by_name[name] for name in found if self._counts(self._by_name[name], around)]
        return {facet: _noisy_or([group.adds.get(facet, 0.0) for group in groups]) for facet in self.facets}

    def _counts(self, group: Group, around: Collection[str]) -> bool:
        """Whether a group counts beside the others: what it needs is there, what it shuns is not."""
        if any(name in around for name in group.unless):
            return False
        others = [self._by_name[name] for name in around if name != group.name]
        shown = {facet for other in others for facet, weight in other.adds.items() if weight > 0}
        shown |= {other.name for other in others}
        return not group.near or not shown.isdisjoint(group.near)

    def _score(self, strengths: dict[str, float]) -> float:
        """What a passage scores: all facets together."""
        return math.prod(worth + (1 - worth) * strengths[facet] for facet, worth in self.facets.items())

    def _read(self, text: str, terms: list[Term], title: list[Term]) -> float:
        """How far the passages of a text are about the subject, from 0 to 1: how many are, and their share of it."""
        starts = _passages(text)
        held: dict[int, list[Term]] = defaultdict(list)
        for term in terms:
            held[bisect_right(starts, term.start) - 1].append(term)
        said = self._strengths(title)
        amount = share = 0.0
        for number, inside in held.items():
            own = self._strengths(inside, title)
            if any(own.values()):
                score = self._score({facet: _noisy_or([own[facet], said[facet] / 2]) for facet in own})
                score = max(0.0, score - _ADJACENT) / (1 - _ADJACENT)
                end = starts[number + 1] if number + 1 < len(starts) else len(text)
                amount += score
                share += score * (end - starts[number]) / len(text)
        return (1 - math.exp(-amount)) * min(1.0, share / _SHARE)

    @cached_property
    def _by_name(self) -> dict[str, Group]:
        return {group.name: group for group in self.groups}

    @cached_property
    def _buckets(self) -> dict[str, tuple[re.Pattern[str], dict[int, tuple[str, bool]]]]:
        """Terms by the first letters of their first word: one pattern each, and whose its parts are."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for group in self.groups:
            for term in group.terms:
                for letters in _beginnings(term):
                    found[letters].append((term, group.name))
        return {
            letters: (
                re.compile("|".join(f"({_pattern(term)})" for term, _ in terms)),
                {
                    number: (name, ".." in term and bool(self._by_name[name].adds))
                    for number, (term, name) in enumerate(terms, 1)
                },
            )
            for letters, terms in found.items()
        }


def judge(title: str, text: str = "") -> Judgement:
    """How far a title (or the words of an address) and a text are about online-radicalisation policy."""
    return load().judge(title, text)


@cache
def load(file: Path = QUERY) -> Query:
    """A query from its TOML file.

    :raises ConfigurationError: the file cannot be read, or a key, group or term in it is wrong
    """
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{file}: {error}") from error
    groups = data.pop("group", [])
    query = _record(Query, data | {"groups": tuple(_group(table, file) for table in groups)}, str(file))
    _check(query, file)
    return query


def _group(table: dict[str, Any], file: Path) -> Group:
    where = f"{file}: group {table.get('name', '?')!r}"
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    return _record(Group, table | lists, where)


def _record(kind: Any, table: dict[str, Any], where: str) -> Any:  # noqa: ANN401 -- the type asked for
    """A class made of a TOML table; what is unknown or missing is an error that names file and key."""
    known = [item.name for item in fields(kind)]
    for key in table:
        if key not in known:
            raise ConfigurationError(f"{where}: unknown key {key!r}; known are {', '.join(sorted(known))}")
    try:
        return kind(**table)
    except TypeError as error:
        raise ConfigurationError(f"{where}: {error}") from error


def _check(query: Query, file: Path) -> None:
    """What a class cannot say."""
    names = [group.name for group in query.groups]
    for group in query.groups:
        where = f"{file}: group {group.name!r}"
        if names.count(group.name) > 1:
            raise ConfigurationError(f"{where}: there are two of that name")
        for facet in group.adds:
            if facet not in query.facets:
                raise ConfigurationError(f"{where}: adds: unknown facet {facet!r}")
        for near in group.near:
            if near not in query.facets and near not in names:
                raise ConfigurationError(f"{where}: near: neither a facet nor a group: {near!r}")
        for other in group.unless:
            if other not in names:
                raise ConfigurationError(f"{where}: unless: no such group: {other!r}")
        for term in group.terms:
            try:
                _pattern(term), _beginnings(term)
            except ValueError as error:
                raise ConfigurationError(f"{where}: {term!r}: {error}") from error


def _noisy_or(weights: list[float]) -> float:
    """Several signs of one thing together; negative weights take their share away."""
    for_it = 1 - math.prod(1 - weight for weight in weights if weight > 0)
    return for_it * math.prod(1 + weight for weight in weights if weight < 0)


def _together(title: float, body: float, length: int) -> float:
    """The score of a title and a text; the longer a text that does not bear its title out, the more that costs."""
    doubt = min(1.0, length / 1500) * (1 - min(1.0, body / 0.3)) / 2
    return 1 - (1 - title * (1 - doubt)) * (1 - body)


def _passages(text: str) -> list[int]:
    """Where each passage of a text begins."""
    starts = [0]
    while end := _SENTENCE_END.search(text, starts[-1] + _PASSAGE):
        starts.append(end.end())
    return starts


def _pattern(term: str) -> str:
    """A term as a regular expression on folded text.

    ``x(y)`` y or nothing; ``x(y|z)`` one of them; ``x*`` any ending; ``x .. y`` up to three words between.
    A space, hyphen or apostrophe is anything that stands between two words of a sentence.
    """
    term = re.sub(r"[ '-]+", " ", fold_each(term)).replace(" .. ", "~")
    if not re.fullmatch(r"[\w()|*]+(?:[ ~][\w()|*]+)*", term):
        raise ValueError("expected words, (endings), * and ..")
    pattern = re.sub(r"\(([^()|]*)\)", r"(?:\1)?", term)
    pattern = re.sub(r"\((?!\?)", "(?:", pattern).replace("*", r"[^\W_]{0,15}")
    pattern = re.sub("oe|œ", "(?:oe|œ)", pattern).replace(" ", _GAP)
    return pattern.replace("~", rf"(?:{_GAP}\w+){{0,3}}?{_GAP}") + r"(?![^\W_])"


def _beginnings(term: str) -> set[str]:
    """The first letters of every form of the first word of a term."""
    forms = re.findall(r"^(?:\([^()]*\)|[^ '()-])+", fold_each(term))
    while any("(" in form for form in forms):
        forms = [re.sub(r"\([^()]*\)", choice, form, count=1) for form in forms for choice in _choices(form)]
    if any("*" in form[:_LETTERS] for form in forms):
        raise ValueError(f"the first word needs {_LETTERS} letters before *")
    forms = [re.split("[ '-]", form)[0] for form in forms]
    return {form.replace(*pair)[:_LETTERS] for form in forms for pair in (("œ", "oe"), ("oe", "œ"))}


def _choices(form: str) -> list[str]:
    """The alternatives of the first parenthesis of a word."""
    inside = re.search(r"\(([^()]*)\)", form)
    choices = inside[1].split("|") if inside else [""]
    return choices if len(choices) > 1 else ["", *choices]
