"""The authors of an article, and the agency it is credited to: from data, markup and the visible byline together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.extract import agency, jsonld, people, signals
from crawler.items import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from crawler.extract.signals import Line, Signals
    from crawler.items import Page

_METAS: Final = (
    "author", "article:author", "article:author_name", "og:article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
    "cxenseparse:recs:author", "cxenseparse:author", "citation_author", "byl", "article.author",
)  # fmt: skip
_MARKED = etree.XPath(
    "//*[contains(@class,'auth') or contains(@class,'Auth') or contains(@class,'auteur') or contains(@class,'byline') or contains(@class,'signature')"
    " or contains(@class,'source') or @rel='author']"
)
_TOKEN = re.compile(
    r"(?:^|[_-])(?:authors?|auteurs?|byline|signature|signataire|redacteur|journaliste)(?:$|[_-]|name|list)|authorname|articleauthor",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:^|[_-])source(?:$|[_-])", re.IGNORECASE)
_SAYS_BY = re.compile(
    r"(?:^|[|•·–—,;:]|\s-|\d)\s*(?:(?:propos\s+)?recueillis?\s+par|r[ée]dig[ée]e?\s+par|[ée]crite?\s+par|publi[ée]e?\s+par|post[ée]e?\s+par|sign[ée]e?\s+par|"
    r"(?:une? )?(?:article|texte|enquête|reportage)\s+(?:de|par)|par|by|auteurs?)\s*:?\s+(?P<who>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Said:
    """Who signs, by which signal, and the elements that show it."""

    persons: list[str] = field(default_factory=list)
    signal: str = ""
    agencies: list[str] = field(default_factory=list)
    agency_signal: str = ""
    elements: list[HtmlElement] = field(default_factory=list)


def read(page: Page, found: Signals, lines: Iterable[Line], candidates: list[Candidate]) -> Said:
    """Who signs an article: the first signal that names persons; the agencies of all."""
    said = Said()
    by_signal: dict[str, list[str]] = {}
    for signal, text, element in _bylines(page, found, lines):
        candidates.append(Candidate(field="authors", signal=signal, value=text[:200]))
        byline = people.read(text, found.outlet_keys)
        by_signal.setdefault(signal, []).extend(byline.persons)
        if byline.agencies and not said.agencies:
            said.agency_signal = signal
        said.agencies += byline.agencies
        if element is not None and (byline.persons or byline.agencies):
            said.elements.append(element)
    for signal, persons in by_signal.items():
        if persons:
            said.persons, said.signal = people.once(persons), signal
            break
    said.persons = _fuller(said.persons, by_signal)
    said.agencies = agency.unique(said.agencies)
    return said


def _fuller(persons: list[str], by_signal: dict[str, list[str]]) -> list[str]:
    """The visible byline where it names all these persons and more: data often forgets the second author."""
    keys = {people.key(name) for name in persons}
    for signal in ("text", "markup", "rules"):
        shown = people.once(by_signal.get(signal, []))
        if keys and len(shown) > len(persons) and keys <= {people.key(name) for name in shown}:
            return shown
    return persons


def _bylines(
    page: Page, found: Signals, lines: Iterable[Line]
) -> Iterator[tuple[str, str, HtmlElement | None]]:
    """Every text that names authors, most believed first, with its signal and element."""
    if page.rules and page.rules.authors:
        items = page.tree.xpath(page.rules.authors)
        for item in (items if isinstance(items, list) else [items])[:10]:
            element = item if hasattr(item, "tag") else None
            yield "rules", signals.line(element) if element is not None else str(item), element
    authors = found.article.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        for name in jsonld.texts(found.graph.follow(author)):
            yield "json-ld", name, None
    for name in _METAS:
        for value in found.metas.get(name, ())[:10]:
            if "://" not in value:
                yield f"meta {name}", value, None
    for element in found.microdata.get("author", ())[:10]:
        yield "microdata", _name_in(element), element
    yield from _visible(page, lines)


def _name_in(element: HtmlElement) -> str:
    """The name that a microdata author carries."""
    inner = next(
        (item for item in element.iter() if isinstance(item.tag, str) and item.get("itemprop") == "name"),
        element,
    )
    return inner.get("content") or signals.line(inner)


def _visible(page: Page, lines: Iterable[Line]) -> Iterator[tuple[str, str, HtmlElement | None]]:
    """Bylines that a reader sees: marked as such, or lines that say "Par …"."""
    for element in _MARKED(page.tree)[:60]:
        names = [element.get("class") or "", element.get("id") or ""]
        tokens = " ".join(names).split()
        if element.get("rel") == "author" or any(_TOKEN.search(token) for token in tokens):
            text = signals.line(element)
            if 2 <= len(text) <= 200:
                yield "markup", text, element
        elif any(_SOURCE.search(token) for token in tokens):
            text = signals.line(element)
            if len(text) <= 100 and agency.of_byline(text):
                yield "source", text, element
    for line in lines:
        if len(line.text) <= 250 and (match := _SAYS_BY.search(line.text)):
            yield "text", match["who"], line.element
        elif len(line.text) <= 120 and agency.of_byline(line.text):
            yield "text", line.text, line.element
