"""Names that stand alone on a line: who signs where no word and no class says so.

A place, a column or the person spoken of may stand so too. A name is believed where the function of its
bearer follows (« Journaliste »), or beside the date where the page says it nowhere else.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.extract import agency, datelines, dates, lines, people
from crawler.extract import authormarks as marks
from crawler.extract.blocks import HEADINGS
from crawler.extract.vocabulary import Says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extract.lines import Line
    from crawler.extract.signals import Signals

NEAR: Final = 12  # lines around the headline among which a byline stands
LONGEST: Final = 120  # characters of a name and its function
AROUND: Final = 3  # boxes around a name, one of which holds the portrait too
_HOLDING = etree.XPath("descendant::text()[contains(., $hint)]")
_ALONE = etree.XPath("descendant::text()[normalize-space(.) = $name]")
_TWICE: Final = 2
_NAMED: Final = 10  # elements named after the author that may confirm a name
_BOX: Final = 1_000  # characters of one
_UNDER: Final = 4  # lines under a text that may sign and date it
_HINT: Final = 30  # characters of a paragraph by which it is found
_AND = re.compile(r",? et |, | & ", re.IGNORECASE)
_PLACED = re.compile(r" \([^()]*\)$")
_THERE = re.compile(  # « Ada Roux, à Brest », « Ada Roux, Brest, correspondance »
    r",? (?:à|en|au|aux|pour) [A-ZÀ-Ý]|, [A-ZÀ-Ý][\w'’ -]+, (?:correspond|envoy)"
)
_FOLLOW: Final = frozenset({"Follow", "Suivre", "S'abonner", "S’abonner"})  # a button beside a name
_EDITED = re.compile(r",? (?:(?:édité|traduit|relu|adapté)\w*\b|\(textes?\))", re.IGNORECASE)  # by others
_TOWN = re.compile(r" ?[|–—-] [A-ZÀ-Ý][\w'’ -]{2,30}")  # « Ada Roux - Sainte-Orne » above the text, in bold
_SIGNATURE = re.compile(r"\W*(?P<who>[^()]{5,80}?)(?:, (?:avec|à|en|au) [^()]+| \([^()]{2,40}\))?[^\w.]*")
_DASHED = re.compile(r"[—–-] ?(?P<who>[^(),]{5,60}), [^().]{3,80}")  # « — Ada Roux, batelière »
_BETWEEN: Final = " ,|/–—-"
_DATED = re.compile(
    r"\s*[|•·–—]\s*|\s+-\s+|\s+(?:[Ll]e|[Dd]u)\s+(?=\d|[A-Za-zé]+di\b)|\s+(?=[A-Za-z]+di \d)|"
    r"\s*,?\s+(?=\d|il y a \d)"
)
_STROKES = re.compile(r"\s+[|•·]\s+")
INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\.[ -]?){1,3}[A-ZÀ-Ý]\.?")
_AGO = re.compile(r"\b(?:il y a \d|(?:hier|aujourd['’]hui) à \d)")
_AFTER_HOUR = re.compile(
    r"\d ?[:h] ?\d\d(?: ?[ap]m)? +(?P<apart>(?:[—–|•·/-]|de) +)?(?P<who>[^\W\d_][^\d|•·]*?)"
    r"(?: \([Cc]om[^()]*\))?$"
)
_AFTER_DAY = re.compile(
    r"\d{4} *(?:[—–|•·-] +\d+ \w+ *){0,2}[—–|•·/-] +([^\W\d_][^\d|•·–—]*?)(?: *[|•·–—-] .*)?$"
)
_YEAR = re.compile(r"\d(?:\d{3}|/\d)")
_CAPITAL = re.compile(r"(?:^|[ '’])[A-ZÀ-Ý]")
_FUNCTION = re.compile(
    r"\W*(?:\S+@\S|(?:le |la |notre |nos )?(?:grande?s? reporters?|journalistes?|r[ée]dact(?:eur|rice)s?|"
    r"correspondante?s?|envoy[ée]e?s? sp[ée]cia\w+|[ée]ditorialistes?|chroniqueu(?:r|se)s?|reporters?|"
    r"chef(?:fe)? (?:du|de la|des?|d['’]) ?(?:service|rubrique|r[ée]daction|informations?))\b)",
    re.IGNORECASE,
)


def read(header: Sequence[Line], found: Signals) -> Iterator[Line]:
    """The lines around the headline that are the names of those who sign, in their order."""
    header = header[:NEAR]
    named = [_name(line, found) for line in header]
    signed: tuple[int, int] | None = None
    for at, name in enumerate(named):
        if not name:
            continue
        first, last = at, at
        while first and named[first - 1]:
            first -= 1
        while last + 1 < len(named) and named[last + 1]:
            last += 1
        rest = header[at].text[len(name) :]
        if _has_function(rest, header[at], header[last + 1 : last + 2], found):
            signed = first, last
            yield header[at]
            continue
        if signed not in (None, (first, last)):  # a column above the headline may look like a name
            continue
        near = [*header[max(0, first - 2) : first], *header[last + 1 : last + 3]]
        element = header[at].element  # a link leads to a section or a place, perhaps
        own = element.tag == "address" or next(element.iter("a"), None) is None
        every = _AND.split(name)
        new = own and all(
            INITIALS.fullmatch(one) or _is_new(one, found.text) or _is_twice(one, found.body, found.text)
            for one in every
        )
        if _is_dated(near) and (
            new or all(_is_confirmed(one, found) for one in every) or _is_portrayed(name, element)
        ):
            signed = first, last
            yield header[at]


def listed(header: Sequence[Line], found: Signals) -> list[str]:
    """The names that some lines begin with, one a line: below a label such as « Auteurs »."""
    return list(takewhile(bool, (_name(line, found) for line in header[:NEAR])))


def joining(first: Line, after: Sequence[Line], found: Signals) -> list[str]:
    """The names below a line that introduces who signs: in items of its list, marked alike, or after « et ».

    A section may be an item too, but its name stands elsewhere or leads to it.
    """
    home, own = _list_of(first), _is_marked(first, found)
    names: list[str] = []
    for line in after[:NEAR]:
        who = line.text.removeprefix("et ")
        marked = own and _is_marked(line, found)
        listed = home is not None and _list_of(line) is home and _leads_to_author(line)
        if not (marked or listed or who != line.text) or not people.is_full(who, found.no_persons):
            break
        if listed and not _is_new(who, found.text):
            break
        names.append(who)
    return names


def parted(who: str, found: Signals) -> list[str]:
    """The names between strokes or dots; none but the first may stand elsewhere, as a section does."""
    first, *after = _STROKES.split(who)
    others = takewhile(lambda one: people.is_full(one, found.no_persons) and _is_new(one, found.text), after)
    names = [first, *others]
    return names if len(names) > 1 else []


def _leads_to_author(line: Line) -> bool:
    """Whether the links in a line, if there are any, are marked as an author's."""
    return all(map(marks.is_marked, line.element.iter("a")))


