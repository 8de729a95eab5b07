"""The query language: what a user types becomes a tree of words and a few filters; nothing typed is an error.

::

    radicalisation en ligne           all the words, in any inflection, accents or none
    "haine en ligne"                  words in this order (a-b and l'Élysée need no quotes)
    prévention OR répression          either; AND binds closer; parentheses group
    plateformes -Facebook             not (or NOT)
    haine NEAR ligne                  in either order, 10 words between them at most; NEAR/3: at most 3
    radicalis*                        words that begin so
    =radicalisés                      this form only, accents included
    source:latribune agency:AFP       filters: source, country, agency, author, tag, section, access, label
    since:2024-06 until:2025          published from 1 June 2024 to 31 December 2025 (UTC)

Filters hold for the whole query, wherever they stand; several of one kind are alternatives; ``-source:bladi``
excludes. AND, OR, NOT and NEAR are written in capitals.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from crawler.corpus.query import (
    All,
    Any,
    Exact,
    Filters,
    Leaf,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Query,
    either,
    every,
)
from crawler.errors import QueryError
from crawler.text import stems

FIELDS: Final = (
    "source", "country", "agency", "author", "tag", "section", "access", "label", "since", "until",
)  # fmt: skip

MOST: Final = 100
"""Words of a query."""

DEEPEST: Final = 20
"""Parentheses within parentheses; further ones are not looked at."""

GAP: Final = 10
"""Words that may stand between two that are near each other; as in FTS5."""

WIDEST: Final = 50
"""The largest gap that NEAR/n takes: beyond a paragraph, words are not near each other."""

_TOKEN: Final = re.compile(
    rf'(?P<not>-)?(?P<field>{"|".join(FIELDS)}):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s()"]+))'
    r"|(?P<open>-?\()|(?P<close>\))"
    r'|(?P<dash>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s()"]+))',
    re.IGNORECASE,
)
_NEAR: Final = re.compile(r"NEAR(?:/(\d{1,4}))?", re.ASCII)
_QUOTES: Final = str.maketrans("«»“”„\0", '""""" ')
_WORDS: Final = frozenset(["OR", "AND", ")"])


def parse(text: str) -> Query:
    """Understand a query.

    :raises QueryError: a date, an access or a label that is none, or more than ``MOST`` words
    """
    reader = _Reader(text)
    node = reader.either()
    return Query(node, reader.filters, nothing=node is None and not reader.filters and bool(text.strip()))


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
        return either([part for part in parts if part])

    def _every(self) -> Node | None:
        """Parts side by side, or joined by AND."""
        parts: list[Node] = []
        while (token := self._peek()) and token[0] != "OR" and not (token["close"] and self._depth):
            if not (self._take("AND") or self._take(")")) and (part := self._neighbours()):
                parts.append(part)
        return every(parts)

    def _neighbours(self) -> Node | None:
        """A part, or several joined by NEAR: each is near the next."""
        last = self._one()
        pairs: list[Node] = []
        while gap := self._gap():
            after = self._one()
            if last and after:
                pairs.append(_near(last, after, min(int(gap[1] or GAP), WIDEST)))
            last = after or last
        return every(pairs) or last

    def _one(self) -> Node | None:
        """A word, a phrase, a group, or the opposite of one."""
        negated = False
        while self._take("NOT"):
            negated = not negated
        token = self._peek()
        if token is None or token[0] in _WORDS or _NEAR.fullmatch(token[0]):
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
        text = token["phrase"] or token["word"] or ""
        part = _leaf(text, is_word=bool(token["word"]))
        self.count += max(len(stems.WORD.findall(text)), 1)
        if self.count > MOST:
            raise QueryError(f"a query may have {MOST} words; this one has more")
        return part

    def _peek(self) -> re.Match[str] | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self, sign: str) -> bool:
        token = self._peek()
        taken = token is not None and token[0] == sign
        self._place += taken
        return taken

    def _gap(self) -> re.Match[str] | None:
        """The sign NEAR, taken; one that stands before nothing is passed over."""
        token = self._peek()
        found = _NEAR.fullmatch(token[0]) if token else None
        self._place += bool(found)
        return found

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


