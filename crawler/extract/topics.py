"""The section an article stands in."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract import addresses, jsonld, lines, people, phrases, rules, signals, title
from crawler.extract.inline import text_before
from crawler.items import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from crawler.extract.lines import Line
    from crawler.extract.signals import Signals
    from crawler.items import Page

STEPS: Final = 8  # of a breadcrumb trail; what is named so and has more links is a menu of sections
_CRUMBS = re.compile(
    r"bread-?crumb|(?:^|[\s_-])(?:fil-?d-?)?ariane(?:$|[\s_-])|filariane|(?:^|[\s_-])crumbs?(?:$|[\s_-])",
    re.IGNORECASE,
)
_TRAIL = etree.XPath(
    "descendant-or-self::*[contains(@class, 'readcrumb') or contains(@class, 'ariane') or "
    "contains(@id, 'ariane')]"
)
_RUBRIC = re.compile(
    r"(?:^|[_-])(?:rubriques?|categor(?:y|ie)s?|cats?|sections?|kicker|overline|surtitre|theme|topic)(?:$|[_-])",
    re.IGNORECASE,
)
_SAYS_WHERE = re.compile(r"(?:vous êtes ici|accueil ?[>›»/])", re.IGNORECASE)
_KIND_OF = re.compile(
    r"(?:cat[ée]gories?|rubriques?|sections?|(?:publié |classé )?dans)\s*:?\s+", re.IGNORECASE
)
_FRONT: Final = frozenset({
    "accueil", "home", "page d'accueil", "à la une", "a la une", "vous êtes ici", "vous etes ici", "retour",
    "non classé", "non classe", "uncategorized", "une", "abonnez-vous", "s'abonner", "je m'abonne",
    "se connecter", "connexion", "newsletter", "aller au contenu",
})  # fmt: skip
_LEADS = re.compile(  # a link in a post that is shown among others, or to more of them
    r"#|https?://|\S+\.\w+/|(?i:plus d(?:e |['’])|voir l(?:a|e|es) )"
)
_PARTS = re.compile(r"\s+[-–|•·]\s+")
_YEAR = re.compile(r"(?:19|20)\d\d\b(?<=\b\d{4})")  # a figure first: three times faster
_SIGNED = re.compile(r"(?:(?:é|e)crit |rédigé |publié )?par\b", re.IGNORECASE)


def section(
    page: Page, found: Signals, header: Iterable[Line], dated: Iterable[HtmlElement], headline: str
) -> list[Candidate]:
    """The section, by the first signal that names one; nothing where none does.

    :param header: those around the headline
    :param dated: the elements that show the date: many a paper puts the section beside it
    """
    for signal, value in _sections(page, found, header, dated, headline):
        name = _KIND_OF.sub("", value.strip(" -–|/›>»•:"), count=1)
        folded = name.lower()
        front = folded in _FRONT or folded in phrases.TOOLS or phrases.PROMOTION.match(folded)
        if 1 < len(name) <= 60 and not found.is_outlet(name) and not front and not _LEADS.match(name):
            return [Candidate(field="section", signal=signal, value=name)]
    return []


def _sections(
    page: Page, found: Signals, header: Iterable[Line], dated: Iterable[HtmlElement], headline: str
) -> Iterator[tuple[str, str]]:
    """The sections by signal, as found."""
    for text, _ in rules.declared(page.tree, page.rules.section if page.rules else "")[:1]:
        yield "rules", text
    yield "json-ld", jsonld.text(found.article.get("articleSection")).rpartition(" > ")[2]
    yield "meta article:section", found.meta("article:section")
    yield (
        "meta",
        found.meta("section", "sailthru.section", "parsely-section", "cxenseparse:recs:articlesection"),
    )
    for element in found.microdata.get("articlesection", ())[:1]:
        yield "microdata", element.get("content") or lines.line(element)
    for node in found.graph.of({"BreadcrumbList"})[:1]:
        items = node.get("itemListElement")
        steps = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        names = [jsonld.text(step.get("name") or step.get("item")) for step in steps]
        yield "json-ld BreadcrumbList", _last(names, headline)
    if crumbs := _crumbs(page, header):
        yield "breadcrumb", _last(crumbs, headline)
    yield from (("byline", name) for name in _beside_date(found, header, dated))
    yield "rel category", _category(found)
    yield from _lines(page, header)


def _lines(page: Page, header: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """The lines around the headline that say the section: "Catégorie : Vie locale", a link, a class."""
    for line in header:
        label = _KIND_OF.match(line.text) if ":" in line.text else None
        if label and _is_rubric(line.text[label.end() :]):
            yield "label", line.text
    for line in header:
        if _is_rubric(line.text) and _leads_above(line, page.url):
            yield "link", line.text
    for line in header:
        boxes = (line.element, *islice(line.element, 1))  # perhaps a paragraph around its link
        if len(line.text.split()) <= 4 and any(map(_is_named_rubric, boxes)):
            yield "markup", line.text


def _is_named_rubric(element: HtmlElement) -> bool:
    """Whether class or id of an element say that the section stands in it."""
    return any(map(_RUBRIC.search, f"{element.get('class') or ''} {element.get('id') or ''}".split()))


def _category(found: Signals) -> str:
    """What a link with ``rel="category"`` says, where there is one: other articles have theirs."""
    links = (
        link for some in found.links.values() for link in some if "category" in link.get("rel", "").split()
    )
    names = {lines.line(link) for link in islice(links, 2)}
    return names.pop() if len(names) == 1 else ""


def _leads_above(line: Line, url: str) -> bool:
    """Whether a line is one link, to the part of the site in which the page itself stands."""
    link = line.element if line.element.tag == "a" else next(line.element.iter("a"), None)
    if link is None or lines.line(link) != line.text:
        return False
    path = urlsplit(addresses.absolute(url, link.get("href") or "")).path.rstrip("/")
    return not path.rpartition("/")[2].isdigit() and bool(path) and urlsplit(url).path.startswith(path + "/")


def _beside_date(found: Signals, header: Iterable[Line], dated: Iterable[HtmlElement]) -> Iterator[str]:
    """What stands beside the date below the headline: a link, or a part of "3 mai 2024 - France - Par X"."""
    around = ((line.element, *islice(line.element.iterancestors(), 2)) for line in header)
    shown = {node for nodes in around for node in nodes} if dated else set()
    for element in dated:
        for link in element.iter("a") if element in shown else ():
            text = lines.line(link)
            signs = link.get("rel") == "author" or _signs(link)
            if not signs and _is_rubric(text) and not _is_named(text, found):
                yield text
    for line in header:
        if not _YEAR.search(line.text):
            continue
        others = [part for part in _PARTS.split(line.text) if not _YEAR.search(part)]
        signed = [part for part in others if _SIGNED.match(part) or _is_named(part, found)]
        if signed:
            yield from (part for part in others if _is_rubric(part) and part not in signed)


def _signs(link: HtmlElement) -> bool:
    """Whether « Par » stands right before a link: a pen name may be one word."""
    return text_before(link).strip(" \n\t\r\xa0:").lower().endswith(("par", "by"))


def _is_named(text: str, found: Signals) -> bool:
    """Whether a few words may be a person's full name."""
    return " " in text and people.is_person(text, found.outlet_keys)


