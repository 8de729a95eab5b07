"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; ``kind`` and ``subject`` stay the same while it lasts."""

    kind: str  # yield, decline, silence, list, dates, authors, leads, length, language, comments, …
    subject: str  # the list, selector or address concerned; "" where it is the source as a whole
    message: str
