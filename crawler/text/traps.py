"""Spaces without an end: calendars, facets, sessions, paths that grow; known by how their addresses look."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

REPEATS: Final = 3  # times that a segment stands in a row: Heritrix calls more than two pathological
SEGMENTS: Final = 20  # of one path (likewise)
MOST: Final = 2 / 3  # of a page's links

_NUMBER: Final = re.compile(r"[0-9]+")
_TOKEN: Final = re.compile(r"(?i)\b(?=[a-z]*[0-9])[0-9a-f]{12,}\b")
_STEP: Final = re.compile(r"(?:[0-9]+|[a-z]{1,3})(?:/(?:[0-9]+|[a-z]{1,3}))*/?")


def shape(url: str) -> str:
    """What an address has in common with those of its kind: numbers and tokens alike, parameters by name.

    ``/agenda/2024/12?jour=3`` and ``/agenda/2025/1?jour=4`` have one shape: ``/agenda/0/0?jour``.
    """
    parts = urlsplit(url)
    path = _NUMBER.sub("0", _TOKEN.sub("0", parts.path))
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return f"{parts.netloc}{path}" + (f"?{'&'.join(names)}" if names else "")


def reason(url: str) -> str:
    """Why an address looks as if it were one of a space without an end; "" where it does not."""
    segments = [part for part in urlsplit(url).path.split("/") if part]
    if len(segments) > SEGMENTS:
        return f"a path of {len(segments)} segments"
    run = 1
    for one, other in pairwise(segments):
        run = run + 1 if one == other else 1
        if run >= REPEATS:
            return f"{one[:40]!r} stands {run} times in a row in the path"
    return ""


def turns_on_itself(url: str, links: Sequence[str]) -> bool:
    """Whether a page without a text leads, but for a few links, to more of its own kind only.

    Its own kind: the same path with other parameters, the same shape, or its path with numbers or letters
    added. A section leads to articles, whose addresses are words.
    """
    own = urlsplit(url).path.rstrip("/") + "/"
    alike = [
        link
        for link in links
        if (path := urlsplit(link).path.rstrip("/") + "/") == own
        or shape(link) == shape(url)
        or (path.startswith(own) and _STEP.fullmatch(path[len(own) :]))
    ]
    return bool(links) and len(alike) >= MOST * len(links)
