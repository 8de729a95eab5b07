"""Reservations of rights (TDM Reservation Protocol, W3C community group): where they stand, and which counts.

Three places, each overriding the one before: ``/.well-known/tdmrep.json``, the HTTP header, ``<meta>``. One
that says nothing changes nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES: Final = 10_000  # of one file that are read
LONGEST: Final = 500  # characters of a policy's address


@dataclass(frozen=True, slots=True)
class Reservation:
    """What one place says: ``value`` is "1" (reserved), "0" (not reserved) or "" (nothing)."""

    value: str = ""
    place: str = ""  # "tdmrep.json", "header" or "meta"
    policy: str = ""  # where the licence stands

    @property
    def is_reserved(self) -> bool:
        """Whether text and data mining is reserved."""
        return self.value == "1"

    def __str__(self) -> str:
        """As the table ``fetch`` has it: ``1 (meta) https://…``; "" where nothing is said."""
        return f"{self.value} ({self.place}) {self.policy}".strip() if self.value else ""

    def then(self, later: Reservation) -> Reservation:
        """What counts when a later place is read too."""
        return later if later.value else self


def written(said: str) -> Reservation:
    """What the table ``fetch`` has, read back."""
    found = re.fullmatch(r"([01]) \(([^)]*)\) ?(.*)", said)
    return Reservation(*found.groups()) if found else Reservation()


def declared(place: str, said: Mapping[str, str]) -> Reservation:
    """What a header or a page says.

    :param said: ``tdm-reservation`` and ``tdm-policy``, names in small letters
    """
    value = said.get("tdm-reservation", "").strip()
    if value not in {"0", "1"}:
        return Reservation()
    policy = said.get("tdm-policy", "").strip()[:LONGEST] if value == "1" else ""
    return Reservation(value, place, re.sub(r"[\x00-\x20\x7f]", "", policy))


def of_file(body: str, url: str) -> Reservation:
    """What a tdmrep.json says of an address: the first rule that matches; no file says nothing."""
    try:
        rules = json.loads(body) if body else []
    except (ValueError, RecursionError):
        return Reservation()
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    for rule in rules[:RULES] if isinstance(rules, list) else []:
        if isinstance(rule, dict) and matches(str(rule.get("location", "")), path):
            said = {name: str(rule[name]) for name in ("tdm-reservation", "tdm-policy") if name in rule}
            return declared("tdmrep.json", said)
    return Reservation()


def matches(pattern: str, path: str) -> bool:
    """Whether a path matches a pattern as in robots.txt: a prefix, with ``*``, and ``$`` for the end."""
    if not pattern:
        return False
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in others[:-1] if anchored else others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not anchored:
        return True
    return path.endswith(others[-1]) and len(path) - len(others[-1]) >= at if others else at == len(path)
