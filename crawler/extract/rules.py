"""What each rule of a declared layout finds on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.extract.signals import declared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from crawler.sources.declaration import Rules

SINGLE: Final = ("title", "lead", "body", "authors", "published", "section", "tags")
BEGINNING: Final = 60  # characters of what a rule finds that are shown


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
