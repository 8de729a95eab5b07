"""Elements that name the author, by their class, id, rel or address."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract import agency, bylines, cards, lines, people
from crawler.extract.inline import INLINE, is_amid, text_before
from crawler.extract.markup import CAMEL
from crawler.extract.texts import size
from crawler.extract.vocabulary import AUTHOR, Says

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

_APART: Final = frozenset({"aside", "li", "nav", "footer", "blockquote"})
_PICTURE = re.compile(r"photo|image|credit|caption|legend|media|figure", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    _PICTURE.pattern + r"|quot(?:e|ation)|citation|exergue|verbatim"
    r"|[_-]desc(?:ription)?(?:$|[\s_-])",  # what who signs is
    re.IGNORECASE,
)
_HREF = re.compile(
    r"/(?=[acjprs])(?:auteure?s?|authors?|autrices?|journalistes?|signataires?|redacteurs?|contributeurs?|plumes?)/[^/]",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"[^.!?]{1,60}?\s(?:a (?:commenté|répondu|réagi|posté)|commente|répond|dit)(?: à .{1,40}?)?\s*:"
)
_NAME: Final = frozenset({"name", "fn", "nom"})
_NAMED = re.compile(  # « contributor-name », beside « author-location »
    r"(?:^|[\s_-])(?:authors?|auteure?s?|contributors?|byline|writer|journalist)[\w-]*[_-](?:name|nom)(?:$|\s)",
    re.IGNORECASE,
)
_ITEMS: Final = frozenset({"li", "a"})
_MADE_READY = re.compile(r"(?:édité|traduit|relu|adapté|illustré)\w* par\s*$", re.IGNORECASE)
_FOLLOW: Final = r" (?:Suivre ?[|,&•·]? ?)?"  # between two names: nothing, or a button
_STROKES: Final = ("-", "–", "—", "|", "•", "·")
_SENTENCE: Final = 8  # long words of a sentence that a byline has not
LONGEST: Final = 250  # characters; a longer line is a paragraph
AROUND: Final = 3  # boxes around the credit of a picture, one of which holds the picture too
CAPTION: Final = 300  # characters of such a box
_PARTS: Final = 10  # blocks in an author's mark that are read apart: name, role, town
_WITHIN: Final = 100  # elements in the element of a line: what has more of them is no byline


def is_apart(element: HtmlElement) -> bool:
    """Whether an author's mark stands in a list, frame, quotation, teaser or sentence, not in a byline."""
    apart = any(node.tag in _APART for node in element.iterancestors())
    return apart or cards.is_teaser(element) or _is_said(element)


def _is_said(element: HtmlElement) -> bool:
    """Whether an author's mark is amid a sentence, which speaks of who it names, or opens a comment."""
    around = element.getparent()
    if around is None or element.tag not in INLINE:
        return False
    text = lines.line(around)
    return bool(_COMMENTS.match(text)) or (is_amid(element) and bylines.is_sentence(text, _SENTENCE))


def apart(text: str, element: HtmlElement) -> str:
    """A text with commas between the names that links say, or the names of its first box alone.

    ``<span>Par Ada Roux</span><span>Brest, correspondance</span>``: the second box names nobody.
    """
    for child in islice(element, 0 if (element.text or "").strip() else 1):
        after = list(islice(child.itersiblings(), _PARTS))
        first = people.read(lines.line(child), (), visible=True).persons
        if first and after and not (child.tail or "").strip() and lines.line(child).endswith(first[-1]):
            beside = list(takewhile(people.is_full, map(lines.line, after)))
            if beside and first[0] in text:
                return ", ".join((*first, *beside))
            others = (people.read(lines.line(one), (), visible=True).persons for one in after)
            if first[0] in text and not any(" " in name for names in others for name in names):
                return ", ".join(first)
    read = people.read(text, (), visible=True)
    if not read.persons:  # « Par <b>Ada Roux</b> qui vit à Brest »
        said = (lines.line(one) for one in islice(element.iter("a", "b", "strong"), _PARTS))
        name = next((name for name in said if name and text.startswith(name)), text)
        return " avec ".join((name, *read.agencies)) if name != text else text
    links = list(islice(element.iter("a"), 20))
    names = [lines.line(link) for link in links]
    if len(names) < 2 or not all(names):
        return text
    for (link, name), (other, following) in pairwise(zip(links, names, strict=True)):
        if _kind(link) == _kind(other):  # « Ada Roux - Noé Vial »; a section may follow so too
            for stroke in _STROKES:
                text = text.replace(f"{name} {stroke} {following}", f"{name}, {following}")
    return re.sub(_FOLLOW.join(map(re.escape, names)), ", ".join(names).replace("\\", ""), text)


def _kind(link: HtmlElement) -> tuple[str, str]:
    """What links to two authors have in common, and one to an author and one to a section have not."""
    return link.get("class") or "", (link.get("href") or "").rstrip("/").rpartition("/")[0]


