"""What a robots.txt says: its bytes become rules, and its status a decision (RFC 9309)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self

from protego import Protego

from crawler.db.origins import RobotsAnswer

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.http import Response

AGENT: Final = "hemero"  # the product token that robots.txt may name
MAX_BYTES: Final = 512_000  # §2.5: at least 500 KiB are read

_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SIGNAL: Final = re.compile(r"(?im)^[ \t]*content-(?:signal|usage)[ \t]*:[ \t]*([^#\r\n]{1,500})")


@dataclass(frozen=True, slots=True)
class Robots:
    """What one authority's robots.txt says to us; ``rules`` are None where there are none to obey."""

    authority: str
    status: int | None
    decision: str  # "rules", "allow" (none to obey), "refuse" (unreachable)
    asked_at: datetime
    rules: Protego | None = None

    @classmethod
    def of(cls, said: RobotsAnswer, now: datetime) -> Self:
        """What an answer means."""
        rules = Protego.parse(said.body) if said.decision == "rules" else None
        return cls(said.authority, said.status, said.decision, now, rules)

    def allows(self, url: str) -> bool:
        """Whether a page may be asked for."""
        return self.rules.can_fetch(url, AGENT) if self.rules else self.decision != "refuse"

    def rule(self, url: str) -> str:
        """The rule that decides about a page, as it is matched: ``disallow /prive``; "" where none does.

        Protego decides without saying by which rule, so its own rules are asked in its own order.
        """
        group = self.rules._get_matching_rule_set(AGENT) if self.rules else None  # noqa: SLF001 -- as said
        if group is None:
            return ""
        found = (rule for rule in group._rules if rule.value.match(_path(url)))  # noqa: SLF001
        return next((f"{rule.field} {rule.value._pattern[:100]}" for rule in found), "")  # noqa: SLF001

    @property
    def delay(self) -> float:
        """The Crawl-delay in seconds, 0 where none is given."""
        return float((self.rules and self.rules.crawl_delay(AGENT)) or 0.0)

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that it names."""
        return list(self.rules.sitemaps) if self.rules else []


def _path(url: str) -> str:
    """Path and query of an address, spelled as rules are."""
    from protego._utils import _quote_path  # noqa: PLC0415 -- what it compares with its patterns

    return str(_quote_path(url))


def lost(authority: str, now: datetime, decision: str) -> RobotsAnswer:
    """The record of no answer."""
    return RobotsAnswer(
        authority=authority, status=None, decision=decision, body="", digest="", fetched_at=now
    )


def answer(authority: str, response: Response, now: datetime) -> RobotsAnswer:
    """The record of an answer.

    What it means depends on its status (§2.3.1). 429 says nothing of rules but asks us to go away, so it
    counts as unreachable; so does a file in UTF-16, which was written to say something and cannot be read as
    UTF-8 (§2.2).
    """
    found = replace(lost(authority, now, "allow"), status=response.status)
    if response.status == 429 or response.status >= 500:
        return replace(found, decision="refuse")
    if not 200 <= response.status < 300:
        return found
    raw = response.body[:MAX_BYTES]
    if raw.startswith(_WIDE) or raw[:100].count(0) > 10:
        return replace(found, decision="refuse")
    body = raw.decode("utf-8-sig", "replace")
    said = response.headers.to_unicode_dict()
    return replace(
        found,
        decision="rules",
        body=body,
        digest=f"sha256:{sha256(body.encode()).hexdigest()}",
        etag=str(said.get("ETag", "")),
        last_modified=str(said.get("Last-Modified", "")),
        content_signal="; ".join(match.strip() for match in _SIGNAL.findall(body)),
    )
