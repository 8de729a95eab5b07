"""Readers' comments are cut out of a page: declared ones, known markup, then the shape of the text.

They are personal data: what is kept of them is their number and how many words were cut.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.extract import lines, phrases, readers, unmarked
from crawler.extract.blocks import HEADINGS
from crawler.extract.entries import ENOUGH, NAME
from crawler.extract.markup import REMEMBERED
from crawler.extract.rules import select
from crawler.extract.shape import shape_of
from crawler.extract.spans import cut_span
from crawler.extract.texts import size, texts_of, words_of
from crawler.extract.threads import may_open_thread
from crawler.extract.vocabulary import COMMENT_SYSTEMS, Says
from crawler.extract.walk import SILENT, blocks_of, prose_around, title_at
from crawler.items import Cut

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.shape import Shape
    from crawler.items import Page

MOST: Final = 0.4
"""A block that holds more of the page's text than this is only cut when entries are seen in it."""

ENTRY_TAGS: Final = frozenset({"li", "div", "article", "section", "p", "dl", "tr"})

FEW: Final = 4  # elements in a heading at most, itself counted

NEAR: Final = 4  # elements without text above a thread, at most

BOXES: Final = frozenset({"aside", "div", "section"})
RULES: Final = 1_000  # characters of a box that tells how to comment

LEVELS: Final = 2
"""Boxes around a thread that may stand below its heading."""

SAID: Final = 20
"""Characters of a comment with its name and date at least."""

FORMS: Final = 3
"""Forms above a thread that are looked past."""

SAYING_NOTHING: Final = SILENT - {"button"}
"""Elements whose text is not read: the buttons of a thread tell it, and one may be its heading."""

MINUTES: Final = 6
"""Minutes of play that a live page of a match names at least, with PLAY words for each at most."""

PLAY: Final = 60

_MINUTE = re.compile(r"\d['’′](?= |$)")
_PRIMES = ("' ", "’ ", "′ ")
_ENTRIES = re.compile(
    rf"a écrit,? le {phrases.DAY}|Réponse de .{{0,60}}?le {phrases.DAY}|Posté par .{{0,80}}?le {phrases.DAY}"
)
_BEGINNINGS = ("a écrit", "Réponse de ", "Posté par ")
_MOMENT = re.compile(rf"{phrases.DAY},? (?:à |- )?{phrases.HOUR}")
_ANSWERING = etree.XPath(
    "descendant::*[self::a or self::button]"
    "[normalize-space(.) = 'Répondre' or starts-with(normalize-space(.), 'Répondre à ce ')]"
)
_ENTRY_NAME = re.compile(
    r"(?:^|[\s_-])(?<!type-)(?<!name-)(?<!add-)(?<!write-)(?<!new-)(?<!leave-)(?<!no-)(?<!empty-)"
    r"(?:comment|commentaire|forum-fil|reaction|comment__item|comment-item)(?:[-_]?\d+)?(?=\s|$)",
    re.IGNORECASE,
)


def cut(page: Page) -> int:
    """Cut the comments out of ``page.tree``; their number goes to ``page.comment_count``.

    :return: how many blocks were cut
    """
    shape = shape_of(page)
    done = 0
    for path in page.rules.comments if page.rules else ():
        for element in select(page.tree, path):
            done += _take(page, shape, element, f"declared {path}", trusted=True)
    named = [element for element, _ in shape.named(Says.COMMENTS) if element.tag not in HEADINGS]
    heads = []
    for element in named:
        if element in shape.said and _only_heads(element):
            heads.append(element)
        else:
            done += _take_named(page, shape, element)
    done += _below_forms(page, shape) + _by_text(page, shape)
    return done + sum(_take_named(page, shape, element) for element in heads)


def _take_named(page: Page, shape: Shape, element: HtmlElement) -> bool:
    """Cut one element for its names, unless what holds it is gone or was seen to be no thread."""
    if not shape.said.get(element, 0) & Says.COMMENTS:
        return False
    return _take(page, shape, element, f"markup {element.get('class') or element.get('id') or 'comment'}")


