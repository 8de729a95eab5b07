"""RSS, RDF, Atom and JSON feeds: the addresses they name, with title and date as written."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from lxml import etree

from crawler.errors import ListError
from crawler.extract import listed
from crawler.extract.listed import Listed
from crawler.items import Found
from crawler.text.normalise import clean, squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ENTRIES: Final = 10_000  # a newspaper's feed has 20 to 500; the rest of a longer one is left
LARGEST: Final = 1_000_000  # characters of one entry, beyond which its feed is out of order
_ENTRIES: Final = frozenset({"item", "entry"})
_ROOT: Final = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_PUBLISHED: Final = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_MODIFIED: Final = ("updated", "modified")
_TAG: Final = re.compile(r"</?[a-zA-Z][^>]{0,500}>")


def is_feed(body: bytes) -> bool:
    """Whether a body looks like a feed: RSS, RDF, Atom or JSON Feed."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return b"jsonfeed.org/version" in start or bool(re.search(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", start))


def read(body: bytes, headers: Mapping[str, str] | None = None) -> Listed:
    """The entries of a feed, in its order, with what is wrong with it; none of its text is taken.

    The address is the entry's own, not FeedBurner's; where an entry has no link, its guid serves if it is an
    address. An entry without an address has an empty one, so that it can be counted.

    :raises ListError: the body is no feed, or one that attacks its reader
    """
    content, faults = listed.text(body, headers)
    if content.lstrip().startswith("{"):
        return _json(content)
    listed.refuse(content)
    if not _ROOT.search(content[:4096]):
        raise ListError("the body is neither RSS nor Atom nor JSON Feed")
    feed, guids = Listed(faults=faults), dict[str, str]()

    def take(element: etree._Element) -> bool:
        if len(feed.pages) == MAX_ENTRIES:
            faults.append(f"more than {MAX_ENTRIES} entries: the rest is left")
            return False
        said, size = _said(element)
        feed.pages.append(_entry(said))
        if size > LARGEST:
            faults.append(f"an entry of {size} characters")
        if (guid := said.get("guid") or said.get("id", "")) and guids.setdefault(guid, said["link"]) != said[
            "link"
        ]:
            faults.append("several entries have one guid")
        return True

    listed.elements(content, _ENTRIES, take, faults)
    feed.faults = list(dict.fromkeys(faults))
    return feed


def _said(element: etree._Element) -> tuple[dict[str, str], int]:
    """The first text of each child by its name in small letters; "link" is the entry's own address.

    A relative link counts from the ``xml:base`` around it (RFC 4287 §2), where there is one.
    """
    said: dict[str, str] = {}
    links: dict[str, str] = {}
    size = 0
    for child in element.iterchildren(etree.Element):
        name = listed.local(child)
        value = "".join(map(str, child.itertext()))
        size += len(value)
        if name == "link":
            links.setdefault(child.get("rel", "alternate"), _based(child, child.get("href") or value))
        elif name == "guid" and child.get("ispermalink", child.get("isPermaLink", "true")).lower() == "false":
            said.setdefault("guid", value.strip())
        elif name == "guid":
            said |= {"guid": value.strip(), "permalink": value}
        elif len(value) < LARGEST:
            said.setdefault(name, value)
    permalink = said.get("permalink", "") if "://" in said.get("permalink", "") else ""
    link = said.get("origlink") or links.get("alternate") or permalink or element.get(_ABOUT) or ""
    said["link"] = html.unescape(link).strip() if "&amp;" in link else link.strip()
    return said, size


def _based(element: etree._Element, link: str) -> str:
    """A link, absolute where an ``xml:base`` says from where it counts."""
    if not (element.base and link.strip()):
        return link
    try:
        return urljoin(element.base, link.strip())
    except ValueError:
        return link


_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def _entry(said: Mapping[str, str]) -> Found:
    """An entry; a title that was escaped twice is read as what it means."""
    return Found(
        url=said["link"],
        title=_plain(said.get("title", "")),
        published=next((said[name].strip() for name in _PUBLISHED if said.get(name, "").strip()), ""),
        modified=next((said[name].strip() for name in _MODIFIED if said.get(name, "").strip()), ""),
    )


def _plain(title: str) -> str:
    """A title without markup, on one line."""
    return squeeze(clean(_TAG.sub("", html.unescape(title))))


def _json(content: str) -> Listed:
    """A JSON Feed (version 1 or 1.1)."""
    try:
        data: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ListError(f"JSON that cannot be read: {error}") from error
    entries = data.get("items") if isinstance(data, dict) else None
    if not isinstance(entries, list) or "jsonfeed.org" not in str(data.get("version")):
        raise ListError("the body is JSON, but no feed")
    feed = Listed(faults=[f"more than {MAX_ENTRIES} entries"] if len(entries) > MAX_ENTRIES else [])
    for entry in entries[:MAX_ENTRIES]:
        said = (
            {name: value for name, value in entry.items() if isinstance(value, str)}
            if isinstance(entry, dict)
            else {}
        )
        named = {"link": said.get("url") or said.get("external_url", ""), "title": said.get("title", "")}
        dates = {"published": said.get("date_published", ""), "modified": said.get("date_modified", "")}
        feed.pages.append(_entry(named | dates))
    return feed
