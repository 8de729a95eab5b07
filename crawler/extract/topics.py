"""The section an article stands in and the tags it carries."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.extract import jsonld, lines, people, signals, title
from crawler.items import Candidate
from crawler.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from crawler.extract.lines import Line
    from crawler.extract.signals import Signals
    from crawler.items import Page

TAGS: Final = 40  # an article's tags at most; more of them is a cloud
_LABEL = re.compile(
    r"^(?:sujets? associés?|sujets?|mots?[- ]clés?|tags?|thèmes?|thématiques?|en lien avec|lieux?|"
    r"personnalités?)\s*:?\s*$",
    re.IGNORECASE,
)
_TAGGED = re.compile(
    r"(?:^|[\s_-])(?:tags?|keywords?|mots(?:-?cles)?|motscles|themes?|sujets?|topics?|etiquettes?|"
    r"thematiques?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CLOUD = re.compile(r"cloud|nuage|trend|hot|actu-tag|tendance|suggest", re.IGNORECASE)
_TEXT: Final = frozenset({"body", "article", "main"})
_FRAME: Final = frozenset({"nav", "header", "footer", "form"})
_LINKS: Final = 150  # links of a page, and of each piece cut from it, that may be tags
_ITEMS: Final = frozenset({"li", "span", "dd"})
_HREF = re.compile(  # looking at a word's first letter first halves the time
    r"/(?=[tms])(?:tags?|mots?-cles?|motscles|sujets?|themes?|thematiques?|topics?)/[^/]", re.IGNORECASE
)
_CRUMBS = re.compile(
    r"bread-?crumb|(?:^|[_-])(?:fil-?d-?)?ariane(?:$|[_-])|filariane|(?:^|[_-])crumbs?(?:$|[_-])",
    re.IGNORECASE,
)
_TRAIL = etree.XPath(
    "descendant-or-self::*[contains(@class, 'readcrumb') or contains(@class, 'ariane') or "
    "contains(@id, 'ariane')]"
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
_PARTS = re.compile(r"\s+[-–|•·]\s+")
_YEAR = re.compile(r"(?:19|20)\d\d\b(?<=\b\d{4})")  # a figure first: three times faster
_SIGNED = re.compile(r"(?:(?:é|e)crit |rédigé |publié )?par\b", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[,;]\s*")


def section(
    page: Page, found: Signals, header: Iterable[Line], dated: Iterable[HtmlElement], headline: str
) -> list[Candidate]:
    """The section, by the first signal that names one; nothing where none does.

    :param header: those around the headline
    :param dated: the elements that show the date: many a paper puts the section beside it
    """
    for signal, value in _sections(page, found, header, dated, headline):
        name = value.strip(" -–|/›>»•:")
        if 1 < len(name) <= 60 and not found.is_outlet(name) and name.lower() not in _FRONT:
            return [Candidate(field="section", signal=signal, value=name)]
    return []


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
    if crumbs := _crumbs(page, header):
        yield "breadcrumb", _last(crumbs, headline)
    yield from (("byline", name) for name in _beside_date(found, header, dated))
    for line in header:
        names = f"{line.element.get('class') or ''} {line.element.get('id') or ''}".split()
        if len(line.text.split()) <= 4 and any(_RUBRIC.search(name) for name in names):
            yield "markup", line.text


def _beside_date(found: Signals, header: Iterable[Line], dated: Iterable[HtmlElement]) -> Iterator[str]:
    """What stands beside the date below the headline: a link, or a part of "3 mai 2024 - France - Par X"."""
    around = ((line.element, *islice(line.element.iterancestors(), 2)) for line in header)
    shown = {node for nodes in around for node in nodes} if dated else set()
    for element in dated:
        for link in element.iter("a") if element in shown else ():
            text = lines.line(link)
            is_name = " " in text and people.is_person(text, found.outlet_keys, visible=True)
            if link.get("rel") != "author" and _is_rubric(text) and not is_name:
                yield text
    for line in header:
        if not _YEAR.search(line.text):
            continue
        day, *others = _PARTS.split(line.text)
        if _YEAR.search(day) and any(_SIGNED.match(part) for part in others):
            yield from (part for part in others if _is_rubric(part) and not _SIGNED.match(part))


def _is_rubric(text: str) -> bool:
    """Whether a few words may be the name of a section."""
    return 0 < len(text.split()) <= 3 and not any(char.isdigit() or char == "," for char in text)


def _crumbs(page: Page, header: Iterable[Line]) -> list[str]:
    """The steps of the breadcrumb trail above the headline, or among what was cut."""
    around = (node for line in header for node in (line.element, *islice(line.element.iterancestors(), 2)))
    for node in dict.fromkeys(around):
        if node.tag != "body" and _is_trail(node):
            return _steps(node)
    for root in (*page.tree.iter("nav", "ol", "ul"), *page.aside[: signals.MOST]):
        if _is_trail(root):
            return _steps(root)
        if root.tag == "header" and (inner := lines.select(_TRAIL, root)):
            return _steps(inner[0])
    return []


def _is_trail(element: HtmlElement) -> bool:
    """Whether class, id or label name a breadcrumb trail."""
    get = element.get
    return _names_trail(get("class"), get("id"), get("aria-label"))


@lru_cache(16_384)
def _names_trail(*names: str | None) -> bool:
    """Whether one of these names is that of a trail."""
    return _CRUMBS.search(" ".join(name or "" for name in names)) is not None


def _steps(trail: HtmlElement) -> list[str]:
    """The steps of a breadcrumb trail: its links, and the text after the last one."""
    links = list(islice(trail.iter("a"), 12))
    after = (links[-1].tail or "").strip(" \n\t\r\xa0>/›»|-") if links else ""
    return [lines.line(link) for link in links] + [" ".join(after.split())]


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
    yield "links", _tag_links(page, found)
    yield "meta news_keywords", _SPLIT.split(found.meta("news_keywords"))
    yield "meta keywords", _SPLIT.split(found.meta("keywords", "parsely-tags", "sailthru.tags"))


def speak_of(tags: Iterable[str], paragraphs: Iterable[str]) -> bool:
    """Whether half of the keywords stand in the text: papers give all their pages the same ones, too."""
    text = fold(" ".join(paragraphs))
    stand = [fold(tag) in text for tag in tags]
    return 2 * sum(stand) >= len(stand)


def _tag_links(page: Page, found: Signals) -> list[str]:
    """The links that are tags by ``rel``, by address, by the class around them or by words ("Sujets : …")."""
    groups: dict[HtmlElement, list[str]] = {}
    holders: dict[HtmlElement, HtmlElement | None] = {}
    verdicts: dict[HtmlElement, str] = {}
    aside = (root for root in found.aside if root.tag not in _FRAME)
    for root in (page.tree, *aside):
        for link in islice(root.iter("a"), _LINKS):
            home = link.getparent()
            if home is not None and home.tag in _ITEMS:
                home = home.getparent()
            if home is None:
                continue
            if home not in holders:
                holders[home] = _holder(home, verdicts)
            holder = holders[home]
            if holder is None and ("tag" in link.get("rel", "") or _HREF.search(link.get("href", ""))):
                holder = home
            if holder is not None and len(text := lines.line(link)) <= 60:
                groups.setdefault(holder, []).append(text)
    fitting = [names for names in groups.values() if len(names) <= TAGS]
    return max(
        (names for names in fitting if all(len(name.split()) <= 6 for name in names)), key=len, default=[]
    )


def _holder(home: HtmlElement, verdicts: dict[HtmlElement, str]) -> HtmlElement | None:
    """The element that says that the links in it are tags: this one or the one around it.

    :param verdicts: those found so far: homes stand in the same element
    """
    node: HtmlElement | None = home
    for _ in range(2):
        if node is None or node.tag in _TEXT:
            return None
        if node not in verdicts:
            verdicts[node] = _verdict(node)
        if verdict := verdicts[node]:
            return node if verdict == "tags" else None
        node = node.getparent()
    return None


def _verdict(node: HtmlElement) -> str:
    """What the names of an element, or the words it begins with, say of the links in it."""
    names, identity = node.get("class", ""), node.get("id", "")
    label = (node.text or "").strip()
    labelled = bool(label) and len(label) < 40 and _LABEL.match(label) is not None
    return _named(names, identity, labelled) if names or identity or labelled else ""


@lru_cache(16_384)  # pages of a site use the same few names
def _named(names: str, identity: str, labelled: bool) -> str:
    """What class and id say of the links in an element that begins, or does not, with a word for tags."""
    both = f"{names} {identity}"
    if labelled or _TAGGED.search(both):
        return "cloud" if _CLOUD.search(both) else "tags"
    return ""
