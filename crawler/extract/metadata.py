"""What an article says about itself beside its text: read from every signal of the page, all of them kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from crawler.extract import (
    access,
    addresses,
    agency,
    authors,
    cards,
    chronology,
    counts,
    datelines,
    jsonld,
    lines,
    namelines,
    people,
    phrases,
    readers,
    signals,
    tags,
    title,
    topics,
)
from crawler.extract.blocks import HEADINGS
from crawler.extract.texts import squash
from crawler.extract.walk import PARAGRAPH
from crawler.items import Candidate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from lxml.html import HtmlElement

    from crawler.extract.dates import When
    from crawler.extract.lines import Line
    from crawler.extract.signals import Signals
    from crawler.items import Page


_LANGUAGE = re.compile(r"\s*([a-zA-Z]{2})(?:[-_\s]|$)")
_IS_NAME = re.compile(  # « A. Roux », « A.-N. R. » under a text
    r"(?:[A-ZÀ-Ý]\.[ -]?)+ ?(?:[A-ZÀ-Ý][\w'’-]+ ?){1,2}|" + namelines.INITIALS.pattern
)
_XML_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
NOON: Final = timedelta(hours=12)
BOXES: Final = 40  # blocks of a heading that are looked at for its byline


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
    result = Metadata(canonical=_canonical(page, found), outlet=_outlet(page, found))
    result.alternates = [url for url in _alternates(found) if url != result.canonical]
    result.title, result.signals["title"], result.title_element = title.read(page, found, result.candidates)
    found.headline = result.title_element
    header = _header(found, result.title_element, result.title)
    times = _dates(page, found, header, result)
    _authors(page, found, header, result)
    _topics(page, found, header, times, result)
    _facts(page, found, result)
    result.comment_count = counts.read(found, header)
    result.access, result.signals["access"] = access.read(found, header)
    result.truncated = access.goes_on_elsewhere(found)
    result.signals = {name: signal for name, signal in result.signals.items() if signal}
    return result


def complete(
    metadata: Metadata,
    paragraphs: list[str],
    signature: str = "",
    bylines: Iterable[str] = (),
    *,
    lead: str = "",
) -> None:
    """Add what only the text can tell: who signs under it, its agency, whether it stops short.

    :param signature: the short line under the text
    :param bylines: lines among the text, or under it, that were left out of it since they name who wrote
    :param lead: it may begin with the agency: « Sainte-Orne (AFP) – »

    A last line that sends readers elsewhere is cut off the paragraphs; keywords of the whole site go.
    """
    bylines = tuple(bylines)
    outlets = people.outlet_keys(metadata.outlet)
    signed = (signature, next(filter(_IS_NAME.fullmatch, bylines[::-1]), ""))
    if not metadata.authors and (
        told := next(filter(None, (_signed(line, outlets) for line in signed)), None)
    ):
        metadata.authors, metadata.signals["authors"] = told, "signature"
        metadata.candidates.append(Candidate(field="authors", signal="signature", value="; ".join(told)))
    names = [name for name in metadata.agency.split("; ") if name]
    credited = agency.of_text(paragraphs) or agency.of_text([lead])
    if not (credited or names):
        credited = agency.unique(name for text in (signature, *bylines) for name in agency.of_last_line(text))
    for name in credited:
        metadata.candidates.append(Candidate(field="agency", signal="text", value=name))
        metadata.signals.setdefault("agency", "text")
        names.append(name)
    metadata.agency = "; ".join(agency.unique(names))
    if metadata.signals.get("tags") == "meta keywords" and not tags.speak_of(metadata.tags, paragraphs):
        metadata.tags, metadata.signals["tags"] = [], ""
    onward = access.cut_onward(paragraphs)
    if metadata.access != "paywalled":  # there the wall explains why the text stops
        metadata.truncated = metadata.truncated or onward or access.stops_short(paragraphs)


def _signed(line: str, outlets: Collection[str]) -> list[str]:
    """Who signs with a short line under a text: full names and initials."""
    line = line[1:-1] if line[:1] + line[-1:] in {"()", "[]"} else line
    persons = people.read(line, outlets, visible=True).persons
    return [name for name in persons if 2 <= len(name.split()) <= 4 or namelines.INITIALS.fullmatch(name)]


def date_under(page: Page, metadata: Metadata, below: Iterable[Line]) -> None:
    """Where nothing else dates the article: the first line under its text that is a date."""
    told = (line.text for line in below)
    zone = ZoneInfo(page.timezone)
    if metadata.published_at is None and (when := datelines.alone(told, zone, page.fetched_at)):
        metadata.published_at, metadata.published_raw = _instant(when), when.raw.strip()
        metadata.published_precision = when.precision
        metadata.published_signal = metadata.signals["published_at"] = "text"


def _header(found: Signals, heading: HtmlElement | None, title: str) -> list[Line]:
    """The lines in the headline's heading and around it; where none shows it, those the page begins with."""
    if heading is not None:
        has_boxes = any(one.tag in lines.BLOCKS for one in heading.iterdescendants())
        boxes = lines.lines(heading, BOXES) if has_boxes else []
        within = [one for one in boxes if one.element is not heading and squash(one.text) != squash(title)]
        below = lines.after(heading)
        found.of_readers = _of_readers(below)
        return within + cards.own(below + lines.before(heading), heading)
    start = next(iter(found.body), None)
    return cards.own(lines.after(start), start) if start is not None else []


