"""The headline as readers see it: without the name of the paper, without the section above it, and whole."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from crawler.extract import jsonld, signals
from crawler.items import Candidate

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.signals import Signals
    from crawler.items import Page

LONGEST: Final = 500  # characters; the longest headline seen on a real page has 260
_SEPARATOR = re.compile(r"\s+[-–—|:•·»/>~]+\s+|\s*\|\s*|\s+::\s+| : ")
_HEADINGS: Final = ("h1", "h2")


def read(page: Page, found: Signals, candidates: list[Candidate]) -> tuple[str, str, HtmlElement | None]:
    """The headline, the signal that gave it, and the element that shows it (None where the page shows none)."""
    headings = _headings(page, found)
    witnesses = _witnesses(found)
    for signal, value in witnesses:
        candidates.append(Candidate(field="title", signal=signal, value=value))
    candidates += [Candidate(field="title", signal=signal, value=text) for signal, text, _ in headings[:5]]
    trimmed = [(signal, without_outlet(value, found)) for signal, value in witnesses]
    best: tuple[float, str, str, HtmlElement] | None = None
    for signal, text, element in headings:
        score = max((likeness(text, value) for _, value in trimmed), default=0.0) + (signal == "rules") * 0.2
        if best is None or score > best[0] + 0.01:
            best = (score, signal, text, element)
    if best and (best[0] >= 0.5 or _stands_alone(best[2], headings, trimmed)):
        return _without_kicker(best[2], best[3], [value for _, value in trimmed]), best[1], best[3]
    if trimmed:
        return trimmed[0][1], trimmed[0][0], None
    return (best[2], best[1], best[3]) if best else ("", "", None)


def _headings(page: Page, found: Signals) -> list[tuple[str, str, HtmlElement]]:
    """What could be the headline on the page, best kinds first."""
    elements: list[tuple[str, HtmlElement]] = []
    if page.rules and page.rules.title:
        elements += [("rules", item) for item in page.tree.xpath(page.rules.title) if hasattr(item, "tag")][
            :3
        ]
    elements += [
        ("microdata", item) for item in found.microdata.get("headline", ())[:5] if item.tag != "meta"
    ]
    for tag in _HEADINGS:
        elements += [(tag, item) for item in page.tree.iter(tag)][:40]
    kept: dict[HtmlElement, tuple[str, str, HtmlElement]] = {}
    for signal, element in elements:
        text = jsonld.clean(signals.line(element))
        if 3 <= len(text) <= LONGEST and not found.is_outlet(text):
            kept.setdefault(element, (signal, text, element))
    return list(kept.values())


def _witnesses(found: Signals) -> list[tuple[str, str]]:
    """What the head of the page calls it."""
    named = (
        ("og:title", found.meta("og:title")),
        ("json-ld", jsonld.text(found.article.get("headline")) or jsonld.text(found.article.get("name"))),
        ("twitter:title", found.meta("twitter:title")),
        (
            "meta",
            found.meta(
                "dc.title", "dcterms.title", "sailthru.title", "parsely-title", "cxenseparse:recs:rawtitle"
            ),
        ),
        ("title", found.document_title),
    )
    return [(signal, value[:LONGEST]) for signal, value in named if value and not found.is_outlet(value)]


def _stands_alone(
    text: str, headings: list[tuple[str, str, HtmlElement]], trimmed: list[tuple[str, str]]
) -> bool:
    """Whether a heading that nobody confirms is still the headline: the only h1, and a sentence rather than a label."""
    first = [value for signal, value, _ in headings if signal in {"h1", "microdata", "rules"}]
    shared = any(set(words(text)) & set(words(value)) for _, value in trimmed)
    return first == [text] and len(text.split()) >= 4 and (shared or not trimmed)


def without_outlet(text: str, found: Signals) -> str:
    """A title without the name of the paper, and without the section that stands between the two."""
    for _ in range(4):
        cuts = list(_SEPARATOR.finditer(text))
        if not cuts:
            return text
        last, first = cuts[-1], cuts[0]
        if found.is_outlet(text[last.end() :]):
            text = text[: last.start()].strip()
        elif found.is_outlet(text[: first.start()]):
            text = text[first.end() :].strip()
        else:
            return text
    return text


def words(text: str) -> list[str]:
    """The words of a title as they are compared."""
    flat = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe")).lower()
    return re.findall(r"\w+", "".join(c for c in flat if not unicodedata.combining(c)))


def likeness(heading: str, witness: str) -> float:
    """How much of the longer of two titles the other one says, word by word in order: 1 for the same title."""
    a, b = words(heading), words(witness)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if len(b) >= 4 and (a[: len(b)] == b or b[: len(a)] == a or a[-len(b) :] == b):
        return min(len(a), len(b)) / max(len(a), len(b)) * 0.4 + 0.6
    return 2 * len(set(a) & set(b)) / (len(set(a)) + len(set(b))) * 0.9


def _without_kicker(text: str, element: HtmlElement, witnesses: list[str]) -> str:
    """A headline without the label in front of it, where the label is an element of its own that nobody else repeats."""
    first = next(iter(element), None)
    if (
        first is None
        or not isinstance(first.tag, str)
        or (element.text or "").strip()
        or not (first.tail or "").strip()
        and len(element) < 2
    ):
        return text
    label = jsonld.clean(signals.line(first))
    rest = text[len(label) :].lstrip(" :-–—|•·") if label and text.startswith(label) else ""
    if rest and any(words(rest) == words(value) for value in witnesses):
        return rest
    return text
