"""The authors of an article, and the agency it is credited to: from data, markup and visible byline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from crawler.extract import agency, cards, introductions, jsonld, lines, namelines, people, rules
from crawler.extract import authormarks as marks
from crawler.extract.vocabulary import Says
from crawler.items import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extract.lines import Line
    from crawler.extract.signals import Signals
    from crawler.items import Page

_METAS: Final = (
    "author", "article:author", "article:author_name", "og:article:author", "dc.creator",
    "dcterms.creator", "parsely-author", "sailthru.author", "cxenseparse:recs:author",
    "cxenseparse:author", "citation_author", "byl", "article.author", "og:author",
)  # fmt: skip
_BESIDE: Final = frozenset({"date line", "source line"})  # what stands beside a date or an agency
_JOINS: Final = frozenset({"et", ",", "&", "/", "-", "–"})
_SHOWN: Final = ("text", "markup")  # signals that a reader sees
_LEVELS: Final = 3  # elements around a name in which those stand who sign with it
_ANOTHER = re.compile(r"[Cc]omment|ImageObject")
_WITH_AGENCY = re.compile(
    r"([^\W\d_][^/©|\d]{3,60}?)(?:,? \(?(?:avec|agence)\b| et (?:l['’]|les )?(?:AFP|Reuters|AP|agences?)\b)"
)
_LABEL = re.compile(
    rf"^(?:{people.SAYS_BY}|par|by|auteure?s?|autrices?|auteur\(s\)|auteur·e·?s?|auteur/autrice|"
    r"r[ée]dact(?:eur|rice)s?)\s*:?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Said:
    """Who signs, by which signal, and the elements that show it."""

    persons: list[str] = field(default_factory=list)
    signal: str = ""
    agencies: list[str] = field(default_factory=list)
    agency_signal: str = ""
    elements: list[HtmlElement] = field(default_factory=list)


def read(page: Page, found: Signals, header: Sequence[Line], candidates: list[Candidate]) -> Said:
    """Who signs an article: the first signal that names persons; the agencies of all."""
    said = Said()
    by_signal: dict[str, list[str]] = {}
    for signal, text, element in _bylines(page, found, header):
        if text:
            candidates.append(Candidate(field="authors", signal=signal, value=text[:200]))
            _take(said, by_signal, found, (signal, text, element))
    if not any(by_signal.values()):
        _alone(header, found, said, by_signal)
    if not any(by_signal.values()) and not said.agencies:
        _below(found, said, by_signal)
    if not said.agencies and all(_is_account(*told) for told in by_signal.items()):
        _first_mark(found, said, by_signal)
    for signal, persons in by_signal.items():
        if persons:
            said.persons, said.signal = people.once(persons), signal
            break
    said.persons = _fuller(said.persons, by_signal, is_data=said.signal not in _SHOWN)
    said.agencies = agency.unique(said.agencies)
    return said


def _take(
    said: Said,
    by_signal: dict[str, list[str]],
    found: Signals,
    byline: tuple[str, str, HtmlElement | None],
) -> None:
    """Read one byline; of several lines that say "Par …" the first counts: others sign something else."""
    signal, text, element = byline
    is_line = text[:1].isupper()
    text = _after_paper(text, found)
    visible = signal in {"markup", "name line", *_BESIDE} or (signal == "text" and is_line)
    read = people.read(text, found.no_persons, visible=visible)
    if signal in _BESIDE and not all(
        " " in name or namelines.INITIALS.fullmatch(name) for name in read.persons
    ):
        return
    if signal != "text" or not by_signal.get("text"):
        known = by_signal.get(signal, [])
        all_of_them = set(known) <= set(read.persons)  # what holds every byline has their order
        by_signal[signal] = read.persons if all_of_them else known + read.persons
    if read.agencies and not said.agencies:
        said.agency_signal = signal
    said.agencies += read.agencies
    if element is not None and (read.persons or read.agencies):
        said.elements.append(element)


def _alone(header: Sequence[Line], found: Signals, said: Said, by_signal: dict[str, list[str]]) -> None:
    """Where no words introduce who signs: the lines that are names, by the date; else parts of lines."""
    for line in namelines.read(header, found):
        _take(said, by_signal, found, ("name line", line.text, line.element))
    parts = lines.parted(header)
    if len(parts) > len(header) and not any(by_signal.values()):
        signed = [byline for byline in _visible(found, parts) if byline[0] == "text"]
        named = [("name line", line.text, line.element) for line in namelines.read(parts, found)]
        for byline in (*signed, *named):
            _take(said, by_signal, found, byline)


def _after_paper(text: str, found: Signals) -> str:
    """A byline without the name of the paper before it: "Le Fleuve Ada ROUX", "20 Rives avec AFP"."""
    first = people.key(text.partition(" ")[0])
    if not first or not any(name.startswith(first) for name in found.outlet_keys):
        return text
    words = text.split(maxsplit=5)
    for count in range(min(4, len(words) - 1), 0, -1):
        rest = text.split(maxsplit=count)[count].lstrip(" ,|/–—-").removeprefix("et ")
        named = count > 1 and rest[:1].isupper() and " " in rest and not people.PLACE.match(rest)
        named = named and any(" " in name for name in people.read(rest, (), visible=True).persons)
        if (named or introductions.BY.match(rest) or rest.startswith("avec ")) and found.is_outlet(
            " ".join(words[:count])
        ):
            return rest
    return text


def _below(found: Signals, said: Said, by_signal: dict[str, list[str]]) -> None:
    """Where nothing around the headline names anybody: the first line elsewhere that signs."""
    signed = [
        (line, who)
        for line in found.below
        if (who := introductions.who_signs(line.text) or _labelled(line, found))
    ]
    rows = cards.in_rows((line.element for line, _ in signed), alone=True)
    for line, who in signed:
        if line.element in rows:
            continue
        byline = people.read(marks.apart(who, line.element), found.no_persons, visible=True)
        if (byline.persons or byline.agencies) and not cards.is_in_card(line.element, found.headline):
            _believe(byline, "text", said, by_signal)
            said.elements.append(line.element)
            return


def _labelled(label: Line, found: Signals) -> str:
    """The name that stands alone below a line that is a label of it: « Publié par : »."""
    named = lines.after(label.element, most=1) if _LABEL.match(label.text) else ()
    return named[0].text if named and people.is_full(named[0].text, found.no_persons) else ""


def _first_mark(found: Signals, said: Said, by_signal: dict[str, list[str]]) -> None:
    """Where no line names anybody either: the first element that is marked as an author's."""
    for root in (found.body, *found.bars):
        for element in islice(filter(marks.is_marked, _perhaps_marked(found, root)), 20):
            text = marks.names_of(element) if not marks.is_apart(element) else ""
            byline = people.read(text if len(text) <= marks.LONGEST else "", found.no_persons, visible=True)
            if byline.persons or byline.agencies:
                _believe(byline, "markup", said, by_signal)
                return
    links = [link for root in found.aside if found.text_of(root) for link in root.iter("a")]
    for told in (marks.is_rel, marks.is_marked):
        named = {text: link for link in islice(filter(told, links), 20) if (text := lines.line(link))}
        if len(named) == 1 or _is_pair(list(named.values())):  # beside other articles there would be several
            byline = people.read(", ".join(named)[: marks.LONGEST], found.no_persons, visible=True)
            _believe(byline, "markup", said, by_signal)
        if named:
            return