def _list_of(line: Line) -> HtmlElement | None:
    """The list in an item of which a line stands."""
    return next(line.element.iterancestors("ul", "ol"), None)


def _is_marked(line: Line, found: Signals) -> bool:
    """Whether the element of a line is marked as an author's."""
    return marks.is_marked(line.element, found.shape.said.get(line.element))


def beside_date(line: Line, found: Signals) -> str:
    """The name that a line with a date begins with, or ends with after the hour; a link may be a section's.

    "Ada Roux | 18/09/2012", "mar, 18/09/2012 - 10:24 — Ada Roux", "18/09/2012 - Ada Roux"; "A.R | 18/09/2012"
    has initials. « Ada Roux le 18/09/2012 : » begins what a reader says.
    """
    if len(line.text) > 120 or line.text.endswith(":"):
        return ""
    if not (ago := _AGO.search(line.text) or _YEAR.search(line.text)):
        return ""
    if ago.re is not _AGO and not dates.spans(dates.plain(line.text)):
        return ""
    after = _AFTER_HOUR.search(line.text)
    if after and not after["apart"] and not _is_element(after["who"], line, found):
        after = None
    parts = (
        [after["who"]] if after else [part.strip(" ,|-–—•·") for part in _DATED.split(line.text, maxsplit=2)]
    )
    name = parts[len(parts) > 1 and (found.is_outlet(parts[0]) or _heads_name(parts, found))]
    if after and " " not in name:  # « Ada Roux — 3 mai 2024, 10h12 — Justice »
        name = _DATED.split(line.text, maxsplit=1)[0]
    if " > " in line.text:
        steps = [step for step in line.text.split(" > ")[:-1] if " " in step and not people.PLACE.match(step)]
        sure = any(_is_new(step, found.text) or _is_confirmed(step, found) for step in steps)
        name = ", ".join(steps) if sure else name
    if (
        (name[:1] in "0123456789" or " " not in name)
        and (later := _AFTER_DAY.search(line.text))
        and _is_new(later[1], found.text)
    ):
        name = later[1]
    linked = any(lines.line(link) == name and not marks.is_marked(link) for link in line.element.iter("a"))
    doubted = linked and not _is_new(name, found.text) and not _is_confirmed(name, found)
    is_whole = len(name.split()) > 1 or INITIALS.fullmatch(name)
    named = is_whole and name[:1].isupper() and not people.PLACE.match(name)
    return name if named and not doubted else ""


