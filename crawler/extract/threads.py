"""A first look for readers' comments that no name gives away: cheap, and never surer than what follows it."""

from __future__ import annotations

import re
from itertools import filterfalse
from typing import TYPE_CHECKING, Final

from crawler.extract.entries import MONTH, SURE
from crawler.extract.phrases import DAY, HOUR, fold
from crawler.extract.prune import texts_after, texts_of
from crawler.extract.readers import is_thread_heading

if TYPE_CHECKING:
    from crawler.extract.prune import Shape

LONGEST: Final = 400
"""Characters of a text that may head a thread or open an entry: a longer one is a paragraph."""

LONGEST_MARK: Final = 200
"""Characters of a line of a thread's buttons or form: a longer one is a sentence of the article."""

MOST_LOOKS: Final = 200
"""Lines with one of these words that are looked at: a page that has more is no newspaper's."""

SOON: Final = 4
"""Lines between a heading and the only stamp under it: a name, a picture's text, a button."""

THREAD_WORDS: Final = tuple(
    word.encode()
    for word in (
        "commentaire",
        "commente",
        "réagi",
        "réaction",
        "réponse",
        "conversation",
        "forum",
        "débat",
        "discussion",
        "avis des",
        "vos avis",
        "a écrit",
        "posté par",
        "contribution",
        "opinion",
        "message",
        "lecteurs",
        "internautes",
        "comments",
        "thoughts on",
        "leave a ",
    )
)
"""One of these stands in any line that heads a thread or opens an entry."""

MARK_WORDS: Final = (
    "répondre",
    "signaler",
    "alerter",
    "dit :",
    "ne sera pas",
    "obligatoires",
    "aucun commentaire",
    "premier à",
    "akismet",
    "modération",
    "reply",
)
"""One of these stands in the buttons and the form of a thread."""

INVITED: Final = re.compile(r"commenter|réagir")
INVITES: Final = re.compile(r"(?:connectez|identifiez)-vous|vous devez|il faut")
"""A form says who may comment; the first alone is any button of any page."""

_ENTRY_TRACE = re.compile(r"(?:a écrit|a commenté|a réagi),? le \d|réponse de\s|posté par\s")
_STAMP_TRACE = re.compile(rf"il y a (?:\d|un)|{DAY}.{{0,12}}?{HOUR}")
_LOOSE_TRACE = re.compile(rf"{DAY}|\d(?:er)? {MONTH}|(?:hier|aujourd'hui),?(?: à)? \d|\d \w+ ago\b")
_AGE = re.compile(r"\n\d{1,2} ?(?:h|j|d|w|min|sem)\n")
_BUTTONS: Final = ("répondre\n".encode(), b"reply\n")


def may_open_thread(shape: Shape) -> bool:
    """Whether some line of a page can head a thread or open one of its entries."""
    texts = texts_of(shape.body) if shape.title is None else texts_after(shape.title)
    short = [text for text in filterfalse(str.isspace, texts) if len(text) < LONGEST]
    # small letters cost six times as much in characters as in bytes, so only lines that count are decoded
    page = "\n".join(short).encode("utf-8", "ignore").lower().replace(b"\xc3\x89", b"\xc3\xa9")
    if any(page.count(button) > 1 for button in _BUTTONS):
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


def _text(line: bytes) -> str:
    """Bytes as the patterns expect them."""
    return line.decode("utf-8", "ignore").lower()


def _opens(line: str, after: bytes) -> bool:
    """Whether a line can head a thread, and is sure to or has marks of one after it."""
    if len(line) >= 160 or not is_thread_heading(head := fold(line)):
        return False
    return bool(SURE.match(head)) or _has_marks(_text(after))


def _has_marks(text: str) -> bool:
    """Whether words of a thread follow its heading, or a stamp at once, or two further on."""
    lines = [line for line in text.split("\n") if len(line) > 4]
    short = "\n".join([line for line in lines if len(line.strip()) < LONGEST_MARK])
    if any(word in short for word in MARK_WORDS) or (INVITED.search(short) and INVITES.search(short)):
        return True
    return bool(_AGE.search(text)) or _is_stamped(_STAMP_TRACE, short) or _is_stamped(_LOOSE_TRACE, short, 2)


def _is_stamped(trace: re.Pattern[str], text: str, least: int = 1) -> bool:
    """Whether there is a stamp soon, or two further on; with ``least`` two, of which one is soon."""
    stamps = trace.finditer(text)
    first, second = next(stamps, None), next(stamps, None)
    if first is None or (second is None and least > 1):
        return False
    return text.count("\n", 0, first.start()) <= SOON or (second is not None and least == 1)
