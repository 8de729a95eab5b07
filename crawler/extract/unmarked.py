"""Where a thread of readers' comments stands that no name gives away: headings, dates and buttons tell it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from crawler.extract import readers
from crawler.extract.alike import below
from crawler.extract.entries import (
    ENOUGH,
    FEWEST,
    GAP,
    LONGEST_MARK,
    NAME,
    SOON,
    answered,
    begun,
    chain,
    is_dated,
    place,
    prose,
    replied,
    signed,
    tells_of_paper,
)
from crawler.extract.walk import PARAGRAPH

if TYPE_CHECKING:
    from crawler.extract.blocks import Block

HEADLINE: Final = 25
"""Characters of a headline that tell it."""

MOST_HEADS: Final = 20
"""Headings under which a thread is looked for."""

LONGEST: Final = 3000
"""Characters of prose between the marks of two comments at most, on an average: more is the article."""

COUNTED: Final = 3
"""Entries that a line which counts as many must have below it, if nothing but their make tells them."""

NEAR: Final = 12
"""Blocks from a heading to the first entry that says what it is, over others that do not."""

ONE: Final = 2
"""Blocks from a number of comments to the only date below it: it may also stand over the text."""


def find(blocks: list[Block], title: int, after: int) -> tuple[int, int, int] | None:
    """First and last block of the thread, and its number of entries; None where there is no thread.

    :param after: the first block that may belong to it

    A thread has lines that only readers' comments have, or it has a heading and, soon after it, a chain of
    dated lines, buttons or sentences of a form. It never begins before the text of the article.
    """
    begin = max(after, _prose_ends(blocks, title))
    folded = [b.folded if b.size < 400 and i >= begin else "" for i, b in enumerate(blocks)]
    headline = blocks[title].folded[:HEADLINE] if title >= 0 else ""
    about = headline if len(headline) == HEADLINE else ""  # « Météo » stands in many lines
    heads = [i for i, text in enumerate(folded) if text and readers.is_thread_heading(text, about)]
    entries = [i for i, text in enumerate(folded) if text and readers.ENTRY.match(text)]
    if entries:
        before = [i for i in heads if i < entries[0]]
        near = [i for i in before[-MOST_HEADS:] if _leads(blocks, folded, i, entries[0])]
        last = chain(blocks, folded, entries[-1])[-1]
        if near or len(entries) > 1 or last > entries[-1]:
            return (near[0] if near else entries[0]), last, len(entries)
    for head in heads[:MOST_HEADS]:
        marks = chain(blocks, folded, head)[1:]
        is_first_dated = bool(marks) and is_dated(folded[marks[0]])
        if is_first_dated and _only_counts(blocks, head, marks):
            continue
        number = _number(blocks, folded, head, marks)
        if number is not None and not _dates_article(blocks, head, marks):
            start = _nearest(blocks, heads, head, marks)
            above = 2 * ENOUGH if is_first_dated else LONGEST  # what is said stands above its buttons
            if start == head and _only_invites(blocks, head, marks[0], above):
                own = (i for i in heads if head < i < marks[0] and _is_own(blocks[i]))
                start = next(own, begun(blocks, marks[0]))
            return (start, marks[-1], number) if number else _above(blocks, folded, start, marks[-1])
    for head in heads[:MOST_HEADS]:
        found = below(blocks, head)
        is_few = not blocks[head].is_heading and len(found) < min(
            readers.counted(blocks[head].folded), COUNTED
        )
        if found and not is_few and not _is_text(blocks, title, head, found):
            return head, found[-1], len(found)
    if found := replied(blocks, folded) or signed(blocks, folded):
        return begun(blocks, found[0]), found[-1], len(found)
    return None


def _leads(blocks: list[Block], folded: list[str], head: int, entry: int) -> bool:
    """Whether the thread of an entry begins at a heading above: near, or marks stand all the way between."""
    if entry - head <= NEAR and prose(blocks[head:entry]) <= ENOUGH:
        return True
    marks = chain(blocks, folded, head)[1:]
    return bool(marks) and marks[-1] >= entry and prose(blocks[head : marks[0]]) <= ENOUGH


def _above(blocks: list[Block], folded: list[str], form: int, last: int) -> tuple[int, int, int]:
    """The span of a form, with the comments above it whose heading says nothing."""
    found = replied(blocks, folded[:form])
    return (begun(blocks, found[0]), last, len(found)) if found else (form, last, 0)


def _number(blocks: list[Block], folded: list[str], head: int, marks: list[int]) -> int | None:
    """How many comments the marks below a heading belong to; None where they are no thread's.

    Buttons alone, as in any bar of tools, must stand below what somebody says: twice, or once soon below the
    heading and one that only comments have.
    """
    stamps = [i for i in marks if is_dated(folded[i]) or readers.GLUED.match(folded[i])]
    others = set(marks).difference(stamps)
    replies = [i for i in marks if i in others and readers.REPLY.match(folded[i])]
    said = [i for i in answered(blocks, [head, *marks]) if i in others]
    if stamps:
        several = len({*stamps, *said, *replies}) > 1 or readers.REPLY.match(folded[stamps[0]])
        entries = 1 + sum(below - above > 1 for above, below in pairwise(stamps))  # « X a écrit : », its date
        return entries if several or _is_near(blocks, head, stamps[0]) else None
    every = answered(blocks, [head, *marks], FEWEST)  # once one is long, "Tous pourris." is another
    if any(readers.FORM.match(folded[i]) for i in marks):
        return len(set(every).intersection(replies))
    is_sure = blocks[head].is_heading and readers.SURE.match(folded[head])
    alone = [i for i in said[:1] if i in replies and (is_sure or prose(blocks[head:i]) <= ENOUGH)]
    return len(every) if alone or len(said) > 1 else None


def _dates_article(blocks: list[Block], head: int, marks: list[int]) -> bool:
    """Whether marks between which nothing is said have an article below them, not a comment.

    So do the dates of its header, below a line there that counts comments: one mark, or several.
    """
    if blocks[head].is_heading or (len(marks) > 1 and prose(blocks[head : marks[-1]])):
        return False
    return prose(blocks[marks[-1] : marks[-1] + GAP]) > LONGEST


def _is_counter(head: Block) -> bool:
    """Whether a line is no heading but a number of comments, or a link to them, as bars of tools have."""
    return not head.is_heading and (head.text[:1].isdigit() or head.linked > 0.8)


def _is_near(blocks: list[Block], head: int, mark: int) -> bool:
    """Whether a mark stands so near to a heading that it needs no other; what counts several has several."""
    counted = readers.counted(blocks[head].folded) if _is_counter(blocks[head]) else 0
    return counted < 2 and mark <= head + (ONE if counted else SOON) and not prose(blocks[head:mark])


def _only_invites(blocks: list[Block], head: int, mark: int, most: int) -> bool:
    """Whether a button or link invites to comment amid the article, which goes on: the thread begins later.

    :param most: characters of prose between both that may be a comment; of a line that may head one LONGEST
    """
    line, between = blocks[head], prose(blocks[head:mark])
    is_button = _is_counter(line) or (not line.is_heading and readers.INVITES.match(line.folded))
    return between > most if is_button else not line.is_heading and between > LONGEST


def _is_own(head: Block) -> bool:
    """Whether a heading is that of a thread and no subhead of an article."""
    return head.is_heading and readers.OWN.match(head.folded) is not None


def _only_counts(blocks: list[Block], head: int, marks: list[int]) -> bool:
    """Whether a line amid the article only counts its comments: the article goes on, dated links come later.

    Where anything is said between the dates, it is a thread, though its first comment be long; but dates of
    which no two stand alike, or that are the same and have the line beside them again, are the article's own,
    above its text and below.
    """
    texts = [blocks[i].folded for i in marks]
    buttons = sum(readers.REPLY.match(text) is not None for text in texts)
    dated = [i for i, text in zip(marks, texts, strict=True) if is_dated(text)]
    places = [place(blocks[i]) for i in dated]
    if len(dated) > 1 and len({blocks[i].folded for i in dated}) == 1:
        near = blocks[max(head + 1, dated[-1] - SOON) : dated[-1] + SOON]
        if any(one.folded == blocks[head].folded for one in near):
            return True
    if not _is_counter(blocks[head]):
        return False
    several = len(places) > 1 or (places and readers.counted(blocks[head].folded) > 1)
    if several and max(buttons, *Counter(places).values()) < 2:
        return True
    if prose(blocks[marks[0] : marks[-1]]) > LONGEST * (len(marks) - 1) > 0:
        return True
    said = (blocks[i] for i in range(marks[0], marks[-1]) if i not in marks)
    return prose(blocks[head : marks[0]]) > ENOUGH and all(one.linked > 0.5 for one in said)


def _is_text(blocks: list[Block], title: int, head: int, found: list[int]) -> bool:
    """Whether what looks like names and what they say is the article, below a bar that counts its comments.

    Subheads, questions and speakers look so too. A line that is no heading has a thread of names and texts
    below it only where the article stands above it: more prose than below.
    """
    if _only_counts(blocks, head, found):
        return True
    above, under = blocks[title + 1 : head], blocks[head : found[-1] + GAP]
    line = blocks[head]
    heads = line.is_heading or (line.strong == line.size and not readers.counted(line.folded))  # in bold
    return not heads and prose(above) < prose(under)


def _nearest(blocks: list[Block], heads: list[int], head: int, marks: list[int]) -> int:
    """The heading that the thread stands under: a later one where the article's text lies between the two.

    Below the first mark no other number heads one (« 3 réponses »). « 4 min » is how long an article is, as
    may be any day or age above the first mark beyond doubt.
    """
    sure = (i for i in marks if any(one.match(blocks[i].folded) for one in (readers.STAMP, readers.REPLY)))
    first = max(marks[min(1, len(marks) - 1)], next(sure, 0))
    for other in heads:
        again = blocks[other].folded.startswith(blocks[head].folded) or not _is_counter(blocks[other])
        if head < other < (first if again else marks[0]):
            is_button = blocks[other].is_heading and not blocks[head].is_heading
            head = other if prose(blocks[head:other]) > (0 if is_button else ENOUGH) else head
    return head


def _prose_ends(blocks: list[Block], title: int) -> int:
    """The first block before which there is enough text to be an article, or any and a thread."""
    read = longest = 0
    for index, block in enumerate(blocks):
        heads = longest > NAME and block.linked < 0.3 and readers.is_thread_heading(block.folded)
        if read >= ENOUGH or (heads and _has_entries(blocks, index, read)):
            return index
        if index > title and block.linked < 0.3:
            read += block.size if block.size > PARAGRAPH else 0
            longest = max(longest, block.size)
    return len(blocks)


def _has_entries(blocks: list[Block], head: int, read: int) -> bool:
    """Whether a heading below a brief has entries below it, and as many as it counts: a bar has a text."""
    text = blocks[head].folded
    if read and readers.heads_several(text):
        return True
    if _is_above_text(blocks[head : head + GAP]):
        return False
    sure = blocks[head].is_heading or readers.SURE.match(text) is not None
    under = blocks[head + 1 : head + GAP]
    told = Counter(
        place(one) for one in under if one.size < LONGEST_MARK and _is_entry(one.folded, dated=sure)
    )
    least = min(max(readers.counted(text), 2), COUNTED)
    if max(told.values(), default=0) >= least:
        return True
    return blocks[head].is_heading and len(below(blocks, head)) >= least


def _is_above_text(blocks: list[Block]) -> bool:
    """Whether a paragraph and then another heading of a thread follow the first block, before any entry.

    So « Commenter » does in a bar of tools above a brief.
    """
    read = 0
    for one in blocks[1:]:
        if one.size < LONGEST_MARK and _is_entry(one.folded, dated=True):
            return False
        if read and one.linked < 0.3 and readers.is_thread_heading(one.folded):
            return True
        read += one.size > PARAGRAPH and one.linked < 0.3
    return False


def _is_entry(text: str, *, dated: bool) -> bool:
    """Whether a line says who wrote and when, or is a button to reply.

    :param dated: a day without an hour may say so
    """
    if readers.STAMP.match(text) or (dated and is_dated(text)):
        return not tells_of_paper(text)
    return bool(readers.BUTTON.match(text) and readers.REPLY.match(text))
