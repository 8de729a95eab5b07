"""A first look for readers' comments that no name gives away: cheap, and never surer than what follows it."""

from __future__ import annotations

import re
from itertools import filterfalse, pairwise
from typing import TYPE_CHECKING, Final

from crawler.extract.entries import ENOUGH, LONGEST_MARK, NAME
from crawler.extract.phrases import DAY, HOUR, MONTH, fold
from crawler.extract.readers import COMMENTED, SINGLE, SURE, is_thread_heading
from crawler.extract.texts import texts_after, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extract.shape import Shape

LONGEST: Final = 400
"""Characters of a text that may head a thread or open an entry: a longer one is a paragraph."""

HEADING: Final = 240
"""Characters of a heading: it may repeat the article's."""

MOST_LOOKS: Final = 200
"""Lines with one of these words that are looked at: a page that has more is no newspaper's."""

SOON: Final = 8
"""Lines between a heading and the only stamp under it: a name, a picture's text, ways to sort."""

LINES: Final = 12
"""Lines below a heading among which a day without an hour, or a name, belongs to the thread."""

THREAD_WORDS: Final = tuple(map(str.encode, (
    "commentaire", "commente", "commenté", "réagi", "réaction", "réponse", "réflexion", "conversation",
    "forum", "débat", "discussion", "avis", "pensez-vous", "pensez quoi", "exprimez-vous", "la parole",
    "témoignages", "a écrit", "posté par", "contribution", "opinion", "message", "lecteurs", "internautes",
    "comments", "thoughts on", "leave a ",
)))  # fmt: skip
"""One of these stands in any line that heads a thread or opens an entry."""

MARK_WORDS: Final = (
    "répondre", "signaler\n", "signaler un abus", "signaler ce", "alerter", "dit :", "écrit :",
    "ne sera pas", "obligatoires", "aucun commentaire", "premier à", "akismet", "de modération", "reply",
)  # fmt: skip
"""One of these stands in the buttons and the form of a thread."""

INVITES: Final = re.compile(
    r"(?:(?:connectez|identifiez|inscrivez)-vous|vous devez|il faut)[^.!?]{0,80}(?:comment|réagir|particip)"
)
"""A form says who may comment, some of it in a link."""

_ENTRY_TRACE = re.compile(r"(?:a écrit|a commenté|a réagi),? le \d|réponse de\s|posté par\s")
_STAMP_TRACE = re.compile(
    rf"il y a (?:\d|un)|(?<!publié le ){DAY}.{{0,12}}?{HOUR}"
    rf"|(?:hier|aujourd'hui|{MONTH}|\d[/.]\d\d?)(?:,| à)* {HOUR}|\d \w+ ago\b"
)
_DAY_TRACE = re.compile(rf"{DAY}|\d(?:er)? {MONTH}|\n\d{{1,2}} ?(?:h|j|d|w|min|sem)\n")
_MACHINE_TRACES: Final = tuple(  # a pattern that begins with a letter is found four times as fast
    re.compile(trace)
    for trace in (
        *(mark + rb"\d{2,4}[^\d\n]{1,6}\d{1,2}[:h]\d\d(?:[^\d]|:)" for mark in (b"/", rb"\.", b"-")),
        rb":\d\d,? par\b",
    )
)
_LONG: Final = "_" * LONGEST_MARK
"""Stands for a text that is longer: a reader may have said it."""

_BUTTONS: Final = ("répondre\n".encode(), "répondre à ce".encode(), b"reply\n")


def may_open_thread(shape: Shape) -> bool:
    """Whether some line of a page can head a thread or open one of its entries."""
    texts = texts_of(shape.body) if shape.title is None else texts_after(shape.title)
    texts = texts[_prose_ends(texts) :]
    short = [text if len(text) < LONGEST else _LONG for text in filterfalse(str.isspace, texts)]
    # small letters cost six times as much in characters as in bytes, so only lines that count are decoded
    page = "\n".join(short).encode("utf-8", "ignore").lower().replace(b"\xc3\x89", b"\xc3\xa9")
    if any(page.count(button) > 1 for button in _BUTTONS):
        return True
    if sum(len(trace.findall(page)) for trace in _MACHINE_TRACES) > 1:
        return True
    for word in THREAD_WORDS:
        at, looks = page.find(word), 0
        while at >= 0 and (looks := looks + 1) < MOST_LOOKS:
            start, end = page.rfind(b"\n", 0, at) + 1, page.find(b"\n", at)
            end = len(page) if end < 0 else end
            if _ENTRY_TRACE.match(_text(page[at : at + 30])):
                return True
            if end - start < 400 and _opens(_text(page[start:end]), page[at : at + 6_200]):
                return True
            at = page.find(word, end)
    return False


def _prose_ends(texts: Sequence[str]) -> int:
    """The first text before which there may be enough to be an article: buttons at its head open nothing."""
    read = 0
    for index, text in enumerate(texts):
        if read >= ENOUGH or (read and is_thread_heading(fold(text))):
            return index
        if len(text) > NAME:
            read += len(text)
    return len(texts)


def _text(line: bytes) -> str:
    """Bytes as the patterns expect them."""
    return line.decode("utf-8", "ignore").lower()


def _opens(line: str, after: bytes) -> bool:
    """Whether a line can head a thread, and has marks or names of one after it."""
    if len(line) >= HEADING or not (is_thread_heading(head := fold(line)) or COMMENTED.match(head)):
        return False
    text = _text(after)
    if SURE.match(head) and (SINGLE.match(head) or _has_names(text)):
        return True
    return _has_marks(text)


def _has_marks(text: str) -> bool:
    """Whether words of a thread follow its heading, or a stamp at once, or two further on."""
    lines = [line for line in text.split("\n") if len(line) > 2]
    short = "\n".join([line for line in lines if len(line.strip()) < LONGEST_MARK])
    if any(word in short for word in MARK_WORDS) or INVITES.search(short):
        return True
    return _is_stamped(_STAMP_TRACE, short) or _is_stamped(_DAY_TRACE, "\n".join(short.split("\n")[:LINES]))


def _is_stamped(trace: re.Pattern[str], text: str) -> bool:
    """Whether there is a stamp soon, or two."""
    stamps = trace.finditer(text)
    first = next(stamps, None)
    return first is not None and (
        text.count("\n", 0, first.start()) <= SOON or next(stamps, None) is not None
    )


def _has_names(text: str) -> bool:
    """Whether short and longer lines soon follow each other: names, and what they say."""
    sizes = [len(line.strip()) for line in text.split("\n")[1:LINES] if not line.isspace()]
    return sum(min(pair) <= NAME < max(pair) for pair in pairwise(sizes)) > 2
