"""Everything a page says about itself outside its text: metas, links, JSON-LD, microdata, ``<time>``, the lines around
its headline. Gathered once; what it means is decided elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from crawler.extract import jsonld, people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from crawler.items import Page

BLOCKS: Final = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SILENT: Final = frozenset(
    "script style noscript template svg button select textarea iframe nav form".split()
)
_MICRODATA = etree.XPath("descendant-or-self::*[@itemprop]")
_LENGTH = etree.XPath("string-length(.)")
_ELSEWHERE = etree.XPath(
    "descendant-or-self::text()[contains(., 'ublié') or contains(., 'réé') or contains(., 'is à jour') or contains(., 'édigé ') or contains(., 'crit par') or contains(., 'ecueilli') or contains(., 'is en ligne')"
    " or contains(., 'osté') or starts-with(normalize-space(.), 'Par ') or starts-with(normalize-space(.), 'par ')]"
)
_HOST = re.compile(r"^(?:(?:www\d?|m|mobile|amp|premium|abonnes?)\.)+")
_WORDS = re.compile(r"\d+|[^\W\d_]{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GENERIC: Final = frozenset(
    "html htm php amp print imprimer article articles actualites actualite utm source medium campaign www".split()
)
BAR: Final = 400  # characters, white space included, of a bar that was cut beside the text; a longer one is a list of articles
_VALUES: Final = 20  # of one meta or property


@dataclass(slots=True)
class Line:
    """A line of text beside the headline, and the element that holds it."""

    element: HtmlElement
    text: str


@dataclass(slots=True)
class Signals:
    """What a page says about itself, as found."""

    url: str
    metas: dict[str, list[str]] = field(
        default_factory=dict
    )  # by name, property or http-equiv in small letters
    canonical: str = ""
    alternates: list[str] = field(default_factory=list)
    document_title: str = ""
    graph: jsonld.Graph = field(default_factory=jsonld.Graph)
    article: jsonld.Node = field(default_factory=dict)  # the JSON-LD object of this article, or {}
    microdata: dict[str, list[HtmlElement]] = field(default_factory=dict)
    times: list[HtmlElement] = field(default_factory=list)
    beside: list[HtmlElement] = field(default_factory=list)  # small pieces cut from the page: bars that may hold a byline
    outlets: list[str] = field(default_factory=list)  # every name of the paper that is known
    outlet_keys: set[str] = field(default_factory=set)

    def meta(self, *names: str) -> str:
        """The first value of the first of these metas that has one."""
        return next((value for name in names for value in self.metas.get(name, ())), "")

    def is_outlet(self, name: str) -> bool:
        """Whether a text is one of the names of the paper."""
        return not people.outlet_keys(name).isdisjoint(self.outlet_keys)


def collect(page: Page) -> Signals:
    """Gather the signals of a page in few passes."""
    found = Signals(page.url, beside=[root for root in page.aside[:200] if _LENGTH(root) <= BAR])
    scripts = []
    for element in page.tree.iter("meta", "link", "title", "script", "time"):
        tag = element.tag
        if tag == "meta":
            _meta(element, found)
        elif tag == "script":
            if "ld+json" in (element.get("type") or "").lower():
                scripts.append(element)
        elif tag == "link":
            _link(element, found)
        elif tag == "time":
            found.times.append(element)
        elif not found.document_title and _in_head(element):
            found.document_title = jsonld.clean(line(element))
    for root in (page.tree, *found.beside):
        for element in _MICRODATA(root):
            for name in element.get("itemprop").split():
                found.microdata.setdefault(name.lower(), []).append(element)
    found.graph = jsonld.read(scripts)
    found.article = _article(found)
    _outlets(page, found)
    return found


def _in_head(element: HtmlElement) -> bool:
    """Whether a title is that of the document, not of a drawing."""
    parent = element.getparent()
    return parent is None or parent.tag in {"head", "html", "body"}


def _meta(element: HtmlElement, found: Signals) -> None:
    """Keep one meta element."""
    content = jsonld.clean((element.get("content") or "")[:5_000])
    if not content:
        return
    for name in {element.get("property"), element.get("name"), element.get("http-equiv")} - {None}:
        values = found.metas.setdefault(name.strip().lower(), [])
        if len(values) < _VALUES:
            values.append(content)


def _link(element: HtmlElement, found: Signals) -> None:
    """Keep the canonical address and those of other forms of the article."""
    rel = (element.get("rel") or "").lower().split()
    href = (element.get("href") or "").strip()
    if not href or len(href) > 2_000:
        return
    if "canonical" in rel and not found.canonical:
        found.canonical = address(found.url, href)
    elif "amphtml" in rel or ("shortlink" in rel) or ("alternate" in rel and element.get("media")):
        found.alternates.append(address(found.url, href))


def address(base: str, href: str) -> str:
    """An absolute http address, or "" where it is none."""
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""


def _article(found: Signals) -> jsonld.Node:
    """The JSON-LD object of this article: the one whose address is the page's, else the first."""
    nodes = found.graph.of(jsonld.ARTICLES)
    here = {_tail(found.url), _tail(found.canonical)} - {""}
    for node in nodes:
        for value in (node.get("url"), node.get("mainEntityOfPage"), node.get("@id")):
            url = value.get("@id") if isinstance(value, dict) else value
            if isinstance(url, str) and _tail(url) in here:
                return node
    return nodes[0] if nodes else {}


