"""Sitemaps, sitemap indexes and Google-News sitemaps (sitemaps.org protocol 0.9), gzipped or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.errors import ListError
from crawler.extract import listed
from crawler.extract.listed import Listed
from crawler.items import Found
from crawler.text.normalise import clean, squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_URLS: Final = 50_000  # the protocol's own limit
_NAMES: Final = frozenset({"url", "sitemap"})
_ROOT: Final = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)\b")


def is_sitemap(body: bytes) -> bool:
    """Whether a body looks like a sitemap or an index of them."""
    try:
        content = listed.text(body[:100_000])[0]
    except ListError:
        return False
    if _ROOT.search(content[:4096]):
        return True
    lines = [line for line in content[:4096].splitlines()[:10] if line.strip()]
    return bool(lines) and all(line.startswith(("http://", "https://")) for line in lines)


def read(body: bytes, headers: Mapping[str, str] | None = None) -> Listed:
    """A sitemap; an empty one is legal (a news sitemap has none of the last two days).

    ``published`` of a page is ``news:publication_date``, else ``lastmod``; ``modified`` is ``lastmod``.

    :raises ListError: the body is no sitemap, or one that attacks its reader
    """
    content, faults = listed.text(body, headers)
    if not content.lstrip().startswith("<"):
        return _lines(content, faults)
    listed.refuse(content)
    if not _ROOT.search(content[:4096]):
        raise ListError("the body is XML or HTML, but no sitemap")
    sitemap = Listed(faults=faults)

    def take(element: etree._Element) -> bool:
        if len(sitemap.pages) + len(sitemap.sitemaps) == MAX_URLS:
            faults.append(f"more than {MAX_URLS} addresses: the rest is left")
            return False
        named = sitemap.pages if listed.local(element) == "url" else sitemap.sitemaps
        named.append(_entry(element))
        return True

    listed.elements(content, _NAMES, take, faults)
    return sitemap


def _entry(element: etree._Element) -> Found:
    """What is said of one address, by itself and as news; pictures and films have addresses of their own."""
    said: dict[str, str] = {}
    for part in element.iterchildren(etree.Element):
        for item in part.iter(etree.Element) if listed.local(part) not in {"image", "video"} else ():
            said.setdefault(listed.local(item), (item.text or "").strip())
    return Found(
        url=said.get("loc", ""),
        title=squeeze(clean(said.get("title", ""))),
        published=said.get("publication_date") or said.get("lastmod", ""),
        modified=said.get("lastmod", ""),
    )


def _lines(content: str, faults: list[str]) -> Listed:
    """A sitemap in plain text: one address a line."""
    lines = [line for line in content.split() if line.startswith(("http://", "https://"))]
    if not lines:
        raise ListError("the body is no sitemap")
    if len(lines) > MAX_URLS:
        faults.append(f"more than {MAX_URLS} addresses: the rest is left")
    return Listed(pages=[Found(url=line) for line in lines[:MAX_URLS]], faults=faults)
