"""The archive at the wire: every answer as it was sent, redirects and robots.txt among them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final, Self

from crawler.archive.exchange import HOP, RULES, Exchange
from crawler.archive.reader import original
from crawler.archive.records import new_id
from crawler.extensions.archive import Archive, Entry
from crawler.extensions.database import Database
from crawler.items import Fetch, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.http.headers import Headers


PAGES: Final = frozenset({"article", "listing"})
"""Kinds of pages on which readers' comments may stand."""


class ArchiveMiddleware:
    """Hands every answer worth keeping to the archive, which writes it before the next commit.

    Kept are answers of 2xx, 3xx, 404, 410 and 451, and all of robots.txt but 429 and 5xx: the other failures
    say nothing of a page. Nearest the wire (950) it sees redirects, robots.txt and bodies still compressed.
    """

    def __init__(self, archive: Archive, database: Database) -> None:
        self.archive = archive
        self.database = database

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the run's archive."""
        return cls(Archive.of(crawler), Database.of(crawler))

    def process_request(self, request: Request) -> None:
        """A request that goes out again, redirected or repeated, leaves the last answer behind."""
        fetch = request.meta.get("fetch")
        if isinstance(fetch, Fetch) and fetch.record:
            fetch.hop_records.append(fetch.record.id)
            fetch.record = None

    def process_response(self, request: Request, response: Response) -> Response:
        """Have the answer written."""
        fetch = request.meta.get("fetch")
        if self.archive.shelf and _is_kept(response.status, is_page=fetch is not None):
            record = Record(new_id(), datetime.now(UTC))
            exchange = _exchange(record, request, response)
            if fetch is None:
                self._put(Entry(lambda _: exchange.response(), len(exchange.body)))
            else:
                fetch.record = record
                self._answered(fetch, record, exchange)
        return response

    def _answered(self, fetch: Fetch, record: Record, exchange: Exchange) -> None:
        """Have the answer to a page's request written: as it is, or without comments once it was read.

        A page may say in its ``<meta>`` that its rights are reserved: that is known when its row is written.
        """
        if self.archive.strips and fetch.kind in PAGES and not 300 <= exchange.status < 400:
            record.write = lambda cleaned: self._put(
                Entry(lambda _: exchange.conversion(cleaned), len(cleaned), "", record)
            )
            return
        entry = Entry(partial(self._built, exchange), len(exchange.body), fetch.url, record)
        if fetch.kind == "article" and 200 <= exchange.status < 300:
            record.put = partial(self._put, entry)  # once it is known whether its rights are reserved
        else:
            self._put(entry)

    def _put(self, entry: Entry) -> None:
        self.archive.put(entry, self.database)

    def _built(self, exchange: Exchange, held: tuple[str, int] | None) -> Sequence[bytes]:
        """The records of an answer: in full, or as a revisit if its body is held already."""
        assert self.archive.shelf  # noqa: S101 -- asked above
        first = original(self.archive.shelf.folder, *held) if held else None
        if exchange.status == 304 or (first and exchange.body and first.digest == exchange.digest):
            return exchange.revisit(first)
        return exchange.response()


def _is_kept(status: int, *, is_page: bool) -> bool:
    if is_page:
        return 200 <= status < 400 or status in {404, 410, 451}
    return status != 429 and status < 500


def _exchange(record: Record, request: Request, response: Response) -> Exchange:
    return Exchange(
        record=record.id,
        at=record.at,
        url=response.url,
        method=request.method,
        asked=_pairs(request.headers),
        protocol=response.protocol or "HTTP/1.1",
        status=response.status,
        headers=_pairs(response.headers),
        body=response.body,
        address=str(response.ip_address or "") if "proxy" not in request.meta else "",
        decisions=_decisions(request),
    )


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]


def _decisions(request: Request) -> list[tuple[str, str]]:
    """Why the request was made: for whom, what named it, what robots.txt says, what led to it."""
    fetch = request.meta.get("fetch")
    if fetch is None:
        name, _, value = RULES.partition(": ")
        return [(name, value)]
    said = {
        "source": fetch.source,
        "kind": fetch.kind,
        "found-in": fetch.found_in,
        "robots": request.meta.get("robots_rule", ""),
    }
    return [(name, value) for name, value in said.items() if value] + [
        (HOP, f"<{hop}>") for hop in fetch.hop_records
    ]
