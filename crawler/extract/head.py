"""What the head of a home page says of its site: its name, its language, its feeds."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urljoin

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEEDS = etree.XPath("//link[@href][@type]")
_NAME = etree.XPath("string(//meta[@property = 'og:site_name']/@content)")
_TITLE = etree.XPath("string(//title)")
_LANGUAGES = etree.XPath("//html/@lang | //html/@xml:lang | //meta[@property = 'og:locale']/@content")
_BASE = etree.XPath("string(//base/@href)")
_IS_FEED: Final = re.compile(r"application/(?:rss|atom|rdf)\+xml", re.IGNORECASE)
_CUT: Final = re.compile(r"\s+[|\u2013\u2014:·•»›-]\s+|,\s")


def feeds(root: HtmlElement) -> list[str]:
    """The feeds that a page offers (RSS autodiscovery), as written, ``<base>`` applied."""
    base = str(_BASE(root)).strip()
    found = cast("list[HtmlElement]", _FEEDS(root))
    links = [
        link.get("href", "").strip()
        for link in found
        if _IS_FEED.search(link.get("type", "")) and "alternate" in link.get("rel", "").lower().split()
    ]
    return [urljoin(base, link) for link in links]


def site_name(root: HtmlElement, host: str) -> str:
    """The name of the site: what its home page says, else the part of its title most like the host."""
    if name := " ".join(str(_NAME(root)).split()):
        return name
    label = host.rpartition(".")[0] or host

    def likeness(part: str) -> float:
        plain = "".join(char for char in part.lower() if char.isalnum())
        return SequenceMatcher(None, plain, label).ratio()

    return max(_CUT.split(" ".join(str(_TITLE(root)).split())), key=likeness)


def languages(root: HtmlElement) -> list[str]:
    """The language tags of the page: ``fr``, ``fr-CA``, ``fr_BE``."""
    return [str(tag).strip() for tag in cast("list[str]", _LANGUAGES(root)) if str(tag).strip()]
