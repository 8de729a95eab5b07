"""Headlines first: of a source that publishes hundreds of articles a day, few are worth a request."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from crawler import config
from crawler.text import headlines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.items import Fetch, Found
    from crawler.sources import Source


class Preselection:
    """Passes over articles whose headline is not on the subject, and says so on their record.

    Only of sources with ``preselect``, and never where all texts are kept. A small share is asked for anyway,
    always the same articles, flagged ``sampled``: how many of those turn out relevant tells what is missed.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = config.load(crawler.settings)
        self.keep = settings.keep
        self.query = settings.relevance
        self.share = crawler.settings.getfloat("PRESELECT_SAMPLE")
        self.crawler = crawler

    def pass_over(self, source: Source, lists: Iterable[Fetch], requests: Iterable[Request]) -> set[str]:
        """The identities of the articles that are not asked for; their entries in the lists are marked."""
        if not source.preselect or (source.keep or self.keep) == "all":
            return set()
        asked = {request.meta["fetch"].identity: request for request in requests}
        passed = set()
        for found in (found for one in lists for found in one.found if found.identity in asked):
            if self._is_doubtful(found):
                if not self._is_sampled(found.identity):
                    passed.add(found.identity)
                    continue
                found.outcome, found.reason = "pending", ""
                asked[found.identity].meta["fetch"].flags.append("sampled")
                self.crawler.stats.inc_value("preselection/sampled")
        self.crawler.stats.inc_value("preselection/passed_over", len(passed))
        return passed

    def _is_doubtful(self, found: Found) -> bool:
        """Whether a headline is not worth a request; it is marked then."""
        if found.kind != "article":
            return False
        score = headlines.doubt(found.headline or found.title, found.url, self.query)
        if score is None:
            return False
        found.outcome, found.reason = "not_relevant", f"never asked for: the headline scores {score:.4f}"
        return True

    def _is_sampled(self, identity: str) -> bool:
        return int.from_bytes(sha256(identity.encode()).digest()[:8]) < self.share * 2**64
