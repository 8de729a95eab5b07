"""The tags an article carries: from its data, or links that are tags by relation, address, class or words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from crawler.extract import jsonld, lines, rules
from crawler.extract.inline import REMARK, is_amid
from crawler.items import Candidate
from crawler.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from crawler.extract.signals import Signals
    from crawler.items import Page

TAGS: Final = 40  # an article's tags at most; more of them is a cloud
ABOVE: Final = 4  # those above its headline at most; more of them is a menu
_LABEL = re.compile(
    r"^(?:(?:les )?(?:sujets?|tags?|thèmes?|thématiques?)"
    r"(?: (?:associée?s?|liée?s?|abordée?s?|concernée?s?))?|"
    r"mots?[- ]cl(?:é|ef)s?|"
    r"étiquet(?:tes?|é(?: sous| avec)?)|libellés?|"
    r"en lien avec|lieux?|personnalités?|"
    r"(?:en savoir )?plus sur(?: ce sujet| ces sujets| le sujet)?|"
    r"(?:voir|afficher|suivre) (?:plus|tou(?:s|tes) les (?:tags|thèmes|sujets|mots-clés|étiquettes)))"
    r"\s*:?\s*$",
    re.IGNORECASE,
)
_TAGGED = re.compile(
    r"(?:^|[\s_-])(?:(?:hash)?tags?|taglist|keywords?|mots(?:-?cles)?|themes?|sujets?|topics?|"
    r"etiquettes?|thematiques?)(?:$|[\s_-])|(?-i:[a-z](?:Tags|Etiquettes)(?![a-z])|(?:^|[\s_-])tags?(?=[A-Z]))",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?:^|[\s_-])(?:tags?|keywords?|mots?-?cles?|etiquettes?)(?:$|\s)", re.IGNORECASE)
_TOPIC = re.compile(r"(?:^|[\s_-])(?:theme|sujet|topic|thematique)(?:$|[\s_-])", re.IGNORECASE)
_CATEGORY = re.compile(r"(?:^|[\s_-])(?:categor(?:y|ies?)|cat)(?:$|\s)", re.IGNORECASE)
_ENTRY = re.compile(r"(?:^|[\s_-])(?:post|entry|article|billet)[_-]", re.IGNORECASE)
_CLOUD = re.compile(r"cloud|nuage|trend|hot|popul|actu-tag|tendance|suggest", re.IGNORECASE)
_TEXT: Final = frozenset({"body", "article", "main"})
_FRAME: Final = frozenset({"nav", "header", "footer", "form"})
_MENU = re.compile(r"menu|navbar|(?<![a-z])nav(?:igation)?(?![a-z])", re.IGNORECASE)
_LINKS: Final = 150  # links of a page, and of each piece cut from it, that may be tags
_BOXES: Final = frozenset({"li", "div", "span", "dd"})
_ITEMS: Final = frozenset({"li", "span", "dd"})
_HREF = re.compile(  # looking at a word's first letter first halves the time
    r"/(?=[tms])(?:tags?|mots?-cles?|motscles|sujets?|themes?|thematiques?|topics?)/[^/]", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*[,;|]\s*")


def read(page: Page, found: Signals) -> list[Candidate]:
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
    yield "rules", [text for text, _ in rules.declared(page.tree, page.rules.tags if page.rules else "")]
    keywords = found.article.get("keywords")
    named = jsonld.texts(keywords)
    yield "json-ld", _parts(named) if isinstance(keywords, str) else list(named)
    yield "meta article:tag", _parts(found.values("article:tag"))
    yield "links", _tag_links(page, found)
    yield "meta news_keywords", _SPLIT.split(found.meta("news_keywords"))
    yield "meta", _SPLIT.split(found.meta("parsely-tags", "sailthru.tags"))
    yield "meta keywords", _SPLIT.split(found.meta("keywords"))


def _parts(values: Iterable[str]) -> list[str]:
    """The tags in some values, each of which may list several."""
    return [part for value in values for part in _SPLIT.split(value)]


def speak_of(tags: Iterable[str], paragraphs: Iterable[str]) -> bool:
    """Whether half of the keywords stand in the text: papers give all their pages the same ones, too."""
    text = fold(" ".join(paragraphs))
    stand = [fold(tag) in text for tag in tags]
    return 2 * sum(stand) >= len(stand)


def _tag_links(page: Page, found: Signals) -> list[str]:
    """The links that are tags by ``rel``, by address, by the class around them or by words ("Sujets : …")."""
    groups: dict[HtmlElement, list[str]] = {}
    classed: dict[HtmlElement, list[str]] = {}  # one alone stands above a headline, and is the section
    holders: dict[HtmlElement, HtmlElement | None] = {}
    verdicts: dict[HtmlElement, str] = {}
    aside = (root for root in found.aside if not _is_frame(root) or _may_have_tags(found, root))
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
            if holder is None and _is_tag(link):
                holder = home
            told = groups if holder is not None and verdicts.get(holder) != "topic" else classed
            if holder is None and (names := link.get("class")) and _ONE.search(names):
                holder = home
            if holder is not None and len(text := lines.line(link)) <= 60 and not _is_label(text):
                told.setdefault(_list_of(holder), []).append(text)
    groups.update((holder, names) for holder, names in classed.items() if len(names) > 1)
    title = page.shape.title if page.shape else None
    fitting = [
        (holder.tag != "aside", len(names), names)
        for holder, names in groups.items()
        if len(names) <= (ABOVE if title is not None and _is_before(holder, title) else TAGS)
        and all(len(name.split()) <= 6 for name in names)
    ]
    return max(fitting, key=itemgetter(0, 1))[2] if fitting else []


def _is_before(element: HtmlElement, other: HtmlElement) -> bool:
    """Whether an element stands before another one on the page."""
    paths = ([*reversed([*one.iterancestors()]), one] for one in (element, other))
    for around, (one, two) in pairwise(zip(*paths, strict=False)):
        if one is not two:
            return around[0] is around[1] and around[0].index(one) < around[0].index(two)
    return False


def _list_of(holder: HtmlElement) -> HtmlElement:
    """The list that the box of one tag alone is an entry of; else the box itself: ``<div><h2><a>…``."""
    for _ in range(3):
        around = holder.getparent()
        several = next(islice(holder, 1, None), None) is not None  # ``len`` would count them all
        if several or around is None or around.tag in _TEXT or (holder.text or "").strip():
            break
        holder = around
    return holder


def _is_frame(root: HtmlElement) -> bool:
    """Whether a piece cut from the page is a menu or another part of its frame, where trends may stand."""
    return root.tag in _FRAME or _MENU.search(f"{root.get('class')} {root.get('id')}") is not None


def _may_have_tags(found: Signals, root: HtmlElement) -> bool:
    """Whether a frame is the article's own foot, is called tags, or holds a link that is one beyond doubt."""
    if _LABEL.match(root.get("aria-label", "")):
        return True
    if root.tag == "footer":
        names = root.get("class") or root.get("id") or ""
        if (
            _ENTRY.search(names)
            or _TAGGED.search(names)
            or (not names and any(map(_is_list, root.iter("ul", "div"))))
        ):
            return True
    return any(link.get("rel") == "tag" for link in found.links.get(root, ()))


