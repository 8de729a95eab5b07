"""The headline as readers see it: without the name of the paper, without the label above it, and whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.extract import addresses, jsonld, large, lines, rules
from crawler.extract.shape import CUT_SHORT, saying
from crawler.extract.texts import squash
from crawler.items import Candidate
from crawler.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from crawler.extract.signals import Signals
    from crawler.items import Page

LONGEST: Final = 500  # characters; the longest headline seen on a real page has 260
CONFIRMED: Final = (
    0.5  # likeness to what the head of the page says: below, a heading is that of something else
)
CERTAIN: Final = 0.95  # likeness of an h1 above which no h2 is looked at
_SEPARATOR = re.compile(r"\s+[-–—|:•·»/>~]+\s+|\s*\|\s*|\s+::\s+|(?<=\S): |(?<=\w)- ")
_QUOTED = re.compile("«[^«»]*»")
_LABEL = re.compile(
    r"(?:^|[_-])(?:kicker|label|sur-?titre|overtitle|highlight|categor(?:y|ie)|rubrique|section|"
    r"badge|flag|tag|prefix|picto|icon|type|premium|eyebrow|topic)(?:$|[_-])",
    re.IGNORECASE,
)
_SHORT: Final = 2  # words of a headline, that a name and a surname in two elements have too
_NAME: Final = 6  # words of a title that may be all a site's: « Version imprimable », « L'Hebdo, n° 1204 »
_THREAD = re.compile(r"\W*\d+ \w+ (?:sur|à|pour|on|to) [«“\"„]", re.IGNORECASE)
"""The heading of a thread repeats the headline: "4 réponses sur « … »"."""
_WORD = re.compile(r"\w+")
_GENRES: Final = frozenset({"tribune", "opinion", "regards", "point de vue"})
"""Kinds of articles that papers are named after: « La Tribune » prints « Tribune : … »."""

_LABELS: Final = frozenset({"span", "div", "p", "small", "label"})
_INLINE: Final = frozenset({
    "br", "span", "a", "em", "strong", "b", "i", "sup", "sub", "font", "small", "mark", "abbr", "u",
    "q", "cite", "time", "bdi", "wbr", "img", "svg",
})  # fmt: skip


@dataclass(slots=True)
class Heading:
    """A text that a page shows as a heading."""

    signal: str  # "rules", "microdata", "h1" or "h2"
    text: str
    element: HtmlElement
    score: float = 0.0


def read(page: Page, found: Signals, candidates: list[Candidate]) -> tuple[str, str, HtmlElement | None]:
    """The headline, the signal that gave it, and the element that shows it (None where none does)."""
    said = _witnesses(found)
    candidates += [Candidate(field="title", signal=signal, value=value) for signal, value in said]
    trimmed = [(signal, without_outlet(value, found)) for signal, value in said]
    values = [value for _, value in trimmed]
    names = [value for _, value in said] + [
        found.document_title[:at] for at, _ in _cuts(found.document_title)[-1:]
    ]
    headings = _headings(page, found, ("h1",), names)
    best = _best(headings, values, found)
    if best is None or best.score < CERTAIN:
        headings += _headings(page, found, ("h2",), names)
        best = _best(headings, values, found)
    first, last = _ends(found.document_title)
    if best is None or best.score < CONFIRMED or words(best.text) == last:  # blogs and old systems
        told = {words(value) for value in values} | ({first} if len(first) > len(last) else set())
        told.update(words(found.document_title[end:]) for _, end in _cuts(found.document_title)[:1])
        lower = _headings(page, found, ("h3", "h4"), names)
        headings += [heading for heading in lower if words(heading.text) in told]
        best = _best(headings, values, found)
    shown = dict.fromkeys((heading.signal, heading.text) for heading in headings)
    candidates += [Candidate(field="title", signal=signal, value=text) for signal, text in list(shown)[:5]]
    if best and best.score >= CONFIRMED:
        return without_outlet(best.text, found), best.signal, best.element
    alone = best if best and _stands_alone(best, headings, trimmed) else None
    signal, text, element = _first_shown(trimmed, found) if trimmed else ("", "", None)
    if alone and (element is None or element not in alone.element.itersiblings(preceding=True)):
        return without_outlet(alone.text, found), alone.signal, alone.element
    heads = {heading.signal for heading in headings} - {"h2", "h3", "h4"}
    if element is None and not heads and all(signal == "title" for signal, _ in trimmed):
        line, shown_by = large.above(found)
        alike = any(len(one) > 3 for one in set(words(text)) & set(words(line)))
        if line and (alike or len(words(text)) <= _NAME):
            return line, "line", shown_by  # what the head says is the name of the paper, or of a page
    if trimmed:
        return text, signal, element  # what stands right below it as an h1 is its second line
    return (best.text, best.signal, best.element) if best else ("", "", None)


def _first_shown(trimmed: list[tuple[str, str]], found: Signals) -> tuple[str, str, HtmlElement | None]:
    """The first title that the page shows somewhere, its signal and what shows it; or else the first one."""
    first = _shared(trimmed)
    for signal, value in dict.fromkeys((first, *trimmed)):
        text, element = _as_shown(value, found)
        if element is not None:
            return signal, text, element
    return *first, None


def _as_shown(title: str, found: Signals) -> tuple[str, HtmlElement | None]:
    """A title, or what is left of it without a paper's name, as the page writes it, and what shows it."""
    cuts = _cuts(title)
    parts = [title[end:].strip() for _, end in cuts] + [title[:start].strip() for start, _ in cuts]
    for part in (title, *sorted((one for one in parts if len(one.split()) > 2), key=len, reverse=True)):
        element = _shown(found, part)
        if element is not None and not _leads_home(element, found.url):
            text = jsonld.clean(lines.line(element))
            is_whole = squash(text) == squash(part) or part.endswith(CUT_SHORT)
            return text if is_whole else part, element
    return title, None


