"""RSS, Atom and RDF feeds: the addresses they name, with title and date as written."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import feedparser

from crawler.errors import ListError
from crawler.items import Found

if TYPE_CHECKING:
    from collections.abc import Mapping


def read(body: bytes, headers: Mapping[str, str] | None = None) -> list[Found]:
    """The entries of a feed, in its order; an entry without an address of its own is left out.

    Broken XML and wrong encodings are feedparser's work; its cleaning of the entries' HTML is off, since no
    text is taken from a feed.

    :raises ListError: the body is no feed
    """
    feed = feedparser.parse(
        BytesIO(body), response_headers=dict(headers or {}), sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.get("version"):
        raise ListError("the body is neither RSS nor Atom")
    return [
        Found(
            url=entry.link,
            title=entry.get("title", ""),
            published=_published(entry),
            modified=str(dict.get(entry, "updated") or ""),
        )
        for entry in feed.entries
        if entry.get("link")
    ]


def _published(entry: feedparser.FeedParserDict) -> str:
    """The date as the feed writes it; ``updated`` only where it is not feedparser's stand-in for nothing."""
    return str(entry.get("published") or dict.get(entry, "updated") or "")
