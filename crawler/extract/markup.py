"""What class, id, role and itemprop say of an element, by whole words: never by a part of one.

``fig-comments__list`` is read as the words *fig comments list*: a word that stands alone between ``-``,
``_``, capitals or blanks counts, ``commentator`` does not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise, repeat
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from crawler.extract.blocks import HEADINGS
from crawler.extract.vocabulary import (
    ASIDE_NOT,
    ASIDE_PAIRS,
    ASIDE_ROLES,
    ASIDE_WORDS,
    AUTHOR,
    COMMENT_NOT,
    COMMENT_PARTS,
    COMMENT_WORDS,
    KNOWN,
    PROPS,
    SAYS_TOKEN,
    WORDS,
    Says,
    words,
)
from crawler.text.normalise import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement


_AD: Final = words("pub")
_HOLDS: Final = words("with has avec")
"""What has a lead is none: the body of each page that Drupal makes is a ``text-with-summary``."""
_PUBLISHED: Final = words("date dates time datetime")
REMEMBERED: Final = 32_768
"""Names that are remembered before all are forgotten."""

_PARTS = re.compile(r"[^\W_]+")
CAMEL: Final = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
"""Where a word begins in ``camelCase``."""


_NUMBER = re.compile(r"\d{3,}")
"""What tells one comment or card from another in ``comment-41005175``: what is remembered is of them all."""

FEW: Final = 2
"""Words of an id that may name a box, though its heading has them too."""

FIRST: Final = 6
"""Elements of a box among which its heading is."""

_BESIDE: Final = words("h toc section")  # what makers of a table of contents set before the words

_KIND = re.compile(r"^(?:[a-z]|cmp)-")
"""``c-intro``, ``cmp-text``: that it is a component's, or an object's; a ``cmp`` alone asks for consent."""

_STYLED = re.compile(r"(?:^|-)sc-")
_DRAWN = re.compile(r"[A-Za-z]{5,7}")
"""Beside a class with ``sc-``, styled-components writes letters drawn by lot: ``adMchc`` is no *ad*."""
_PAIRS = re.compile(r"[a-z]{1,2}")
"""Where three classes are a letter or two, they are counted up: ``nk nl nm`` is no *nl*."""


def says(element: HtmlElement) -> int:
    """What the class, id, role and itemprop of an element say it is."""
    get = element.get
    found = Says.NOTHING
    if names := get("class"):
        found = SAID[names]
    if identity := get("id"):
        found |= _id_says(identity, element)
    if prop := get("itemprop"):
        found |= _prop_says(prop, element)
    if role := get("role"):
        found |= _role_says(role, element)
    return found


def _id_says(identity: str, element: HtmlElement) -> int:
    said = SAID[str(identity)]  # not the string of an XPath, which holds its tree
    return Says.NOTHING if said and _is_slug(identity, element, said) else said


def _is_slug(identity: str, element: HtmlElement, said: int) -> bool:
    """Whether an id is made of the words of the heading it stands on or in, to be linked to.

    On a box with that heading too, where it has several words: « newsletter » may name the box, and comments
    are believed.
    """
    near = (one for one in (element, element.getparent()) if one is not None and one.tag in HEADINGS)
    heading = next(near, None)
    if heading is None and not said & Says.COMMENTS and len(_PARTS.findall(identity)) > FEW:  # few are
        heading = next((one for one in islice(element.iter(), FIRST) if one.tag in HEADINGS), None)
    if heading is None:
        return False
    parts = [part for part in _PARTS.findall(fold(identity)) if part not in _BESIDE and not part.isdigit()]
    told = _PARTS.findall(fold("".join(heading.itertext())))
    return bool(told) and ("".join(parts) in "".join(told) or set(told).issuperset(parts))


def _role_says(role: str, _: HtmlElement) -> int:
    return Says.ASIDE if role.lower() in ASIDE_ROLES else Says.NOTHING


def _prop_says(prop: str, _: HtmlElement) -> int:
    return PROPS.get(prop.lower(), Says.NOTHING)


def survey(root: HtmlElement) -> dict[HtmlElement, int]:
    """What names say of an element and of each in it, in reading order.

    The same as :func:`says` of each, written out: it is asked of a thousand elements a page, and all but
    class stand on few of them. Every element is in it, also those that say nothing: lxml makes an object for
    each element that is looked at, and while it is held the next look costs a sixth.
    """
    elements = list(root.iter())
    names = map(_GET, elements, repeat("class"), repeat(""))
    found = dict(zip(elements, map(SAID.__getitem__, names), strict=True))
    for path, read in _RARE:
        for value in cast("list[Any]", path(root)):
            element = value.getparent()
            if said := read(value, element):
                found[element] |= said
    return found


class Said(dict[str, int]):
    """What class attributes and ids say, remembered: a page asks a thousand times for a few dozen names."""

    def __missing__(self, names: str) -> int:
        """Read names that were not met before."""
        if (alike := _NUMBER.sub("0", names)) != names:
            return self[alike]
        if len(self) > REMEMBERED:
            self.clear()
        found = Says.NOTHING
        every = names.split()[:40]
        styled = any(_STYLED.search(name) for name in every)
        drawn = _DRAWN if styled else _PAIRS if sum(len(name) < 3 for name in every) > 2 else None
        for name in every:
            if not (drawn and drawn.fullmatch(name)):
                found |= _name_says(name)
        self[names] = found
        return found


SAID: Final = Said()


@lru_cache(maxsize=REMEMBERED)
def _name_says(name: str) -> int:
    """What one class or id says."""
    if len(name) > 80:
        return Says.NOTHING
    token = name.lower()
    apart = (token if token == name else CAMEL.sub(" ", name).lower()).removeprefix("cmp-")
    parts = _PARTS.findall(apart)
    said = KNOWN.intersection(parts)
    found = SAYS_TOKEN.get(token, Says.NOTHING) or SAYS_TOKEN.get(_KIND.sub("", token), Says.NOTHING)
    if AUTHOR.search(apart):
        found |= Says.AUTHOR
    if not ASIDE_PAIRS.isdisjoint(map("-".join, pairwise(parts))) and ASIDE_NOT.isdisjoint(parts):
        found |= Says.ASIDE
    if not said:
        return found
    if _names_comments(parts, said):
        found |= Says.COMMENTS
    aside = said & ASIDE_WORDS
    if aside == _AD and not _PUBLISHED.isdisjoint(parts):
        aside = frozenset()  # "pub-date" is when an article was published
    if aside and ASIDE_NOT.isdisjoint(parts):
        found |= Says.ASIDE
    for kind, some, beside in WORDS:
        if said & some and (not beside or not beside.isdisjoint(parts)):
            found |= kind
    return found if _HOLDS.isdisjoint(parts) else found & ~Says.LEAD


def _names_comments(parts: list[str], said: frozenset[str]) -> bool:
    """Whether the words of a name mean readers' comments."""
    if not COMMENT_NOT.isdisjoint(parts):
        return False
    if said & COMMENT_WORDS:
        return True
    if "comment" not in said:
        return False
    after = parts[parts.index("comment") + 1 :]
    return not after or after[0].isdigit() or after[0] in COMMENT_PARTS


_GET = etree.ElementBase.get
_RARE = (  # apart: the union of two paths is sorted, in the square of their number
    (etree.XPath("descendant-or-self::*/@id"), _id_says),
    (etree.XPath("descendant-or-self::*/@role"), _role_says),
    (etree.XPath("descendant-or-self::*/@itemprop"), _prop_says),
)
