"""Sitemaps, sitemap indexes and Google-News sitemaps (sitemaps.org protocol 0.9), gzipped or not."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from lxml import etree

from crawler.errors import ListError
from crawler.items import Found

MAX_BYTES: Final = 52_428_800  # unpacked: the protocol's own limit
MAX_URLS: Final = 50_000  # likewise


@dataclass(kw_only=True, slots=True)
class Sitemap:
    """What one file names: pages, and further sitemaps."""

    pages: list[Found] = field(default_factory=list)
    sitemaps: list[Found] = field(default_factory=list)


def read(body: bytes) -> Sitemap:
    """A sitemap; an empty one is legal (a news sitemap has none of the last two days).

    ``published`` of a page is ``news:publication_date``, else ``lastmod``; ``modified`` is ``lastmod``.
    Entities are never resolved and nothing is fetched.

    :raises ListError: the body is no sitemap
    """
    xml = unpack(body)
    if not xml.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _lines(xml)
    if not re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", xml[:4096]):
        raise ListError("the body is XML or HTML, but no sitemap")
    sitemap = Sitemap()
    events = etree.iterparse(
        BytesIO(xml.lstrip()), events=("end",), recover=True, resolve_entities=False, no_network=True
    )
    try:
        for _, element in events:
            _take(element, sitemap)
            if len(sitemap.pages) + len(sitemap.sitemaps) >= MAX_URLS:
                break
    except etree.XMLSyntaxError:
        return sitemap  # what came before the fault is good
    return sitemap


def unpack(body: bytes) -> bytes:
    """The body without gzip, whatever its name or type said; at most MAX_BYTES of it."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(BytesIO(body)) as stream:
            return stream.read(MAX_BYTES)
    except (OSError, EOFError, zlib.error):
        return zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES)


def _take(element: etree._Element, sitemap: Sitemap) -> None:
    kind = etree.QName(element).localname
    if kind not in {"url", "sitemap"}:
        return
    said = {etree.QName(item).localname: (item.text or "").strip() for item in element.iter(etree.Element)}
    if said.get("loc"):
        published = said.get("publication_date") or said.get("lastmod", "")
        found = Found(
            url=said["loc"],
            title=said.get("title", ""),
            published=published,
            modified=said.get("lastmod", ""),
        )
        (sitemap.pages if kind == "url" else sitemap.sitemaps).append(found)
    element.clear()


def _lines(body: bytes) -> Sitemap:
    """A sitemap in plain text: one address a line."""
    lines = [
        line for line in body.decode("utf-8", "replace").split() if line.startswith(("http://", "https://"))
    ]
    if not lines:
        raise ListError("the body is no sitemap")
    return Sitemap(pages=[Found(url=line) for line in lines[:MAX_URLS]])