def _is_name(part: HtmlElement) -> bool:
    """Whether an element in an author's mark is the name: the function or school stands beside it."""
    names = part.get("class", "")
    told = part.get("itemprop") == "name" or not _NAME.isdisjoint(names.split())
    return told or _NAMED.search(names) is not None


def _is_made_ready(link: HtmlElement) -> bool:
    """Whether words before a link say that it names who edited or translated a text, not who wrote it."""
    return _MADE_READY.search(text_before(link)) is not None


def names_of(element: HtmlElement) -> str:
    """What an element that is marked as the author's says: its text, or the names that items or links say."""
    whole = lines.line(element)
    named = ", ".join(lines.line(part) for part in islice(element.iterdescendants("*"), 60) if _is_name(part))
    if people.read(named, (), visible=True).persons:
        return named
    told = (one for one in islice(element.iter(), 1, _WITHIN) if one.tag in _ITEMS or _is_leaf(one))
    parts = (lines.line(part) for part in islice(told, 20) if not _is_made_ready(part))
    names = [name for part in parts for name in people.read(part, (), visible=True).persons]
    full = any(" " in name for name in names)
    if full and not set(names) <= set(people.read(whole, (), visible=True).persons):
        rest = whole[whole.find(names[0]) :]  # « Réservé aux abonnés Par Ada Roux (avec Noé Vial) »
        return (
            rest
            if set(names) <= set(people.read(rest, (), visible=True).persons)
            else ", ".join(dict.fromkeys(names))
        )
    apart = [part.text for part in lines.lines(element, _PARTS)] if len(element) > 1 else []
    full = any(" " in name for part in apart for name in people.read(part, (), visible=True).persons)
    return ", ".join(apart) if full and len(apart) > 1 else whole


def _is_leaf(element: HtmlElement) -> bool:
    """Whether an element in an author's mark is named after the author itself, and holds a text alone."""
    return isinstance(element.tag, str) and not len(element) and is_marked(element)


def is_picture(element: HtmlElement) -> bool:
    """Whether a line stands in a picture's credit or caption."""
    around = (element, *islice(element.iterancestors(), 2))
    return any(
        _PICTURE.search(f"{node.get('class')} {node.get('id')}") for node in around if node.tag != "body"
    )


def credits_picture(element: HtmlElement) -> bool:
    """Whether a line that names an agency stands in a small box with a picture, which is not its logo."""
    for box in (element, *islice(element.iterancestors(), AROUND)):
        if (picture := next(box.iter("img"), None)) is not None:
            is_header = next(box.iter("h1", "h2"), None) is not None  # of the article, its picture among it
            return not is_header and size(box) <= CAPTION and not agency.named(picture.get("alt") or "")
    return False


def is_beside(element: HtmlElement, first: HtmlElement | None) -> bool:
    """Whether an author's mark stands in the byline of the first one: a later one signs something else.

    So does one in a quotation.
    """
    if next(element.iterancestors("blockquote"), None) is not None:
        return False
    if first is None:
        return True
    near = list(islice(first.iterancestors(), 3))
    return any(node in near for node in islice(element.iterancestors(), 3))


def marked(
    element: HtmlElement, said: Mapping[HtmlElement, int], known: dict[HtmlElement, bool]
) -> HtmlElement | None:
    """The element, around or in this one, whose class says that it names the author.

    :param said: what the names of elements say
    :param known: what was found of elements before: lines stand in the same ones
    """
    node: HtmlElement | None = element
    for _ in range(3):
        if node is None or node.tag in {"body", "article", "main", "section"}:
            break
        if (named := known.get(node)) is None:
            short = is_marked(node, said.get(node)) and lines.length(node) < 4 * LONGEST
            named = known[node] = short and len(lines.line(node)) <= LONGEST
        if named:
            return node
        node = node.getparent()
    if not len(element):
        return None
    within = islice(element.iterdescendants("*"), _WITHIN)
    named_so = (node for node in within if is_marked(node, said.get(node)))
    found = list(islice((node for node in named_so if lines.length(node)), 2))  # a portrait says nothing
    if [node.tag for node in found] == ["a", "a"]:
        return element  # « Ada Roux, Noé Vial », each a link
    return found[0] if found and not _is_said(found[0]) else None


def is_rel(link: HtmlElement) -> bool:
    """Whether a link is to the author, by its relation."""
    return bool(link.get("rel") == "author")


def is_marked(element: HtmlElement, said: int | None = Says.AUTHOR) -> bool:
    """Whether class, id or rel name an author.

    :param said: what a survey has found that class and id say; most say nothing of authors
    """
    get = element.get
    if element.tag == "a" and (is_rel(element) or _HREF.search(get("href", ""))):
        return True
    return bool(said and said & Says.AUTHOR) and _names_author(get("class", ""), get("id", ""))


@lru_cache(16_384)  # pages of a site use the same few names
def _names_author(names: str, identity: str) -> bool:
    """Whether class and id name an author: none of a picture or of words quoted, nor what the author is."""
    both = CAMEL.sub("-", f"{names} {identity}")
    return bool(AUTHOR.search(both)) and not _OF_ANOTHER.search(both)