def _believe(byline: people.Byline, signal: str, said: Said, by_signal: dict[str, list[str]]) -> None:
    """Take what one byline says for all that a signal does."""
    by_signal[signal], said.agencies, said.agency_signal = byline.persons, byline.agencies, signal


def _is_account(signal: str, persons: list[str]) -> bool:
    """Whether a signal names nobody, or data have a word, which may be an account's or a publisher's name."""
    return not persons or (signal.startswith("meta") and not any(" " in name for name in persons))


def _is_pair(links: Sequence[HtmlElement]) -> bool:
    """Whether two links stand side by side, with no more than « et » between them."""
    return len(links) == 2 and links[0].getnext() is links[1] and (links[0].tail or "").strip() in _JOINS


def _perhaps_marked(found: Signals, root: HtmlElement) -> Iterable[HtmlElement]:
    """The elements of the body or a piece cut that may be marked as an author's."""
    if root is found.body:
        return [one for one, said in found.shape.said.items() if said & Says.AUTHOR or one.tag == "a"]
    elements: Iterator[HtmlElement] = root.iter("*" if found.said_in(root) & Says.AUTHOR else "a")
    return elements


def _fuller(persons: list[str], by_signal: dict[str, list[str]], *, is_data: bool) -> list[str]:
    """The visible byline where it names all these persons and more: data often forgets the second author.

    Or where data has a word, an account's or a publisher's, and the page shows a name and surname.
    """
    keys = {people.key(name) for name in persons}
    is_word = is_data and bool(persons) and not any(" " in name for name in persons)
    for signal in _SHOWN:
        shown = people.once(by_signal.get(signal, []))
        if is_word and shown and all(" " in name for name in shown):
            return shown
        if len(shown) > len(persons) and keys <= {people.key(name) for name in shown}:
            return shown
    return persons


