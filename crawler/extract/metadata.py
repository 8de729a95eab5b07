"""What an article says about itself beside its text: read from every signal of the page, all of them kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.extract import access, agency, authors, chronology, jsonld, signals, title
from crawler.items import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from lxml.html import HtmlElement

    from crawler.extract.signals import Line, Signals
    from crawler.items import Page

TAGS: Final = 40  # an article's tags at most; more of them is a cloud
_TAG_LINE = re.compile(
    r"^(?:sujets? associés?|sujets?|mots?[- ]clés?|tags?|thèmes?|thématiques?|en lien avec|sur le(?:s)? thème(?:s)?)\s*:?\s*",
    re.IGNORECASE,
)


@dataclass(kw_only=True, slots=True)
class Metadata:
    """What was read; strings are empty and lists too where nothing was found."""

    canonical: str = ""
    alternates: list[str] = field(default_factory=list)
    title: str = ""
    outlet: str = ""  # the paper's name as the page gives it
    description: str = ""
    authors: list[str] = field(default_factory=list)
    agency: str = ""
    section: str = ""
    tags: list[str] = field(default_factory=list)
    published_at: datetime | None = None
    published_raw: str = ""
    published_signal: str = ""
    published_precision: str = ""
    modified_at: datetime | None = None
    modified_raw: str = ""
    modified_signal: str = ""
    language: str = ""
    access: str = "unknown"
    truncated: bool = False
    comment_count: int | None = None
    article_body: str = ""  # of JSON-LD: a witness of the text, never the text
    candidates: list[Candidate] = field(default_factory=list)
    signals: dict[str, str] = field(default_factory=dict)
    title_element: HtmlElement | None = None
    byline_elements: list[HtmlElement] = field(default_factory=list)  # never part of the body
    types: list[str] = field(default_factory=list)  # schema.org and OpenGraph types of the page


def read(page: Page) -> Metadata:
    """Read everything but the text of a page whose comments and boilerplate were cut.

    Disagreements are flagged on ``page.flags``. :func:`complete` adds what only the text can tell.
    """
    found = signals.collect(page)
    result = Metadata(
        canonical=_canonical(page, found), alternates=[], outlet=_outlet(page, found)
    )
    result.alternates = [url for url in _alternates(found) if url != result.canonical]
    result.title, result.signals["title"], result.title_element = title.read(page, found, result.candidates)
    lines = _header(page, result.title_element)
    _dates(page, found, lines, result)
    _authors(page, found, lines, result)
    _facts(page, found, result)
    result.access, result.signals["access"] = access.read(page, found)
    result.signals = {name: signal for name, signal in result.signals.items() if signal}
    return result


def complete(metadata: Metadata, paragraphs: Sequence[str]) -> None:
    """Add what only the text can tell: the agency of its dateline or last line, and whether it stops short."""
    names = [name for name in metadata.agency.split("; ") if name]
    for name in agency.of_text(paragraphs):
        metadata.candidates.append(Candidate(field="agency", signal="text", value=name))
        metadata.signals.setdefault("agency", "text")
        names.append(name)
    metadata.agency = "; ".join(agency.unique(names))
    metadata.truncated = metadata.truncated or access.stops_short(paragraphs)


def _header(page: Page, heading: HtmlElement | None) -> list[Line]:
    """The lines around the headline, and those of what was cut beside it."""
    body = page.tree.find(".//body")
    start = heading if heading is not None else next(iter(body if body is not None else page.tree), None)
    if start is None or not isinstance(start.tag, str):
        return []
    lines = signals.after(start) + (signals.before(start) if heading is not None else [])
    budget = [300]
    for element in page.aside[:60]:
        lines += [line for line in signals.lines(element, budget) if len(line.text) < 200][:5]
    return lines


def _dates(page: Page, found: Signals, lines: list[Line], result: Metadata) -> None:
    """Fill in the dates."""
    times = chronology.read(page, found, lines, result.candidates)
    result.byline_elements += times.elements
    if when := times.published.when:
        result.published_at, result.published_raw = when.instant, when.raw.strip()
        result.published_precision = when.precision
        result.published_signal = result.signals["published_at"] = times.published.signal
    if when := times.modified.when:
        result.modified_at, result.modified_raw = when.instant, when.raw.strip()
        result.modified_signal = result.signals["modified_at"] = times.modified.signal


def _authors(page: Page, found: Signals, lines: list[Line], result: Metadata) -> None:
    """Fill in authors and agency."""
    said = authors.read(page, found, lines, result.candidates)
    result.authors, result.signals["authors"] = said.persons, said.signal
    result.agency, result.signals["agency"] = "; ".join(said.agencies), said.agency_signal
    result.byline_elements += [element for element in said.elements if element not in result.byline_elements]


def _facts(page: Page, found: Signals, result: Metadata) -> None:
    """Fill in what is told in one place only."""
    result.description = found.meta("og:description", "description", "twitter:description") or jsonld.text(
        found.article.get("description")
    )
    result.section, result.signals["section"] = _section(page, found, result.candidates)
    result.tags = _tags(page, found, result)
    result.language = _language(page, found)
    body = found.article.get("articleBody")
    result.article_body = jsonld.text(body) if isinstance(body, (str, list)) else ""
    result.types = [kind for node in found.graph.nodes[:50] for kind in jsonld.types(node)] + found.metas.get(
        "og:type", []
    )
    for value in (found.article.get("commentCount"), *found.metas.get("article:comment_count", ())):
        if isinstance(value, (int, float, str)) and str(value).split(".")[0].isdigit() and float(value) < 1e6:
            result.comment_count = int(float(value))
            break


def _outlet(page: Page, found: Signals) -> str:
    """The paper's name."""
    publisher = jsonld.text(found.graph.follow(found.article.get("publisher")))
    return (
        found.meta("og:site_name") or publisher or page.outlet or (found.outlets[0] if found.outlets else "")
    )


