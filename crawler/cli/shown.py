"""Stored text on a terminal and in a spreadsheet: strangers wrote it, so it must not act on either."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_FORMULA: Final = tuple("=+-@\t\r\n'＝＋－＠")


def printable(text: object) -> str:
    r"""Text with control, invisible and text-turning characters written as escapes: ``\x1b``, ``\u202e``.

    Line ends and tabs stay.
    """
    return _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode(), str(text))


def line(text: object) -> str:
    """Printable text on one line."""
    return printable(" ".join(str(text).split()))


def cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula.

    One that begins like a formula, or with an apostrophe, gets an apostrophe before it: taking a leading
    apostrophe off gives every cell back (OWASP, CSV injection).
    """
    text = plain(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain(value: object) -> str:
    """A value as text: nothing for None, times as ISO 8601 in UTC."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)
