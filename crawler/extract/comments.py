"""Readers' comments are cut out of a page: declared ones, known markup, then the shape of the text.

They are personal data: what is kept of them is their number and how many words were cut.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crawler.extract import phrases
from crawler.extract.blocks import HEADINGS, blocks_of, clean
from crawler.extract.markup import REMEMBERED, Says, says
from crawler.extract.prune import select, shape_of, size, words_of
from crawler.extract.threads import LONGEST_MARK, may_open_thread
from crawler.items import Cut

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block
    from crawler.extract.prune import Shape
    from crawler.items import Page

MOST: Final = 0.4
"""A block that holds more of the page's text than this is only cut when entries are seen in it."""

ENOUGH: Final = 250
"""Characters of prose that come before a thread that only its text gives away."""

ENTRY_TAGS: Final = frozenset({"li", "div", "article", "section", "p", "dl", "tr"})

MOST_HEADS: Final = 20
"""Headings under which a thread is looked for."""

GAP: Final = 30
"""Blocks between two marks of one thread at most: a long comment has many paragraphs."""

_ENTRIES = re.compile(
    rf"a écrit,? le {phrases.DAY}|Réponse de .{{0,60}}?le {phrases.DAY}|Posté par .{{0,80}}?le {phrases.DAY}"
)
_BEGINNINGS = ("a écrit", "Réponse de ", "Posté par ")
_COUNT = re.compile(
    r"(?:^|\W)(\d{1,5}) (?:commentaires?|réactions?|réponses?)\b|(?:commentaires?|réactions?) ?\((\d{1,5})\)"
)
_COUNTED = ("ommentaire", "éaction", "éponse", "OMMENTAIRE", "ÉACTION")  # whatever letter begins them
_ENTRY_NAME = re.compile(
    r"(?:^|[\s_-])(?:comment|commentaire|forum-fil|reaction|comment__item|comment-item)(?:[-_]?\d+)?(?=\s|$)",
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
    for element, _ in shape.named(Says.COMMENTS):
        if element.tag not in HEADINGS and element in shape.said:
            name = element.get("class") or element.get("id") or element.get("itemprop")
            done += _take(page, shape, element, f"markup {name}")
    return done + _by_text(page, shape)


def _take(page: Page, shape: Shape, element: HtmlElement, why: str, *, trusted: bool = False) -> bool:
    """Cut one element, unless it holds the headline, or most of the text and no sign of readers."""
    if element in shape.title_path or element.getparent() is None:
        return False
    text = words_of(element)
    entries = _entries(shape, element, text)
    if not trusted and entries < 2 and len(text) > 200 and size(element) > MOST * shape.size:
        return False
    alone = entries == 1 and _is_entry(element)
    shape.entries += alone
    if known := shape.entries if alone else max(entries, _said(text[:2000])):
        page.comment_count = max(page.comment_count or 0, known)
    page.cuts.append(Cut(step="comments", why=why, words=text.count(" ") + bool(text)))
    shape.remove(element)
    return True


def _said(text: str) -> int:
    """The number of comments that a heading gives; 0 if none does."""
    if not any(word in text for word in _COUNTED):
        return 0
    found = _COUNT.search(text.lower())
    return int(found[1] or found[2]) if found else 0


def _entries(shape: Shape, element: HtmlElement, text: str) -> int:
    """How many comments a block seems to hold."""
    said = shape.said
    marked = sum(1 for child in element.iter() if said.get(child, 0) & Says.COMMENTS and _is_entry(child))
    return max(marked, _opened(text))


def _opened(text: str) -> int:
    """How many comments a text opens."""
    return len(_ENTRIES.findall(text)) if any(words in text for words in _BEGINNINGS) else 0


def _is_entry(element: HtmlElement) -> bool:
    """Whether the names of an element say that it is one comment, and there is text in it."""
    if element.tag not in ENTRY_TAGS:
        return False
    name = element.get("class") or element.get("id") or ""
    return (_names_entry(name) or element.get("itemprop") == "comment") and size(element) >= 20


@lru_cache(REMEMBERED)
def _names_entry(name: str) -> bool:
    return _ENTRY_NAME.search(name) is not None


def _by_text(page: Page, shape: Shape) -> int:
    """Cut a thread that only its text gives away."""
    if not may_open_thread(shape.body):
        return 0
    blocks = blocks_of(shape.body, said=shape.said).items
    span = _span(blocks, _title_at(blocks, shape))
    if span is None:
        return 0
    start, last, entries = span
    text = " ".join(block.text for block in blocks[start : last + 1])
    words = _cut_span(shape, blocks, start, last)
    if not words:
        return 0
    if number := max(entries, _opened(text), _said(text[:80])):
        page.comment_count = max(page.comment_count or 0, number)
    page.cuts.append(Cut(step="comments", why="text shape", words=words))
    return 1


def _title_at(blocks: list[Block], shape: Shape) -> int:
    """The index of the headline's block, -1 if there is none."""
    inside = set() if shape.title is None else set(shape.title.iter())
    return next((index for index, block in enumerate(blocks) if block.element in inside), -1)


def _span(blocks: list[Block], title: int) -> tuple[int, int, int] | None:
    """First and last block of the thread, and its number of entries; None where there is no thread.

    A thread has lines that only readers' comments have, or it has a heading and, soon after it, a chain of
    dated lines, buttons or sentences of a form. It never begins before the text of the article.
    """
    begin = _prose_ends(blocks, title)
    folded = [b.folded if b.size < 400 and i >= begin else "" for i, b in enumerate(blocks)]
    heads = [i for i, text in enumerate(folded) if text and phrases.is_thread_heading(text)]
    entries = [i for i, text in enumerate(folded) if text and phrases.ENTRY.match(text)]
    if entries:
        near = [i for i in heads if entries[0] - 12 <= i < entries[0]]
        last = _chain(blocks, folded, entries[-1])[-1]
        if near or len(entries) > 1 or last > entries[-1]:
            return (near[0] if near else entries[0]), last, len(entries)
    for head in heads[:MOST_HEADS]:
        marks = _chain(blocks, folded, head)[1:]
        stamps = sum(1 for i in marks if phrases.STAMP.match(folded[i]))
        if len(marks) > 1 or (marks and not stamps):
            return _nearest(blocks, heads, head, marks), marks[-1], stamps
    return None


def _nearest(blocks: list[Block], heads: list[int], head: int, marks: list[int]) -> int:
    """The heading that the thread stands under: a later one where the article's text lies between the two."""
    for other in heads:
        if head < other < marks[min(1, len(marks) - 1)]:
            prose = sum(block.size for block in blocks[head:other] if block.size > 120 and block.linked < 0.3)
            head = other if prose > ENOUGH else head
    return head


def _prose_ends(blocks: list[Block], title: int) -> int:
    """The first block before which there is enough text to be an article."""
    read = 0
    for index, block in enumerate(blocks):
        if read >= ENOUGH:
            return index
        if index > title and block.size > 80 and block.linked < 0.3:
            read += block.size
    return len(blocks)


def _chain(blocks: list[Block], folded: list[str], start: int) -> list[int]:
    """A block and the marks of a thread that follow it, each near the one before."""
    chain = [start]
    for index in range(start + 1, len(folded)):
        if index - chain[-1] > GAP:
            break
        text = folded[index]
        if text and len(text) < LONGEST_MARK and _mark(text):
            following = blocks[index + 1 : index + 4]
            if not phrases.STAMP.match(text) or any(b.size >= 20 and b.linked < 0.3 for b in following):
                chain.append(index)
    return chain


def _mark(text: str) -> bool:
    """Whether a short line belongs to a thread or its form."""
    return bool(phrases.STAMP.match(text) or phrases.BUTTON.match(text) or phrases.FORM.match(text))


def _cut_span(shape: Shape, blocks: list[Block], start: int, last: int) -> int:
    """Cut a run of blocks out of the tree, and what follows it up to the next boundary; the words cut.

    Where an element around them holds nothing that comes before, it goes whole: the last comment's text has
    no mark.
    """
    first, final = blocks[start].element, blocks[last].element
    line = [first, *first.iterancestors()]
    known = set(line)
    common = next(one for one in (final, *final.iterancestors()) if one in known)
    before = {block.element for block in blocks[:start]} | shape.title_path
    outer = common
    while (parent := outer.getparent()) is not None and not _holds(parent, before):
        outer = parent
    if start != last and not _holds(outer, before):
        text = words_of(outer)
        shape.remove(outer)
        return text.count(" ") + 1
    if common is first:
        return _cut_from(shape, _holder_of(first, blocks[start].text), final)
    words, element = 0, first
    while (parent := element.getparent()) is not common and parent is not None:
        words += _cut_from(shape, element.getnext(), None)
        element = parent
    if first is not element:
        words += words_of(first).count(" ") + 1
        shape.remove(first)
        return words + _cut_from(shape, element.getnext() if final not in element.iter() else None, final)
    return words + _cut_from(shape, element, final)


def _holds(outer: HtmlElement, elements: set[HtmlElement]) -> bool:
    """Whether an element is, or holds, one of others."""
    return any(one in elements for one in outer.iter())


def _holder_of(element: HtmlElement, text: str) -> HtmlElement | None:
    """The child of an element before or in which a text begins; the text after it is cut off."""
    for child in element:
        if clean(child.tail or "").startswith(text[:40]):
            child.tail = None
            return child.getnext()
        if clean(words_of(child)).startswith(text[:40]):
            return child
    return None


def _cut_from(shape: Shape, element: HtmlElement | None, final: HtmlElement | None) -> int:
    """Cut an element and its next siblings, to the one with the last mark, then to a boundary; the words cut.

    Without a last mark everything that follows goes.
    """
    passed, words = False, 0
    holder = set() if final is None else {final, *final.iterancestors()}
    while element is not None:
        following, parent = element.getnext(), element.getparent()
        if parent is None or (passed and _is_boundary(element)):
            break
        passed = final is not None and (passed or element in holder)
        words += words_of(element).count(" ") + 1 + len((element.tail or "").split())
        element.tail = None
        shape.remove(element)
        element = following
    return words


def _is_boundary(element: HtmlElement) -> bool:
    """Whether what follows a thread begins here."""
    if not isinstance(element.tag, str):
        return False
    text = phrases.fold(" ".join(element.itertext()).strip()[:200])
    return (
        element.tag in {"h1", "h2", "h3", "h4", "h5", "h6", "nav", "aside", "footer", "section"}
        or bool(says(element) & (Says.ASIDE | Says.TAGS))
        or bool(phrases.RELATED.match(text))
    )