def _canonical(page: Page, found: Signals) -> str:
    """The address the page calls its own, where it can be its own; the one that answered, elsewhere."""
    if found.canonical and signals.same_article(page.url, found.canonical):
        return found.canonical
    if found.canonical:
        page.flags.append("canonical_refused")
    return page.url


def _alternates(found: Signals) -> list[str]:
    """Other addresses of the article."""
    named = (found.url, found.canonical, found.meta("og:url"), jsonld.text(found.article.get("url")), *found.alternates)
    urls = (signals.address(found.url, url) for url in named if url)
    return [url for url in dict.fromkeys(urls) if url and signals.same_article(found.url, url)]


def _section(page: Page, found: Signals, candidates: list[Candidate]) -> tuple[str, str]:
    """The section, by rules, JSON-LD, metas, microdata or breadcrumbs."""
    for signal, value in _sections(page, found):
        value = value.strip(" -–|/›>•")
        if 1 < len(value) <= 80 and not found.is_outlet(value):
            candidates.append(Candidate(field="section", signal=signal, value=value))
    chosen = next((item for item in candidates if item.field == "section"), None)
    return (chosen.value, chosen.signal) if chosen else ("", "")


def _sections(page: Page, found: Signals) -> Iterator[tuple[str, str]]:
    """Every section that is named, most believed first."""
    if page.rules and page.rules.section:
        items = page.tree.xpath(page.rules.section)
        for item in (items if isinstance(items, list) else [items])[:1]:
            yield "rules", signals.line(item) if hasattr(item, "tag") else str(item)
    yield "json-ld", jsonld.text(found.article.get("articleSection"))
    yield "meta article:section", found.meta("article:section")
    yield (
        "meta",
        found.meta(
            "section",
            "sailthru.section",
            "parsely-section",
            "cxenseparse:recs:articlesection",
            "dc.subject.section",
        ),
    )
    for element in found.microdata.get("articlesection", ())[:1]:
        yield "microdata", element.get("content") or signals.line(element)
    for node in found.graph.of({"BreadcrumbList"})[:1]:
        items = node.get("itemListElement")
        names = (
            [jsonld.text(item.get("name") or item.get("item")) for item in items if isinstance(item, dict)]
            if isinstance(items, list)
            else []
        )
        names = [
            name for name in names if name.lower() not in {"accueil", "home", "actualités", "page d'accueil"}
        ]
        if len(names) > 1 or (names and title.likeness(names[-1], found.document_title) < 0.5):
            yield "json-ld BreadcrumbList", names[0]


def _tags(page: Page, found: Signals, result: Metadata) -> list[str]:
    """The tags: shown on the page, else in its data."""
    for signal, values in _tag_lists(page, found):
        tags = [
            tag
            for tag in (value.strip(" #,.;-–|•") for value in values)
            if 1 < len(tag) <= 80 and not found.is_outlet(tag)
        ]
        if tags:
            result.candidates += [Candidate(field="tags", signal=signal, value=tag) for tag in tags[:TAGS]]
            if not result.signals.get("tags"):
                result.signals["tags"] = signal
    chosen = [
        item.value
        for item in result.candidates
        if item.field == "tags" and item.signal == result.signals.get("tags")
    ]
    return list({tag.casefold(): tag for tag in reversed(chosen)}.values())[::-1]


def _tag_lists(page: Page, found: Signals) -> Iterator[tuple[str, list[str]]]:
    """Every list of tags, most believed first."""
    if page.rules and page.rules.tags:
        items = page.tree.xpath(page.rules.tags)
        yield (
            "rules",
            [
                signals.line(item) if hasattr(item, "tag") else str(item)
                for item in (items if isinstance(items, list) else [items])
            ][:TAGS],
        )
    keywords = [
        part
        for value in jsonld.texts(found.article.get("keywords"))
        for part in re.split(r"\s*[,;]\s*", value)
    ]
    yield "json-ld", keywords
    yield (
        "meta article:tag",
        [part for value in found.metas.get("article:tag", ()) for part in re.split(r"\s*[,;]\s*", value)],
    )
    yield "links", _tag_links(page)
    yield "meta news_keywords", re.split(r"\s*[,;]\s*", found.meta("news_keywords"))
    yield "meta keywords", re.split(r"\s*[,;]\s*", found.meta("keywords", "parsely-tags", "sailthru.tags"))


def _tag_links(page: Page) -> list[str]:
    """Links that say they are tags, by ``rel`` or by the words before them ("Sujets associés : …")."""
    found: list[str] = []
    for root in (page.tree, *page.aside[:200]):
        for link in root.iter("a"):
            rel = (link.get("rel") or "").lower().split()
            if "tag" in rel and "category" not in rel:
                found.append(signals.line(link))
            elif (
                (parent := link.getparent()) is not None
                and parent.text
                and _TAG_LINE.match(parent.text.strip())
                and len(parent.text) < 40
            ):
                found.append(signals.line(link))
    return found[:TAGS]


def _language(page: Page, found: Signals) -> str:
    """The language that the page declares, as "fr"; "" where it declares none."""
    named = (
        page.tree.get("lang")
        or page.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or page.tree.get("xml:lang")
        or "",
        jsonld.text(found.article.get("inLanguage")),
        found.meta("og:locale", "content-language", "language", "dc.language"),
        page.headers.get("content-language", ""),
    )
    for value in named:
        if match := re.match(r"([a-zA-Z]{2})(?:[-_]|$)", value.strip()):
            return match[1].lower()
    return ""