def _leaf(text: str, *, is_word: bool) -> Node | None:
    """What a word or a phrase asks for; None where it holds signs only."""
    words = stems.WORD.findall(text)
    if is_word and text.startswith("="):
        forms = [Exact(form) for word in words for form in stems.written(word)]
        whole = _leaf(text.lstrip("="), is_word=False) if len(forms) > 1 else None
        return every([*forms, *([whole] if whole else [])])
    folded = [part for word in words for part in stems.parts(word)]
    if not folded:
        return None
    if not text.rstrip().endswith("*"):
        phrase = Phrase(tuple(map(stems.stem, folded)))
        return either([phrase, *_compounds(text, phrase)])
    if len(folded) == 1:
        return Prefix(folded[0])
    return Phrase((*map(stems.stem, folded[:-1]), stems.shortest(folded[-1])), prefix=True)


def _compounds(text: str, phrase: Phrase) -> list[Node]:
    """The phrase with its compounds written as one word each: "anti-terroriste" is "antiterroriste" too."""
    joined = stems.COMPOUND.sub(lambda found: found[0].translate(_HYPHENS), text)
    other = Phrase(tuple(stems.stems(joined)))
    return [other] if other.stems and other != phrase else []


_HYPHENS: Final = dict.fromkeys(map(ord, "-‐‑"))


def _near(left: Node, right: Node, gap: int) -> Node:
    """Two parts near each other, or any of each; others, which have no place, only have to be there."""
    pairs = [_pair(one, other, gap) for one in _alternatives(left) for other in _alternatives(right)]
    return either(pairs) or left


def _alternatives(node: Node) -> tuple[Node, ...]:
    leaves_only = isinstance(node, Any) and all(isinstance(part, Leaf) for part in node.parts)
    return node.parts if isinstance(node, Any) and leaves_only else (node,)


def _pair(left: Node, right: Node, gap: int) -> Node:
    first, second = _placed(left), _placed(right)
    if not first or not second:
        return All((left, right))
    # A form or a beginning is near as a stem, and must be there as itself.
    named = [part for part in (left, right) if not isinstance(part, Phrase)]
    return All((Near(first, second, gap), *named)) if named else Near(first, second, gap)


def _placed(node: Node) -> Phrase | None:
    """What of a part can be found at a place: of a form its stem, of a beginning the stems that begin so."""
    if isinstance(node, Phrase):
        return node
    if isinstance(node, Exact):
        return Phrase((stems.stem(stems.fold(node.form)),))
    if isinstance(node, Prefix):
        return Phrase((stems.shortest(node.letters),), prefix=True)
    return None


def _day(value: str, name: str) -> dt.datetime:
    """The first instant of a year, month or day; for "until", the first one after it."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", value, re.ASCII)
    year, month, day = (int(part) if part else 0 for part in found.groups()) if found else (0, 0, 0)
    last = name == "until"
    try:
        month = month or (12 if last else 1)
        day = day or (calendar.monthrange(year, month)[1] if last else 1)
        begin = dt.datetime(year, month, day, tzinfo=dt.UTC)
        return begin + dt.timedelta(days=last and year < dt.MAXYEAR)  # no day comes after the last year's
    except ValueError as error:
        raise QueryError(
            f"{name}:{value}: not a day like 2024-06-30, a month like 2024-06 or a year"
        ) from error


def _check(name: str, value: str) -> None:
    if name == "access" and value not in {"free", "metered", "paywalled", "unknown"}:
        raise QueryError(f"access:{value}: access is free, metered, paywalled or unknown")
    if name == "label" and not re.fullmatch(r"-?\d{1,4}", value):
        raise QueryError(f"label:{value}: a label is a number")