def same_article(url: str, other: str) -> bool:
    """Whether two addresses may well be one article's: of one site, with its number or most of its words in common.

    A wrong ``canonical`` (the front page, another article, another site) would merge what is not the same.
    """
    try:
        one, two = urlsplit(url), urlsplit(other)
    except ValueError:
        return False
    hosts = {_HOST.sub("", (part.hostname or "").lower()) for part in (one, two)}
    if len(hosts) > 1 or not two.path.strip("/") and not two.query:
        return False
    if _tail(url) == _tail(other):
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


def _tail(url: str) -> str:
    """An address without what differs between spellings of one: scheme, www, query, last slash."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (
        ((parts.hostname or "").removeprefix("www.") + parts.path).rstrip("/")
        if parts.path.strip("/")
        else ""
    )


def _outlets(page: Page, found: Signals) -> None:
    """Every name of the paper: declared, in metas, of the publisher, of the host."""
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    publisher = found.graph.follow(found.article.get("publisher"))
    sites = [
        jsonld.text(node) for node in found.graph.of({"WebSite", "NewsMediaOrganization", "Organization"})[:5]
    ]
    names = [
        page.outlet,
        found.meta("og:site_name"),
        jsonld.text(publisher),
        *sites,
        found.meta("application-name", "al:ios:app_name", "al:android:app_name"),
        found.meta("copyright", "dc.publisher", "twitter:site").removeprefix("@"),
    ]
    found.outlets = [name for name in dict.fromkeys(names) if 1 < len(name) <= 60]
    hosts = (host, host.rpartition(".")[0], *host.split(".")[:-1])
    for name in (*found.outlets, *hosts):
        found.outlet_keys |= people.outlet_keys(name)


def line(element: HtmlElement) -> str:
    """The text of an element on one line: a space between inline elements, none before what is in superscript."""
    parts: list[str] = []
    _gather(element, parts)
    return " ".join("".join(parts).split())


def _gather(element: HtmlElement, parts: list[str]) -> None:
    """The text pieces of an element, without what is never text."""
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            if node.tail:
                parts.append(node.tail)
        elif event == "start":
            if node.text and node.tag not in _SILENT:
                parts += (
                    "" if node.tag in {"sup", "font", "b", "i", "em", "strong", "mark"} else " ",
                    node.text,
                )
        elif node is not element and node.tail:
            parts += ("" if node.tag in {"sup", "font", "b", "i", "em", "strong", "mark"} else " ", node.tail)


def lines(element: HtmlElement, budget: list[int]) -> Iterator[Line]:
    """The lines of an element: its blocks that hold no other block."""
    budget[0] -= 1
    if budget[0] < 0 or not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if not _holds_blocks(element):
        if text := line(element):
            yield Line(element, text[:1_000])
        return
    loose: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and (child.tag in BLOCKS or _holds_blocks(child)):
            if text := " ".join(" ".join(loose).split()):
                yield Line(element, text[:1_000])
            loose = [child.tail or ""]
            yield from lines(child, budget)
        else:
            loose += (line(child) if isinstance(child.tag, str) else "", child.tail or "")
    if text := " ".join(" ".join(loose).split()):
        yield Line(element, text[:1_000])


def _holds_blocks(element: HtmlElement) -> bool:
    """Whether any block lies in an element."""
    inside = element.iter(*BLOCKS)
    first = next(inside, None)
    return next(inside, None) is not None if first is element else first is not None


def after(element: HtmlElement, *, most: int = 60, paragraphs: int = 3) -> list[Line]:
    """The lines that follow an element, up to the third long one."""
    found: list[Line] = []
    budget = [400]
    node: HtmlElement | None = element
    while node is not None and node.tag != "body" and budget[0] > 0:
        for sibling in node.itersiblings():
            for item in lines(sibling, budget):
                found.append(item)
                paragraphs -= len(item.text) > 250
                if len(found) >= most or paragraphs <= 0:
                    return found
        node = node.getparent()
    return found


def before(element: HtmlElement, *, most: int = 20) -> list[Line]:
    """The lines that precede an element within its surroundings, nearest first."""
    found: list[Line] = []
    budget = [120]
    node: HtmlElement | None = element
    for _ in range(8):
        if node is None or node.tag == "body":
            break
        for sibling in node.itersiblings(preceding=True):
            found += reversed(list(lines(sibling, budget)))
            if len(found) >= most or budget[0] <= 0:
                return found[:most]
        node = node.getparent()
    return found


def elsewhere(page: Page, found: Signals) -> Iterator[Line]:
    """The lines anywhere on a page that begin as bylines do: papers also sign and date below the text, or in a bar
    beside it."""
    seen: set[HtmlElement] = set()
    for root in (page.tree, *found.beside):
        for text in _ELSEWHERE(root)[:60]:
            element = block(text)
            if element is None or element in seen or element.tag in {"body", "form"}:
                continue
            seen.add(element)
            if len(words := line(element)) <= 250:
                yield Line(element, words)


def block(text: etree._ElementUnicodeResult) -> HtmlElement | None:
    """The block that holds a text an XPath found."""
    element: HtmlElement | None = text.getparent()
    if element is not None and text.is_tail:
        element = element.getparent()
    while element is not None and element.tag not in BLOCKS:
        element = element.getparent()
    return element


def strings(items: object) -> list[str]:
    """What a declared XPath gave, as strings: dates and contents that elements carry, else their text."""
    found = items if isinstance(items, list) else [items]
    return [
        item.get("datetime") or item.get("content") or line(item) if hasattr(item, "tag") else str(item)
        for item in found
    ]