def _bylines(
    page: Page, found: Signals, header: Sequence[Line]
) -> Iterator[tuple[str, str, HtmlElement | None]]:
    """Every text that names authors, most believed first, with its signal and element."""
    for text, element in rules.declared(page.tree, page.rules.authors if page.rules else ""):
        yield "rules", text, element
    yield from _declared(found.graph, found.article)
    for name in filter(found.metas.__contains__, _METAS):
        for value in found.values(name)[:10]:
            yield f"meta {name}", value if "://" not in value else "", None
    if _LABEL.match(found.meta("twitter:label1")):
        yield "meta twitter:data1", found.meta("twitter:data1"), None
    for name in islice(jsonld.texts(found.state.get("author")), 10):
        yield "state", name, None
    for element in _beside([one for one in found.microdata.get("author", [])[:10] if not _of_another(one)]):
        text = _name_in(element)
        yield "microdata", text if len(text) <= marks.LONGEST else "", element
    yield from _visible(found, header)
    if not found.article:
        yield from _declared(found.graph, next(iter(found.graph.of({"WebPage"})), {}))


def _declared(graph: jsonld.Graph, node: jsonld.Node) -> Iterator[tuple[str, str, None]]:
    """The authors of a node of JSON-LD; an organisation is no person, but may be an agency."""
    authors = node.get("author") or node.get("creator")
    for item in (authors if isinstance(authors, list) else [authors])[:20]:
        author = graph.follow(item)
        organisation = isinstance(author, dict) and any(
            "Organization" in kind for kind in jsonld.types(author)
        )
        for name in jsonld.texts(author):
            if not organisation or agency.of_byline(name) or agency.is_agency(name):
                yield "json-ld", " avec ".join(agency.of_byline(name)) if organisation else name, None


def _beside(named: list[HtmlElement]) -> list[HtmlElement]:
    """Those of some elements that stand by the first: others name who wrote other articles."""
    home = {one for first in named[:1] for one in islice(first.iterancestors(), _LEVELS)}
    return [one for one in named if not home.isdisjoint(one.iterancestors())]


def _name_in(element: HtmlElement) -> str:
    """The name that a microdata author carries."""
    inner = next(
        (item for item in element.iter() if isinstance(item.tag, str) and item.get("itemprop") == "name"),
        element,
    )
    return inner.get("content") or lines.line(inner)


def _of_another(element: HtmlElement) -> bool:
    """Whether microdata say that an author is that of a comment or a picture."""
    return any(
        node.tag == "figure" or _ANOTHER.search(f"{node.get('itemprop')}{node.get('itemtype')}")
        for node in element.iterancestors()
    )