def _heads_name(parts: list[str], found: Signals) -> bool:
    """Whether a section of one word stands before the name: « Société | Ada Roux | 3 mai 2024 »."""
    return (
        " " not in parts[0] and people.is_full(parts[1], found.no_persons) and _is_new(parts[1], found.text)
    )


def _is_element(name: str, line: Line, found: Signals) -> bool:
    """Whether a name that stands nowhere else is all that an element in a line says, a link or not."""
    within = islice(line.element.iter("a", "b", "span", "strong"), NEAR)
    return any(lines.line(one) == name for one in within) and _is_new(name, found.text)


def _is_new(name: str, page: bytes) -> bool:
    """Whether a full name stands nowhere else on the page: places, columns and people spoken of do."""
    if len(_CAPITAL.findall(name)) < 2 or people.PLACE.match(name):
        return False
    return page.decode("utf-8", "ignore").casefold().count(name.casefold()) == 1


def _is_confirmed(name: str, found: Signals) -> bool:
    """Whether the title says "by" and a name, the page "Par", or an element that is marked as an author's."""
    if any(f" {word} {name} " in f"{found.document_title} " for word in ("by", "par")):
        return True
    if f"Par {name}".encode() in found.text:
        return True
    named = (
        one for one, said in found.shape.said.items() if said & Says.AUTHOR and marks.is_marked(one, said)
    )
    return any(lines.line(one).startswith(name) for one in islice(named, _NAMED) if lines.length(one) <= _BOX)