def _is_list(element: HtmlElement) -> bool:
    """Whether an element has the class of a list of tags."""
    return _TAGGED.search(element.get("class", "")) is not None


def _is_tag(link: HtmlElement) -> bool:
    """Whether relation or address of a link say that it is a tag; a category is the section."""
    box, relations = link.getparent(), link.get("rel", "").split()
    is_tag = "tag" in relations and "category" not in relations
    if is_tag and (box is None or not _CATEGORY.search(box.get("class", ""))):
        return True
    if _HREF.search(link.get("href", "")):  # no card of another theme, and no word of a sentence
        return next(link.iter("figure", "img"), None) is None and not is_amid(link, REMARK)
    if box is None:
        return False
    if "keywords" in (link.get("itemprop"), box.get("itemprop")):
        return True
    return (link.text or "").startswith("#") and box.tag in _BOXES  # not in a tweet


def _holder(home: HtmlElement, verdicts: dict[HtmlElement, str]) -> HtmlElement | None:
    """The element that says that the links in it are tags: this one or one around it.

    :param verdicts: those found so far: homes stand in the same element
    """
    node: HtmlElement | None = home
    alone = home.tag == "div" and next(islice(home, 1, None), None) is None  # Drupal boxes each tag
    for _ in range(3 if alone else 2):
        if node is None or node.tag in _TEXT:
            return None
        if node not in verdicts:
            verdicts[node] = _verdict(node)
        if verdict := verdicts[node]:
            return node if verdict != "cloud" else None
        node = node.getparent()
    return node if node is not None and node.tag not in _TEXT and _is_labelled(node) else None


def _is_label(text: str) -> bool:
    """Whether a text is the word above a list of tags."""
    return text[-1:] == ":" or _LABEL.match(text) is not None


def _is_labelled(node: HtmlElement) -> bool:
    """Whether an element begins with a word for tags."""
    label = (node.text or "").strip() or node.get("aria-label", "").strip()
    first = None if label else next(iter(node), None)  # ``len`` would count them all
    if first is not None and first.tag in {"span", "strong", "b"}:
        label = (first.text or "").strip()
    return bool(label) and len(label) < 40 and _LABEL.match(label) is not None


def _verdict(node: HtmlElement) -> str:
    """What the names of an element, or the words it begins with, say of the links in it."""
    names, identity = node.get("class", ""), node.get("id", "")
    labelled = _is_labelled(node)
    return _named(names, identity, labelled) if names or identity or labelled else ""


@lru_cache(16_384)  # pages of a site use the same few names
def _named(names: str, identity: str, labelled: bool) -> str:
    """What class and id say of the links in an element that begins, or does not, with a word for tags."""
    both = f"{names} {identity}"
    if labelled or _TAGGED.search(both):
        if _CLOUD.search(both):
            return "cloud"
        return "topic" if _TOPIC.search(both) and not labelled else "tags"
    return ""