def _visible(found: Signals, header: Sequence[Line]) -> Iterator[tuple[str, str, HtmlElement | None]]:
    """Bylines that a reader sees around the headline: marked as such, or lines that say "Par …"."""
    label = False
    said = found.shape.said
    known: dict[HtmlElement, bool] = {}
    first: HtmlElement | None = None
    texts: list[tuple[str, str, HtmlElement]] = []
    bare: list[tuple[str, str, HtmlElement]] = []
    for at, line in enumerate(header):
        short = len(line.text) <= marks.LONGEST
        says = short and introductions.may_sign(line.text)
        who = introductions.who_signs(_after_paper(line.text, found)) if says else ""
        if label and short and line.text[:1].isupper() and line.text != "Nom":
            texts.append(("text", marks.apart(line.text, line.element), line.element))
        elif who and not cards.is_in_card(line.element, found.headline):
            names = namelines.parted(who, found) or [marks.apart(who, line.element)]
            names += namelines.joining(line, header[at + 1 :], found)
            texts.append(("text", ", ".join(names), line.element))
        elif short and (joined := _joined(line.text, found)):
            texts.append(("text", joined, line.element))
        elif (
            len(line.text) <= 120
            and (names := _agencies(line.text, found))
            and not marks.is_picture(line.element)
            and (" avec " in line.text or not marks.credits_picture(line.element))  # beside a portrait
        ):
            element = marks.marked(line.element, said, known)
            if element is not None and marks.is_beside(element, first):
                yield "markup", line.text, element
            texts.append(("source", " avec ".join(names), line.element))
            bare.append(("date line", namelines.beside_date(line, found), line.element))
            beside = _WITH_AGENCY.match(line.text)
            bare.append(("source line", beside[1] if beside else "", line.element))
        elif (
            short
            and (element := marks.marked(line.element, said, known)) is not None
            and marks.is_beside(element, first)
        ):
            first = first if first is not None else element
            yield "markup", marks.names_of(element), element
        elif short and (name := namelines.beside_date(line, found)):
            bare.append(("date line", name, line.element))
        label = (says and bool(_LABEL.match(line.text))) or (label and line.text == "Nom")
        if label and len(names := namelines.listed(header[at + 1 :], found)) > 1:
            texts.append(("text", ", ".join(names), header[at + 1].element))
            label = False
    yield from _own(found, texts, bare)


def _own(
    found: Signals, texts: list[tuple[str, str, HtmlElement]], bare: list[tuple[str, str, HtmlElement]]
) -> Iterator[tuple[str, str, HtmlElement]]:
    """Some bylines, then what stands beside dates and agencies: without those of other articles."""
    rows = cards.in_rows((element for signal, _, element in texts if signal == "text"), alone=True)
    rows |= cards.in_rows(element for signal, _, element in texts if signal == "source")
    yield from (told for told in texts if told[2] not in rows)
    dated = [element for signal, name, element in bare if name and signal == "date line"]
    others = cards.in_rows(dated) | {one for one in dated if cards.is_in_card(one, found.headline)}
    yield from (told for told in bare if told[0] != "date line" or told[2] not in others)


def _joined(text: str, found: Signals) -> str:
    """Who signs with the paper or for an agency: « Le Fleuve avec Ada Roux », « AA / Rives / Ada Roux »."""
    if " avec " in text and found.is_outlet(text.partition(" avec ")[0]):
        return text
    desk = agency.DESK.fullmatch(text) if "/" in text else None
    return f"{desk['who']} avec {desk['agency']}" if desk else ""


def _agencies(text: str, found: Signals) -> list[str]:
    """The agencies that a line credits, the paper's own name before a stroke left out: "LE FLEUVE/AFP"."""
    paper, stroke, rest = text.partition("/")
    return agency.of_byline(rest if stroke and found.is_outlet(paper.strip()) else text)
