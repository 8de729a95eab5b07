"""Addresses that a page names: made absolute, and held against its own."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

_PLAIN = re.compile(r"https?://[a-z\d.-]+(?:[/?#]|$)")  # an address that needs not be taken apart
_HOST = re.compile(r"^(?:(?:www\d?|m|mobile|amp|premium|abonnes?)\.)+")
_WORDS = re.compile(r"\d+|[^\W\d_]{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GENERIC: Final = frozenset({
    "html", "htm", "php", "amp", "print", "imprimer", "article", "articles", "actualites",
    "actualite", "utm", "source", "medium", "campaign", "www",
})  # fmt: skip


def absolute(base: str, href: str) -> str:
    """An absolute http address, or "" where it is none."""
    whole = href.startswith(("https://", "http://")) and href.isprintable()
    if whole and _PLAIN.match(href):
        return href
    try:
        url = href if whole else urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""


def same_article(url: str, other: str) -> bool:
    """Whether two addresses may be one article's: of one site, with its number or most words in common.

    A wrong ``canonical`` (the front page, another article, another site) would merge what is not the same.
    """
    try:
        one, two = urlsplit(url), urlsplit(other)
    except ValueError:
        return False
    if url == other:
        return bool(two.path.strip("/") or two.query)
    hosts = {_HOST.sub("", (part.hostname or "").lower()) for part in (one, two)}
    if len(hosts) > 1 or not (two.path.strip("/") or two.query):
        return False
    if tail(url) == tail(other):
        return True
    here, there = (
        set(_WORDS.findall(unquote(part.path + "?" + part.query).lower())) - _GENERIC for part in (one, two)
    )
    if any(word.isdigit() and len(word) >= 4 and not _YEAR.fullmatch(word) for word in here & there):
        return True
    return (
        len(here & there) * 2 >= len(here | there)
        or (bool(there) and there <= here)
        or (bool(here) and here <= there)
    )


def tail(url: str) -> str:
    """An address without what differs between spellings of one: scheme, www, query, last slash."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    whole = (parts.hostname or "").removeprefix("www.") + parts.path
    return whole.rstrip("/") if parts.path.strip("/") else ""
