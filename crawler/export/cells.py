"""Values as cells of a table that a spreadsheet may open: what strangers wrote must not act as a formula."""

from __future__ import annotations

import datetime as dt
from typing import Final

_FORMULA: Final = tuple("=+-@\t\r\n'＝＋－＠")


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


def one_line(text: str) -> str:
    """Text without line ends and tabs."""
    return " ".join(text.split())
