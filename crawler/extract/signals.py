"""Everything a page says about itself outside its text: metas, links, JSON-LD, microdata, ``<time>``.

Gathered once; what it means is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract import addresses, cards, hinted, jsonld, lines, people, state
from crawler.extract.blocks import HEADINGS
from crawler.extract.shape import shape_of
from crawler.extract.texts import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.lines import Line
    from crawler.extract.shape import Shape
    from crawler.items import Page

_MICRODATA = etree.XPath("descendant-or-self::*/@itemprop/..")  # five times faster than ``*[@itemprop]``
_TOLD: Final = ("link", "meta", "script", "time", "title")  # elements that say something of the page
_LAST_PART = re.compile(r"\s[|–—-]\s(\w+)$")  # of a document's title, in one word
BAR: Final = 400  # bytes of text of a bar that was cut beside the text; a longer one is a list of articles
MOST: Final = 200  # pieces cut from a page that are looked at
LONGEST: Final = 5_000  # characters of a meta
_RELATIONS: Final = frozenset({"canonical", "amphtml", "shortlink", "alternate"})
_NAME: Final = 60  # characters of a paper's name
_WORDS: Final = 6  # blanks in a headline: some pages give theirs for the name of the site, or of an app
_LONG_NAME: Final = 90  # characters of a name with article and punctuation: what is longer is a headline
_VALUES: Final = 20  # of one meta or property


@dataclass
class Signals:
    """What a page says about itself, as found."""

    url: str
    shape: Shape
    metas: dict[str, list[str]] = field(default_factory=dict)  # by name, property or http-equiv, small
    canonical: str = ""
    alternates: list[str] = field(default_factory=list)
    document_title: str = ""
    graph: jsonld.Graph = field(default_factory=jsonld.Graph)
    article: jsonld.Node = field(default_factory=dict)  # the JSON-LD object of this article, or {}
    state: jsonld.Node = field(default_factory=dict)  # what an app knows of this article, or {}
    microdata: dict[str, list[HtmlElement]] = field(default_factory=dict)
    times: list[HtmlElement] = field(default_factory=list)
    aside: list[HtmlElement] = field(default_factory=list)  # what was cut from the page as boilerplate
    outlets: list[str] = field(default_factory=list)  # every name of the paper that is known
    outlet_keys: set[str] = field(default_factory=set)
    headline: HtmlElement | None = None  # what shows the title, once that is read
    of_readers: set[HtmlElement] = field(default_factory=set)  # lines below the heading of their comments
    _texts: dict[HtmlElement, bytes] = field(default_factory=dict)

    @property
    def body(self) -> HtmlElement:
        """The body of the page."""
        return self.shape.body

    @property
    def text(self) -> bytes:
        """Of the page before anything was cut: what is not in it needs not be looked for."""
        return self.shape.text

    @cached_property
    def bars(self) -> list[HtmlElement]:
        """What was cut and is small enough to be a bar with a byline in it rather than other articles."""
        return [root for root in self.aside if len(self.text_of(root)) <= BAR and _is_bar(root)]

    @cached_property
    def links(self) -> dict[HtmlElement, list[HtmlElement]]:
        """The links with a relation, by the body or the piece cut in which they stand."""
        found = {}
        for root in (self.body, *self.aside):
            if related := [link for link in root.iter("a") if link.get("rel")]:
                found[root] = related
        return found

    def text_of(self, root: HtmlElement) -> bytes:
        """The text of the body or a piece cut, to know what cannot be found in it: UTF-8, single spaces."""
        if root not in self._texts:
            known = self.shape.aside.get(root)
            self._texts[root] = (known[0] if known else text_of(root)).encode("utf-8", "ignore")
        return self._texts[root]

    def said_in(self, root: HtmlElement) -> int:
        """What the names in a piece cut say; anything where that is not known."""
        known = self.shape.aside.get(root)
        return known[1] if known else -1

    @cached_property
    def below(self) -> list[Line]:
        """The lines anywhere on the page that begin as bylines do."""
        hints = hinted.hints(self.text)
        roots = (self.body, *self.bars) if hints else ()
        found = hinted.elsewhere([(root, self.text_of(root)) for root in roots], hints)
        return [line for line in found if not cards.is_teaser(line.element)]

    def values(self, name: str) -> list[str]:
        """The values of a meta, cleaned, without placeholders."""
        return [value for raw in self.metas.get(name, ()) if (value := jsonld.clean(raw))]

    def meta(self, *names: str) -> str:
        """The first value of the first of these metas that has one."""
        for name in names:
            if name in self.metas and (values := self.values(name)):
                return values[0]
        return ""

    @cached_property
    def no_persons(self) -> set[str]:
        """The names of the paper, and the last word of the document's title: its name, or a section's."""
        last = _LAST_PART.search(self.document_title)
        return self.outlet_keys | people.outlet_keys(last[1] if last else "")

    def is_outlet(self, name: str) -> bool:
        """Whether a text is one of the names of the paper."""
        return len(name) <= _LONG_NAME and not people.outlet_keys(name).isdisjoint(self.outlet_keys)


def collect(page: Page) -> Signals:
    """Gather the signals of a page in few passes."""
    tree = page.tree
    found = Signals(page.url, shape_of(page), aside=page.aside[:MOST])
    told: dict[str, list[HtmlElement]] = {tag: [] for tag in _TOLD}
    for element in tree.iter(*_TOLD):
        told[element.tag].append(element)
    for element in told["meta"]:
        _meta(element, found.metas)
    for element in told["link"]:
        if (rel := element.get("rel", "").lower()) in _RELATIONS:
            _link(element, rel, found)
    titles = (jsonld.clean(lines.line(element)) for element in told["title"] if _in_head(element))
    found.document_title = next(filter(None, titles), "")
    found.times = told["time"]
    found.microdata = microdata(tree)
    found.graph = jsonld.read([one for one in told["script"] if "ld+json" in one.get("type", "").lower()])
    found.article = _article(found)
    found.state = {} if found.article else state.read(tree, told["script"])
    _outlets(page, found)
    return found


def _is_bar(root: HtmlElement) -> bool:
    """Whether something that was cut is small and has no heading."""
    tags = [one.tag for one in islice(root.iter(), 41)]
    return len(tags) <= 40 and HEADINGS.isdisjoint(tags)


def microdata(root: HtmlElement) -> dict[str, list[HtmlElement]]:
    """The elements that name a property, by its name in small letters."""
    found: dict[str, list[HtmlElement]] = {}
    for element in lines.select(_MICRODATA, root):
        for name in element.get("itemprop").split():
            found.setdefault(name.lower(), []).append(element)
    return found


def _in_head(element: HtmlElement) -> bool:
    """Whether a title is that of the document, not of a drawing."""
    parent = element.getparent()
    return parent is None or parent.tag in {"head", "html", "body"}


def _meta(element: HtmlElement, metas: dict[str, list[str]]) -> None:
    """Keep one meta element."""
    get = element.get
    name = get("property") or get("name") or get("http-equiv")
    if not name or not (content := get("content")) or len(content) > LONGEST:
        return
    values = metas.setdefault(name.strip().lower(), [])
    if len(values) < _VALUES and content not in values:
        values.append(content)


def _link(element: HtmlElement, rel: str, found: Signals) -> None:
    """Keep the canonical address and those of other forms of the article."""
    if rel == "alternate" and not element.get("media"):
        return
    href = (element.get("href") or "").strip()
    if not href or len(href) > 2_000:
        return
    if rel != "canonical":
        found.alternates.append(addresses.absolute(found.url, href))
    elif not found.canonical:
        found.canonical = addresses.absolute(found.url, href)


def _article(found: Signals) -> jsonld.Node:
    """The JSON-LD object of this article: the one whose address is the page's, else the first."""
    nodes = found.graph.of(jsonld.ARTICLES)
    here = {addresses.tail(found.url), addresses.tail(found.canonical)} - {""}
    for node in nodes:
        for value in (node.get("url"), node.get("mainEntityOfPage"), node.get("@id")):
            url = value.get("@id") if isinstance(value, dict) else value
            if isinstance(url, str) and addresses.tail(url) in here:
                return node
    return nodes[0] if nodes else {}


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
    told = {name for name in (found.meta("og:title"), found.document_title) if name.count(" ") >= _WORDS}
    found.outlets = [name for name in dict.fromkeys(names) if 1 < len(name) <= _NAME and name not in told]
    hosts = (host, host.rpartition(".")[0], *host.split(".")[:-1])
    for name in (*found.outlets, *hosts):
        found.outlet_keys |= people.outlet_keys(name)
