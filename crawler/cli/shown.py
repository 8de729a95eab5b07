"""Stored text on a terminal and in a spreadsheet: strangers wrote it, so it must not act on either."""

from __future__ import annotations

import re
from typing import Final

_ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: object) -> str:
    r"""Text with control, invisible and text-turning characters written as escapes: ``\x1b``, ``\u202e``.

    Line ends and tabs stay.
    """
    return _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode(), str(text))


def line(text: object) -> str:
    """Printable text on one line."""
    return printable(" ".join(str(text).split()))


def counted(count: int, name: str) -> str:
    """A number and what it counts: "1 source", "5 sources"."""
    return f"{count} {name}{'s'[: count != 1]}"
