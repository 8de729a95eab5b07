"""What the rules of a declared layout find on a page: each is an XPath expression."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from crawler.errors import SourceError
from crawler.extract import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from crawler.sources.declaration import Rules

SINGLE: Final = ("title", "lead", "body", "authors", "published", "section", "tags")
MOST: Final = 40  # texts that one rule gives
BEGINNING: Final = 60  # characters of what a rule finds that are shown


def select(tree: HtmlElement, path: str) -> list[HtmlElement]:
    """The elements that a declared expression finds.

    :raises SourceError: it is no XPath expression
    """
    return [one for one in _found(tree, path) if isinstance(one, etree.ElementBase)]


def declared(tree: HtmlElement, path: str) -> list[tuple[str, HtmlElement | None]]:
    """The texts that a declared expression finds, each with its element where it is one; none without one.

    Dates and contents that elements carry come before what they show.

    :raises SourceError: it is no XPath expression
    """
    found: list[tuple[str, HtmlElement | None]] = []
    for item in _found(tree, path)[:MOST] if path else ():
        if isinstance(item, etree.ElementBase):
            found.append((item.get("datetime") or item.get("content") or lines.line(item), item))
        else:
            found.append((" ".join(str(item).split()), None))
    return found


def _found(tree: HtmlElement, path: str) -> list[Any]:
    """What a declared expression finds: elements, texts, or one number, text or truth."""
    try:
        found = _compiled(path)(tree)
    except etree.XPathError as error:
        raise SourceError(f"not an XPath expression: {path!r}: {error}") from error
    return found if isinstance(found, list) else [found]


@lru_cache(maxsize=1024)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, smart_strings=False)


@dataclass(frozen=True, slots=True)
class Given:
    """One rule: the field it is for, its expression, how many nodes it finds, and how the first begins."""

    field: str
    expression: str
    count: int
    begins: str = ""  # never of a comment


def given(root: HtmlElement, rules: Rules) -> Iterator[Given]:
    """Every rule of a layout, with what it finds on the page as it came.

    :raises SourceError: a rule is no XPath expression
    """
    for field in SINGLE:
        if expression := getattr(rules, field):
            found = declared(root, expression)
            yield Given(field, expression, len(found), found[0][0][:BEGINNING] if found else "")
    for field in ("comments", "drop"):
        for expression in getattr(rules, field):
            yield Given(field, expression, len(declared(root, expression)))
