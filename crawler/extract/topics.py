"""The section an article stands in and the tags it carries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.extract import jsonld, lines, people, signals, title
from crawler.items import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from crawler.extract.lines import Line
    from crawler.extract.signals import Signals
    from crawler.items import Page

TAGS: Final = 40  # an article's tags at most; more of them is a cloud
_LABEL = re.compile(
    r"^(?:sujets? associés?|sujets?|mots?[- ]clés?|tags?|thèmes?|thématiques?|en lien avec|lieux?|personnalités?)\s*:?\s*$",
    re.IGNORECASE,
)
_TAGGED = re.compile(
    r"(?:^|[_-])(?:tags?|keywords?|mots(?:-?cles)?|motscles|themes?|sujets?|topics?|etiquettes?|thematiques?)(?:$|[_-])",
    re.IGNORECASE,
)
_CLOUD = re.compile(r"cloud|nuage|trend|hot|actu-tag|tendance|suggest", re.IGNORECASE)
_HREF = re.compile(
    r"/(?:tags?|mots?-cles?|motscles|sujets?|themes?|thematiques?|topics?)/[^/]", re.IGNORECASE
)
_CRUMBS = etree.XPath(
    "descendant-or-self::*[contains(@class, 'readcrumb') or contains(@class, 'riane') or contains(@id, 'readcrumb') or contains(@id, 'ariane')"
    " or contains(@aria-label, 'riane')]"
)
_RUBRIC = re.compile(
    r"(?:^|[_-])(?:rubriques?|categor(?:y|ie)s?|sections?|kicker|surtitre|theme|topic)(?:$|[_-])",
    re.IGNORECASE,
)
_FRONT: Final = frozenset(
    {
        "accueil",
        "home",
        "page d'accueil",
        "à la une",
        "a la une",
        "vous êtes ici",
        "vous etes ici",
        "retour",
        "une",
    }
)
_SPLIT = re.compile(r"\s*[,;]\s*")


def section(
    page: Page, found: Signals, header: Iterable[Line], dated: Iterable[HtmlElement], headline: str
) -> list[Candidate]:
    """Every section that is named, most believed first.

    :param header: those around the headline
    :param dated: the elements that show the date: many a paper puts the section beside it
    """
    kept = []
    for signal, value in _sections(page, found, header, dated, headline):
        name = value.strip(" -–|/›>»•:")
        if 1 < len(name) <= 60 and not found.is_outlet(name) and name.lower() not in _FRONT:
            kept.append(Candidate(field="section", signal=signal, value=name))
    return kept


def _sections(
    page: Page, found: Signals, header: Iterable[Line], dated: Iterable[HtmlElement], headline: str
) -> Iterator[tuple[str, str]]:
    """The sections by signal, as found."""
    for text, _ in signals.declared(page.tree, page.rules.section if page.rules else "")[:1]:
        yield "rules", text
    yield "json-ld", jsonld.text(found.article.get("articleSection"))
    yield "meta article:section", found.meta("article:section")
    yield (
        "meta",
        found.meta("section", "sailthru.section", "parsely-section", "cxenseparse:recs:articlesection"),
    )
    for element in found.microdata.get("articlesection", ())[:1]:
        yield "microdata", element.get("content") or lines.line(element)
    for node in found.graph.of({"BreadcrumbList"})[:1]:
        items = node.get("itemListElement")
        names = (
            [jsonld.text(item.get("name") or item.get("item")) for item in items if isinstance(item, dict)]
            if isinstance(items, list)
            else []
        )
        yield "json-ld BreadcrumbList", _last(names, headline)
    for root in (page.tree, *page.aside[:200]):
        for crumbs in _CRUMBS(root)[:2]:
            yield "breadcrumb", _last([item.text for item in _crumbs(crumbs)], headline)
    for element in dated:
        for link in element.iter("a"):
            text = lines.line(link)
            if link.get("rel") != "author" and len(text.split()) <= 4 and not any(c.isdigit() for c in text):
                yield (
                    "byline",
                    text
                    if not people.is_person(text, found.outlet_keys, visible=True) or " " not in text
                    else "",
                )
    for line in header:
        names = f"{line.element.get('class') or ''} {line.element.get('id') or ''}".split()
        if len(line.text.split()) <= 4 and any(_RUBRIC.search(name) for name in names):
            yield "markup", line.text


def _crumbs(element: HtmlElement) -> Iterator[lines.Line]:
    """The steps of a breadcrumb trail: its links, and the text after the last one."""
    last = None
    for link in element.iter("a"):
        last = link
        yield lines.Line(link, lines.line(link))
    if last is not None:
        tail = (last.tail or "").strip(" \n\t\xa0>/›»|-")
        if tail:
            yield lines.Line(element, " ".join(tail.split()))


def _last(names: list[str], headline: str) -> str:
    """The last step of a trail that is not the article itself."""
    steps = [name for name in names if name and name.lower() not in _FRONT and len(name) <= 60]
    if steps and title.likeness(steps[-1], headline) >= title.CONFIRMED:
        steps.pop()
    return steps[-1] if steps else ""


def tags(page: Page, found: Signals) -> list[Candidate]:
    """The tags of the first signal that has any."""
    for signal, values in _tag_lists(page, found):
        names = [value.strip(" #,.;-–|•\xa0") for value in values]
        kept = {
            name.casefold(): name
            for name in reversed(names)
            if 1 < len(name) <= 80 and not found.is_outlet(name)
        }
        if kept:
            return [
                Candidate(field="tags", signal=signal, value=name)
                for name in list(kept.values())[::-1][:TAGS]
            ]
    return []


def _tag_lists(page: Page, found: Signals) -> Iterator[tuple[str, list[str]]]:
    """Every list of tags, most believed first; links are only looked at where data name none."""
    yield "rules", [text for text, _ in signals.declared(page.tree, page.rules.tags if page.rules else "")]
    keywords = found.article.get("keywords")
    yield (
        "json-ld",
        [
            part
            for value in jsonld.texts(keywords)
            for part in (_SPLIT.split(value) if isinstance(keywords, str) else [value])
        ],
    )
    yield (
        "meta article:tag",
        [part for value in found.values("article:tag") for part in _SPLIT.split(value)],
    )
    yield "links", _tag_links(page)
    yield "meta news_keywords", _SPLIT.split(found.meta("news_keywords"))
    yield "meta keywords", _SPLIT.split(found.meta("keywords", "parsely-tags", "sailthru.tags"))


def _tag_links(page: Page) -> list[str]:
    """The links that are tags by ``rel``, by address, by the class around them or the words before them ("Sujets : …")."""
    groups: dict[HtmlElement, list[str]] = {}
    for root in (page.tree, *page.aside[:200]):
        for link in root.iter("a"):
            group = _group(link)
            if group is not None:
                groups.setdefault(group, []).append(lines.line(link))
    fitting = [names for names in groups.values() if len(names) <= TAGS]
    return max(fitting, key=len, default=[])


def _group(link: HtmlElement) -> HtmlElement | None:
    """The element that holds a tag and its like, or None for a link that is no tag."""
    around = [node for node in (link.getparent(),) if node is not None]
    while len(around) < 3 and (parent := around[-1].getparent()) is not None if around else False:
        around.append(parent)
    if not around:
        return None
    home = around[1] if around[0].tag in {"li", "span", "dd"} and len(around) > 1 else around[0]
    names = " ".join(
        f"{node.get('class') or ''} {node.get('id') or ''}" for node in (link, *around) if node.tag != "body"
    )
    if _CLOUD.search(names):
        return None
    said = "tag" in (link.get("rel") or "").lower().split() or _HREF.search(link.get("href") or "")
    if said or any(_TAGGED.search(name) for name in names.split()) or _LABEL.match((home.text or "").strip()):
        return home
    return None