def _is_portrayed(name: str, element: HtmlElement) -> bool:
    """Whether a picture in the small box around a name is the portrait of its bearer, as its text says."""
    for box in takewhile(lambda one: lines.length(one) <= LONGEST, islice(element.iterancestors(), AROUND)):
        told = ((picture.get("alt") or "").strip() for picture in islice(box.iter("img"), 2))
        if any(alt.endswith(name) and len(alt) <= LONGEST // 2 for alt in told):
            return True
    return False


def under(root: HtmlElement, paragraph: str) -> list[Line]:
    """The lines after the last paragraph of a text up to a heading, outside the box of the text too."""
    # one of both may be half in bold
    hints = (paragraph[:_HINT], paragraph[-_HINT:]) if len(paragraph) > _HINT else ()
    places = next(filter(None, (lines.select(_HOLDING, root, hint=hint) for hint in hints)), [])
    last = lines.block(places[-1]) if places else None
    following = lines.after(last, most=_UNDER) if last is not None else []
    near = takewhile(lambda line: line.element.tag not in HEADINGS, following)
    return [line for line in near if not marks.is_apart(line.element)]


def signature(below: Sequence[Line], root: HtmlElement) -> str:
    """The name that is the first line under a text but for a date."""
    line = next((line for line in below[:2] if not datelines.is_date_line(line.text)), None)
    if line is None or len(line.text) > LONGEST or marks.is_picture(line.element):
        return ""
    is_tags = any(lines.line(link) != line.text for link in line.element.iter("a"))
    signed = _DASHED.fullmatch(line.text) or _SIGNATURE.fullmatch(line.text)
    if is_tags or not signed:
        return ""
    who = signed["who"]
    every = _AND.split(who.rstrip(".") if who[-3:-1].isalpha() else who)
    names = [name for name in every if not agency.is_agency(name)]
    if not names:
        return ""
    full = all(2 <= len(name.split()) <= 4 for name in names)
    if not full or people.read(who, (), visible=True).persons != names:
        return ""
    page = lines.line(root).encode()
    return who if all(_is_new(name, page) or _is_twice(name, root, page) for name in names) else ""


def _is_twice(name: str, root: HtmlElement, page: bytes) -> bool:
    """Whether a name stands on a page as a text of its own alone, above an article and below it."""
    texts = lines.select(_ALONE, root, name=name)
    linked = any(text.getparent().tag == "a" for text in texts)
    return len(texts) == page.decode("utf-8", "ignore").count(name) == _TWICE and not linked


def _name(line: Line, found: Signals) -> str:
    """The full names that a line is, or the one it begins with before a function or place, or ""."""
    if len(line.text) > LONGEST:
        return ""
    if all(map(INITIALS.fullmatch, _AND.split(line.text))):
        return line.text
    if not 2 <= len(line.text.split()) <= 12:
        return ""
    persons = people.read(line.text, found.no_persons, visible=True).persons
    if not persons or not all(2 <= len(name.split()) <= 4 for name in persons):
        return ""
    whole = _PLACED.sub("", line.text)
    name = whole if _AND.split(whole) == persons else persons[0]
    rest = line.text[len(name) :]
    capitals = len(_CAPITAL.findall(name))  # « Traduit de l'anglais » has one
    if capitals < 2 or not line.text.startswith(name) or marks.is_picture(line.element):
        return ""
    told = (
        not rest
        or _PLACED.fullmatch(rest)
        or _FUNCTION.match(rest)
        or _THERE.match(rest)
        or not people.outlet_keys(rest.strip(_BETWEEN)).isdisjoint(found.no_persons)
        or _EDITED.match(rest)
        or _is_placed(rest, line)
        or (_TOWN.fullmatch(rest) and lines.line(next(iter(line.element), line.element)) == name)
        or rest.strip(" ·•") in _FOLLOW
    )
    return name if told and not marks.is_apart(line.element) else ""


def _is_placed(rest: str, line: Line) -> bool:
    """Whether a place follows a name, all of it in bold: where the text that begins here was sent from."""
    bold = next(line.element.iter("b", "strong"), None)
    return bold is not None and _TOWN.fullmatch(rest) is not None and lines.line(bold) == line.text


def _has_function(rest: str, line: Line, following: Sequence[Line], found: Signals) -> bool:
    """Whether a function, the paper or a place stands behind a name, or a function is the line below it."""
    told = (rest, *(line.text for line in following if len(line.text) <= LONGEST))
    return (
        _is_placed(rest, line)
        or any(_FUNCTION.match(text) for text in told)
        or found.is_outlet(rest.strip(_BETWEEN))
        or any(_is_paper(one, line, found) and _is_new(line.text, found.text) for one in following)
    )


def _is_paper(below: Line, line: Line, found: Signals) -> bool:
    """Whether the line below another, in the same box, is the name of the paper or of an agency."""
    if next(below.element.iter("a"), None) is not None:  # two subjects, each a link
        return False
    named = found.is_outlet(below.text) or agency.is_agency(below.text)
    return named and below.element.getparent() is line.element.getparent()


def _is_dated(near: Sequence[Line]) -> bool:
    """Whether one of the lines beside a name tells when the article appeared."""
    tells = (datelines.is_date_line, datelines.AGO.match, datelines.is_yearless)
    return any(tell(line.text) for line in near for tell in tells)