def _only_heads(element: HtmlElement) -> bool:
    """Whether an element is the heading of a thread alone: what it heads may have no name."""
    is_small = next(islice(element.iter(), FEW, None), None) is None
    return is_small and readers.is_thread_heading(phrases.fold(words_of(element)))


def _take(page: Page, shape: Shape, element: HtmlElement, why: str, *, trusted: bool = False) -> bool:
    """Cut one element, unless it holds the headline, or most of the text and no sign of readers."""
    if shape.stays(element):
        return False
    text = words_of(element)
    if not trusted and _is_match(text):
        for one in element.iter():
            if one in shape.said:
                shape.said[one] &= ~Says.COMMENTS
        return False
    entries = _entries(shape, element, text)
    spip = "forum-message" in (element.get("class") or "")  # the entry around it may have no name
    is_most = entries < 2 and len(text) > 200 and size(element) > MOST * shape.size
    trusted = trusted or (is_most and _is_system(shape, element))
    if not trusted and is_most and not _is_thread(shape, element, entries or spip) and not _answers(element):
        shape.kept.add(element)
        return False
    is_entry = _is_entry(element) and not readers.counted(text[:SAID])
    alone = entries if is_entry else int(spip and not entries)  # with the answers to it
    shape.entries += alone
    if known := shape.entries if alone else _told(element, text, entries):
        page.comment_count = max(page.comment_count or 0, known)
    page.cuts.append(Cut(step="comments", why=why, words=text.count(" ") + bool(text)))
    heading = _heading(element, shape)
    shape.remove(element, len(text))
    if heading is not None and heading not in shape.title_path:
        text = words_of(heading)
        page.cuts.append(
            Cut(step="comments", why="heads a thread", words=text.count(" ") + 1, begins=text[:60])
        )
        shape.remove(heading, len(text))
    return True


def _heading(element: HtmlElement, shape: Shape) -> HtmlElement | None:
    """The heading or rules right above a thread, or above a box that it begins: alone, they head nothing."""
    for one in (element, *islice(element.iterancestors(), LEVELS)):
        for above in islice(one.itersiblings(preceding=True), NEAR):
            if (above.tail or "").strip():
                return None
            is_small = next(islice(above.iter(), FEW, None), None) is None
            if not is_small or (text := words_of(above)):
                heads = is_small and readers.is_thread_heading(phrases.fold(text))
                return above if heads or _rules(above, shape) else None
        around = one.getparent()
        if around is None or (around.text or "").strip():
            return None
    return None


def _rules(box: HtmlElement, shape: Shape) -> bool:
    """Whether a small box tells readers how to comment: no paragraph of the article, and not its text."""
    if box.tag not in BOXES or size(box) > min(RULES, MOST * shape.size):
        return False
    return not shape.said.get(box, 0) & Says.BODY and readers.RULES.match(words_of(box).lower()) is not None


def _is_thread(shape: Shape, element: HtmlElement, entries: int) -> bool:
    """Whether a block with one comment or a thread's heading stands below an article: it may be the longer.

    A name alone may be wrong: some papers call an editorial a comment. Below a brief or a lead, a bar that
    counts comments may begin the box of the text.
    """
    above, _, first = prose_around(shape, element)
    is_headed = readers.is_thread_heading(first)
    if is_headed and above and readers.SURE.match(first) and not first[0].isdigit():
        return True
    return above >= ENOUGH and (entries > 0 or is_headed)


def _is_system(shape: Shape, element: HtmlElement) -> bool:
    """Whether a block is named for a system of comments alone: it is a thread, however long."""
    if shape.said.get(element, 0) & Says.BODY:
        return False
    names = f"{element.get('class')} {element.get('id')} {element.tag}".lower()
    return any(system in names for system in COMMENT_SYSTEMS)


def _answers(element: HtmlElement) -> bool:
    """Whether a block has two buttons to reply: it is a thread, however short the article above is."""
    return len(lines.select(_ANSWERING, element)) > 1


def _is_match(text: str) -> bool:
    """Whether these comments are a reporter's on a match: a minute of play stands before each."""
    if sum(map(text.count, _PRIMES)) < MINUTES - 1:  # a third of what the pattern costs; one may end the text
        return False
    minutes = len(_MINUTE.findall(text))
    return minutes >= MINUTES and text.count(" ") < minutes * PLAY and not _opened(text)


