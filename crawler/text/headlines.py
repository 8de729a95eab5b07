"""Whether an article may be on the subject, by what a list says of it: its headline and its address.

A headline says less than a text, so this errs towards asking: what cannot be told is asked for, and the bound
lies just above the score of a headline in which nothing of the subject is found.
"""

from __future__ import annotations

import math
import re
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.text.relevance import Query, judge, load

ABOVE: Final = 2.5
"""Times the score of nothing, from which on a headline is worth a request: benchmarks/preselection.py."""

FEWEST: Final = 3  # words, below which a headline says nothing


def doubt(headline: str, url: str, query: Query | None = None) -> float | None:
    """The score of a headline that is not worth a request; None of one that is, or that cannot be told.

    :param headline: as a list has it, "" where it has none
    :param url: whose last words stand beside it
    """
    query = query or load()
    said = f"{headline} – {_slug(url)}"
    if len(re.findall(r"[^\W\d_]{3,}", said)) < FEWEST:
        return None
    score = judge(said, query=query).score
    return score if score < ABOVE * math.prod(query.facets.values()) else None


def _slug(url: str) -> str:
    """The words of an address: those of its longest segment."""
    segments = unquote(urlsplit(url).path).split("/")
    return re.sub(r"[-_,.+]+", " ", max(segments, key=len, default=""))