def _shown(found: Signals, title: str) -> HtmlElement | None:
    """The largest element that shows a title and nothing else."""
    element = saying(found.body, title)
    said = "" if element is None else squash(lines.line(element))
    while element is not None and (around := element.getparent()) is not None:
        if around is found.body or squash(lines.line(around)) != said:
            break
        element = around
    return element


def _best(headings: list[Heading], witnesses: list[str], found: Signals) -> Heading | None:
    """The heading that is best confirmed; of several the first, but for one in a bar of links above."""
    best = None
    for heading in headings:
        heading.score = heading.score or _score(heading, witnesses, found)
        if best is None or heading.score > best.score + 0.01 or _is_own(heading, best):
            best = heading
    return best


def _is_own(heading: Heading, before: Heading) -> bool:
    """Whether a heading says the same as one before it, which is a link where this is none."""
    alike = heading.signal == before.signal and heading.text == before.text
    return alike and _is_link(before.element) and not _is_link(heading.element)


def _is_link(heading: HtmlElement) -> bool:
    """Whether all of a heading is a link."""
    link = next(heading.iter("a"), None)
    return link is not None and lines.line(link) == lines.line(heading)


def _score(heading: Heading, witnesses: list[str], found: Signals) -> float:
    """How well the head of the page confirms a heading; an h2 must do better than an h1."""
    score = max((likeness(heading.text, value) for value in witnesses), default=0.0)
    first, last = _ends(found.document_title)
    if last and first == words(heading.text):
        score = max(score, 0.9)
    return score * (0.9 if heading.signal == "h2" else 1.0) + (0.2 if heading.signal == "rules" else 0.0)


def _headings(page: Page, found: Signals, tags: tuple[str, ...], witnesses: list[str]) -> list[Heading]:
    """What could be the headline on the page, best kinds first."""
    elements: list[tuple[str, HtmlElement]] = []
    if "h1" in tags:
        declared = rules.declared(page.tree, page.rules.title if page.rules else "")
        elements += [("rules", element) for _, element in declared[:3] if element is not None]
        named = found.microdata.get("headline", ())
        elements += [("microdata", element) for element in named[:5] if element.tag != "meta"]
    elements += [(element.tag, element) for element in islice(page.tree.iter(*tags), 30)]
    kept: list[Heading] = []
    for element, signal in {element: signal for signal, element in reversed(elements)}.items():
        texts = [text for text in _texts(element, witnesses) if 3 <= len(text) <= LONGEST]
        texts = [text for text in texts if not _THREAD.match(text) and not _leads_home(element, page.url)]
        kept[:0] = [Heading(signal, text, element) for text in texts if not found.is_outlet(text)]
    return kept


def _leads_home(element: HtmlElement, url: str) -> bool:
    """Whether a heading is a link to the front page and nothing else: the name of the site."""
    link = next(element.iter("a"), None)
    if link is None or (path := urlsplit(url).path) in {"", "/"} or lines.line(link) != lines.line(element):
        return False
    there = urlsplit(addresses.absolute(url, link.get("href") or "#"))
    return there.path in {"", "/"} and path != there.path and not there.query and not there.fragment


