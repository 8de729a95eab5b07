"""The text of an element, and what is left of a text where typography must not count."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TEXT: Final = etree.XPath("normalize-space()", smart_strings=False)
_SIZE: Final = etree.XPath("string-length(normalize-space())")
_TEXTS: Final = etree.XPath("descendant::text()", smart_strings=False)
_AFTER: Final = etree.XPath("following::text()", smart_strings=False)
_MARKS: Final = bytes(code for code in range(128) if not chr(code).isalnum())
_NO_LETTERS = re.compile(r"\W+")


def size(element: HtmlElement) -> int:
    """The characters of text in an element of the body (which holds no scripts)."""
    return int(cast("float", _SIZE(element)))


def text_of(element: HtmlElement) -> str:
    """The text of an element on one line."""
    return cast("str", _TEXT(element))


def texts_of(element: HtmlElement) -> list[str]:
    """The text nodes in an element."""
    return cast("list[str]", _TEXTS(element))


def texts_after(element: HtmlElement) -> list[str]:
    """The text nodes of the page that follow an element."""
    return cast("list[str]", _AFTER(element))


def words_of(element: HtmlElement) -> str:
    """The text of an element on one line, a blank between any two of its text nodes."""
    return " ".join(" ".join(texts_of(element)).split())


def squash(text: str) -> str:
    """Letters and digits only, small: what is compared when typography must not count."""
    plain = text.lower().encode("utf-8", "surrogatepass").translate(None, _MARKS)
    small = plain.decode("utf-8", "surrogatepass")
    return small if small.isalnum() else _NO_LETTERS.sub("", small)


def begin(text: str, number: int = 6) -> str:
    """The first letters and digits, small: the same for texts that :func:`squash` makes the same."""
    return "".join(islice(filter(str.isalnum, text), number)).lower()
