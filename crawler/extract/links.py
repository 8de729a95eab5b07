"""The links of a page that lists articles, and the way to its next page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from crawler.items import Found
from crawler.text.urls import resolve

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_LINKS: Final = 5_000  # a list with more is a trap
_PAGE: Final = re.compile(
    r"(?:[/_,-]page[-/_]?|/p(?=\d{1,3}\b))(?P<number>\d{1,5})(?:/?|\.\w{3,5})(?=$|\?)"
    r"|(?<=[?&])(?:\w*(?:page|start|debut|offset|pg)\w*|p)=(?P<count>\d{1,6})",
    re.IGNORECASE,
)
_ON: Final = re.compile(
    r"(?:aller à la )?(?:page )?suivante?s?(?: page)?|(?:articles |pages? )?plus ancien(?:ne)?s"
    r"|articles précédents|voir la suite|older(?: posts| entries)?|next(?: page)?",
    re.IGNORECASE,
)
"""What a link to the next page is called; arrows around it are taken off."""
_MORE: Final = re.compile(
    r"(?:afficher|charger|voir) (?:plus|davantage|la suite)(?: d['’ ]\w+)?|plus d['’ ]\w+|(?:load|show) more",
    re.IGNORECASE,
)
"""What the button below a list is called that brings more of it; elsewhere, it may lead anywhere."""
_ARROW: Final = re.compile(r"[»›→>]+")
_LINKS = etree.XPath("//a[@href] | //area[@href] | //link[@rel = 'next'][@href]")
_BASE = etree.XPath("string(//base/@href)")


def read(tree: HtmlElement, url: str) -> list[Found]:
    """The page's links in order, normalised, each once.

    ``title`` is the longest text that links there; ``kind`` is "listing" where a link says that it leads on
    (``rel="next"``, or of a picture its label).
    """
    base = resolve(url, str(_BASE(tree)).strip()) or url
    found: dict[str, Found] = {}
    elements = cast("list[HtmlElement]", _LINKS(tree))
    for element in elements[:MAX_LINKS]:
        if not (address := resolve(base, element.get("href", ""))):
            continue
        text = " ".join("".join(element.itertext()).split())
        entry = found.setdefault(address, Found(url=address))
        is_sign = not text or _ARROW.fullmatch(text)
        label = (element.get("aria-label") or element.get("title") or "") if is_sign else ""
        if "next" in element.get("rel", "").lower().split() or _is_on(label):
            entry.kind = "listing"
        entry.title = max(entry.title, text, key=len)
    return list(found.values())


def next_page(links: list[Found], url: str) -> str:
    """The address of the list's next page, or "".

    It is the link that differs from the page's own address in the page's number only, and counts on, whether
    in the path (``/page-2``), in the query (``?page=2``) or as an offset (``?start=12``). A page without a
    number is the first, and a link to page 1 leads nowhere new, unless it is called 2, an arrow, the next
    page or more of the list (Drupal counts from 0). Without such a link it is the one that says that it leads
    on, by ``rel`` or in words.
    """
    stem, number = _page_number(url)
    numbered = ((*_page_number(link.url), link.url) for link in links)
    second = {link.url for link in links if not number and _is_second(link)}
    further = [
        (count, address)
        for other, count, address in numbered
        if other == stem and (count > max(number, 1) or (count and address in second))
    ]
    said = (link.url for link in links if link.url != url and (link.kind == "listing" or _is_on(link.title)))
    return min(further)[1] if further else next(said, "")


def _is_on(title: str) -> bool:
    """Whether a link is called the next page."""
    return _ON.fullmatch(title.strip(" »›→«‹←>")) is not None


def _is_second(link: Found) -> bool:
    """Whether a link of a first page leads on by what it is called: the next one, 2, or an arrow alone."""
    is_named = link.title == "2" or bool(_ARROW.fullmatch(link.title) or _MORE.fullmatch(link.title))
    return is_named or link.kind == "listing" or _is_on(link.title)


def first_page(url: str) -> str:
    """The address without its page number, as the first page of a list has it."""
    found = _PAGE.search(url)
    if not found:
        return url
    path, _, query = (url[: found.start()] + url[found.end() :]).partition("?")
    return path + (f"?{query.strip('&')}" if query.strip("&") else "")


def _page_number(url: str) -> tuple[str, int]:
    """The address without its page number, and the number; 0 for a first page that has none."""
    found = _PAGE.search(url)
    if not found:
        return _stem(url), 0
    return _stem(url[: found.start()] + url[found.end() :]), int(found["number"] or found["count"])


def _stem(url: str) -> str:
    """The address without what a first page may have or lack: scheme, closing slash, empty parameters."""
    path, _, query = url.partition("://")[2].partition("?")
    kept = "&".join(part for part in query.split("&") if part and not part.endswith("="))
    return path.rstrip("/") + (f"?{kept}" if kept else "")