def _texts(element: HtmlElement, witnesses: list[str]) -> Iterator[str]:
    """The headline that an element may show: its text, its lines, or its text without a label in front."""
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]  # a link, or a box, around all of it
    whole = jsonld.clean(lines.line(element)).replace(" . ", ". ")  # a full stop in an element of its own
    children = [child for child in element if isinstance(child.tag, str)]
    if children and whole not in witnesses and (rest := _as_told(whole, children, witnesses)):
        yield rest
        return
    first = children[0] if children and not (element.text or "").strip() else None
    if first is not None and whole not in witnesses and (rest := _without_label(whole, first)):
        yield rest
        return
    yield whole
    if any(one.tag not in _INLINE for one in element.iterdescendants()):
        for item in lines.lines(element, 40):
            yield jsonld.clean(item.text)


def _as_told(whole: str, children: list[HtmlElement], witnesses: list[str]) -> str:
    """The headline as the head of the page has it, if the rest is an element's label or subtitle; or ""."""
    for child in children[:6]:
        part = jsonld.clean(lines.line(child))
        for rest in (whole.removeprefix(part), whole.removesuffix(part)):
            if rest != whole and (told := rest.strip(" :-–—|•·")) in witnesses:
                return told
    return ""


def _without_label(whole: str, first: HtmlElement) -> str:
    """A headline without the short label that its first element sets in front; "" where that is none.

    A label is named so by its class, or is followed by a new sentence: "Frain Incendie dans une maison".
    """
    label = jsonld.clean(lines.line(first))
    rest = whole[len(label) :].lstrip(" .:-–—|•·") if label and whole.startswith(label) else ""
    if not rest or len(label.split()) > 4:
        return ""
    named = any(_LABEL.search(token) for token in (first.get("class") or "").split())
    begins = first.tag in _LABELS and not rest[0].islower() and len(rest.split()) > _SHORT
    return rest if named or begins else ""


def _witnesses(found: Signals) -> list[tuple[str, str]]:
    """What the head of the page calls it."""
    named = (
        ("og:title", found.meta("og:title")),
        ("json-ld", jsonld.text(found.article.get("headline")) or jsonld.text(found.article.get("name"))),
        ("twitter:title", found.meta("twitter:title")),
        ("meta", found.meta("dc.title", "dcterms.title", "sailthru.title", "parsely-title")),
        ("title", found.document_title),
    )
    return [(signal, value[:LONGEST]) for signal, value in named if value and not found.is_outlet(value)]


def _stands_alone(best: Heading, headings: list[Heading], trimmed: list[tuple[str, str]]) -> bool:
    """Whether a heading that nobody confirms is the headline: the only h1, and no mere label."""
    elements = {heading.element for heading in headings if heading.signal != "h2"}
    told = [words(value) for _, value in trimmed]
    shared = any(len(value) < 3 or set(words(best.text)) & set(value) for value in told)
    return elements == {best.element} and len(best.text.split()) >= 4 and (shared or not trimmed)


def _shared(trimmed: list[tuple[str, str]]) -> tuple[str, str]:
    """Of several titles the one that others begin with: they add a section or a name."""
    whole = [(signal, value) for signal, value in trimmed if not value.endswith(CUT_SHORT)] or trimmed
    for signal, value in whole:
        begin = words(value)
        others = [words(other) for _, other in trimmed if words(other) != begin]
        if begin and any(other[: len(begin)] == begin for other in others):
            return signal, value
    return whole[0]


def without_outlet(text: str, found: Signals) -> str:
    """A title without the name of the paper at its end or beginning."""
    for _ in range(4):
        cuts = _cuts(text)
        if cuts and found.is_outlet(text[cuts[-1][1] :]):
            text = text[: cuts[-1][0]].strip()
        elif cuts and found.is_outlet(start := text[: cuts[0][0]]) and start.lower() not in _GENRES:
            text = text[cuts[0][1] :].strip()
        else:
            return text
    return text


def _ends(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a title up to its first separator and from its last one on, which it may not have."""
    cuts = _cuts(text)
    return (words(text[: cuts[0][0]]), words(text[cuts[-1][1] :])) if cuts else (words(text), ())


@lru_cache(256)  # a page says its title four times
def _cuts(text: str) -> list[tuple[int, int]]:
    """Where separators begin and end in a title: not in its quotations, nor where one ends."""
    bare = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), text)
    return [match.span() for match in _SEPARATOR.finditer(bare)]


@lru_cache(256)
def words(text: str) -> tuple[str, ...]:
    """The words of a title as they are compared."""
    return tuple(_WORD.findall(fold(text)))


def likeness(heading: str, witness: str) -> float:
    """How much of the longer of two titles the other one says: 1 for the same words in the same order."""
    a, b = words(heading), words(witness)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if len(b) >= 4 and (a[: len(b)] == b or b[: len(a)] == a or a[-len(b) :] == b):
        return min(len(a), len(b)) / max(len(a), len(b)) * 0.4 + 0.6
    one, other = set(a), set(b)
    return 2 * len(one & other) / (len(one) + len(other)) * 0.9