def _entries(shape: Shape, element: HtmlElement, text: str) -> int:
    """How many comments a block seems to hold."""
    said = shape.said
    entries = {child for child in element.iter() if said.get(child, 0) & Says.COMMENTS and _is_entry(child)}
    return max(sum(1 for entry in entries if not _fills(entry, entries)), _opened(text))


def _fills(entry: HtmlElement, entries: set[HtmlElement]) -> bool:
    """Whether an entry is all there is of the one around it, but for its replies: SPIP's ``li > div``."""
    around = entry.getparent()
    return around in entries and entry.getprevious() is None and not (around.text or "").strip()


def _opened(text: str) -> int:
    """How many comments a text opens."""
    return len(_ENTRIES.findall(text)) if any(words in text for words in _BEGINNINGS) else 0


def _told(element: HtmlElement, text: str, entries: int) -> int:
    """How many comments there are: as seen or said, else by their moments, or the buttons to reply."""
    known = max(entries, readers.counted(text[:2000]))
    return known or max(_moments(text), len(lines.select(_ANSWERING, element)))


def _moments(text: str) -> int:
    """How many moments a text names: each comment of a thread has its own."""
    return len(_MOMENT.findall(text))


def _is_entry(element: HtmlElement) -> bool:
    """Whether the names of an element say that it is one comment, and there is text in it."""
    if element.tag not in ENTRY_TAGS:
        return False
    name = element.get("class") or element.get("id") or ""
    return (_names_entry(name) or element.get("itemprop") == "comment") and _tells(element)


def _tells(element: HtmlElement) -> bool:
    """Whether an element has more than a few letters: entries may stand in entries, so none is read whole."""
    left = SAID
    for text in element.itertext():
        left -= len(text.strip())
        if left <= 0:
            return True
    return False


@lru_cache(REMEMBERED)
def _names_entry(name: str) -> bool:
    return _ENTRY_NAME.search(name) is not None


def _below_forms(page: Page, shape: Shape) -> int:
    """Cut a box below the text that begins with a form, or the heading of one, and goes on with a name."""
    done = 0
    for field in list(islice(shape.body.iter("textarea"), FORMS)):
        form = next(field.iterancestors("form"), None)
        box = None if form is None else form.getparent()
        if form is None or box is None or box in shape.title_path or box not in shape.said:
            continue
        texts = [text.strip() for text in texts_of(box) if not text.isspace()]
        own = [text.strip() for text in texts_of(form) if not text.isspace()]
        if texts[:1] != own[:1] and readers.is_thread_heading(phrases.fold(texts[0])):
            del texts[0]
        below = texts[len(own) :] if texts[: len(own)] == own else []
        if below and len(below[0]) <= NAME and len("".join(below)) > SAID and prose_around(shape, box)[0]:
            done += _take(page, shape, box, "below a form to write in", trusted=True)
    return done


def _by_text(page: Page, shape: Shape) -> int:
    """Cut the threads that only their text gives away: some papers show a few comments above all of them."""
    if not may_open_thread(shape):
        return 0
    blocks = blocks_of(shape.body, said=shape.said, silent=SAYING_NOTHING, parted=True).items
    title, begin, done = title_at(blocks, shape), 0, 0
    for _ in range(FORMS):
        if (span := unmarked.find(blocks, title, begin)) is None:
            break
        start, last, entries = span
        text = " ".join(block.text for block in blocks[start : last + 1])
        left = [i for i in range(start, last + 1) if blocks[i].element in shape.said]
        if left and (words := cut_span(shape, blocks, left[0], left[-1])):
            page.cuts.append(Cut(step="comments", why="text shape", words=words))
            done += 1
        told = readers.counted(text[:80]) or max(entries, _opened(text))
        if done and (number := told or _moments(text)):
            page.comment_count = max(page.comment_count or 0, number)
        if entries:
            del blocks[start:]
        else:
            begin = last + 1  # what was cut is a form: some stand above their thread
    return done