def _is_rubric(text: str) -> bool:
    """Whether a few words may be the name of a section."""
    return 0 < len(text.split()) <= 3 and not any(char.isdigit() or char == "," for char in text)


def _crumbs(page: Page, header: Iterable[Line]) -> list[str]:
    """The steps of the breadcrumb trail above the headline, or among what was cut."""
    around = (node for line in header for node in (line.element, *islice(line.element.iterancestors(), 2)))
    for node in dict.fromkeys(around):
        if node.tag != "body" and _is_trail(node):
            return _steps(node)
    for line in header:
        if _SAYS_WHERE.match(line.text) and next(line.element.iter("a"), None) is not None:
            return _steps(line.element)
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
    """The steps of a breadcrumb trail: its links, and the text after the last one; of a menu none."""
    links = list(islice(trail.iter("a"), STEPS + 1))
    if len(links) > STEPS:
        return []
    after = (links[-1].tail or "").strip(" \n\t\r\xa0>/›»|-") if links else ""
    return [lines.line(link) for link in links] + [" ".join(after.split())]


def _last(names: list[str], headline: str) -> str:
    """The last step of a trail that is not the article itself."""
    steps = [name for name in names if name and name.lower() not in _FRONT and len(name) <= 60]
    if steps and title.likeness(steps[-1], headline) >= title.CONFIRMED:
        steps.pop()
    return steps[-1] if steps else ""
