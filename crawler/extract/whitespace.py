"""Text of a page on one line: one blank where white space was, and no character that nobody sees."""

from __future__ import annotations

import re
import unicodedata

_ODD = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]"
)
_C1 = {n: bytes([n]).decode("cp1252", "ignore") for n in range(128, 160)}


def clean(text: str) -> str:
    """Text on one line: a run of white space (no-break too) is one space; NFC; no invisible characters.

    French typography keeps its spaces before ``; : ! ? »`` and after ``«``, as ordinary ones, so that a
    search finds the words whatever the newspaper's habit.
    """
    plain = text.strip(" \t\r\n\xa0").replace("\xa0", " ")
    if "  " in plain or not plain.isprintable():  # to split and join each line costs twice what all else does
        plain = " ".join(text.split())
        if not plain.isascii() and (not plain.isprintable() or "\u0085" in text):
            plain = " ".join(_ODD.sub(lambda found: _C1.get(ord(found[0]), ""), text).split())
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)