def _of_readers(below: list[Line]) -> set[HtmlElement]:
    """What shows lines below the heading of what readers say under the text: links to it may remain.

    A bar above the text counts them too: between lead and text there is less prose above it than below.
    """
    prose = [len(line.text) if len(line.text) > PARAGRAPH else 0 for line in below]
    for index, line in enumerate(below):
        heads = any(prose[:index]) and not prose[index] and readers.is_thread_heading(phrases.fold(line.text))
        if heads and (line.element.tag in HEADINGS or sum(prose[:index]) > sum(prose[index:])):
            return {one.element for one in below[index + 1 :]} - {one.element for one in below[: index + 1]}
    return set()


def _dates(page: Page, found: Signals, header: list[Line], result: Metadata) -> list[HtmlElement]:
    """Fill in the dates; return the elements that show one."""
    times = chronology.read(page, found, header, result.candidates)
    result.byline_elements += times.elements
    if when := times.published.when:
        result.published_at, result.published_raw = _instant(when), when.raw.strip()
        result.published_precision = when.precision
        result.published_signal = result.signals["published_at"] = times.published.signal
    if when := times.modified.when:
        result.modified_at, result.modified_raw = _instant(when), when.raw.strip()
        result.modified_signal = result.signals["modified_at"] = times.modified.signal
    return times.elements


def _instant(when: When) -> datetime:
    """The instant of a date; of a bare day its noon in the zone, so that the day stays the same in UTC."""
    return when.instant + NOON if when.precision == "day" else when.instant


def _topics(
    page: Page, found: Signals, header: list[Line], dated: list[HtmlElement], result: Metadata
) -> None:
    """Fill in section and tags."""
    sections = topics.section(page, found, header, dated, result.title)
    named = tags.read(page, found)
    result.candidates += [*sections, *named]
    if sections:
        result.section, result.signals["section"] = sections[0].value, sections[0].signal
    if named:
        result.tags, result.signals["tags"] = [tag.value for tag in named], named[0].signal


def _authors(page: Page, found: Signals, header: list[Line], result: Metadata) -> None:
    """Fill in authors and agency."""
    said = authors.read(page, found, header, result.candidates)
    result.authors, result.signals["authors"] = said.persons, said.signal
    result.agency, result.signals["agency"] = "; ".join(said.agencies), said.agency_signal
    result.byline_elements += [element for element in said.elements if element not in result.byline_elements]


def _facts(page: Page, found: Signals, result: Metadata) -> None:
    """Fill in what is told in one place only."""
    if found.graph.broken:
        page.flags.append("json-ld-broken")
    if any(map(jsonld.is_odd, found.graph.of(jsonld.ARTICLES)[:20])):
        page.flags.append("json-ld-odd")
    result.description = found.meta("og:description", "description", "twitter:description") or jsonld.text(
        found.article.get("description")
    )
    result.language = _language(page, found)
    body = found.article.get("articleBody")
    result.article_body = jsonld.text(body) if isinstance(body, (str, list)) else ""
    result.types = [kind for node in found.graph.nodes[:50] for kind in jsonld.types(node)] + found.values(
        "og:type"
    )


def _outlet(page: Page, found: Signals) -> str:
    """The paper's name."""
    publisher = jsonld.text(found.graph.follow(found.article.get("publisher")))
    return found.meta("og:site_name") or publisher or page.outlet or next(iter(found.outlets), "")


def _canonical(page: Page, found: Signals) -> str:
    """The address the page calls its own, where it can be its own; the one that answered, elsewhere."""
    if found.canonical and addresses.same_article(page.url, found.canonical):
        return found.canonical
    if found.canonical:
        page.flags.append("canonical_refused")
    return page.url


def _alternates(found: Signals) -> list[str]:
    """Other addresses of the article."""
    named = (
        found.url,
        found.canonical,
        found.meta("og:url"),
        jsonld.text(found.article.get("url")),
        *found.alternates,
    )
    urls = (addresses.absolute(found.url, url) for url in dict.fromkeys(named) if url)
    return [url for url in dict.fromkeys(urls) if url and addresses.same_article(found.url, url)]


def _language(page: Page, found: Signals) -> str:
    """The language that the page declares, as "fr"; "" where it declares none."""
    return next(
        (match[1].lower() for value in _languages(page, found) if (match := _LANGUAGE.match(value))), ""
    )


def _languages(page: Page, found: Signals) -> Iterator[str]:
    """What the page declares as its language, most believed first."""
    tree = page.tree
    yield tree.get("lang") or tree.get(_XML_LANGUAGE) or tree.get("xml:lang") or ""
    yield jsonld.text(found.article.get("inLanguage"))
    yield found.meta("og:locale", "content-language", "language", "dc.language")
    yield page.headers.get("content-language", "")
