"""What became of a request: every answer and every failure gets one outcome out of the closed list."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.extract import notices
from crawler.items import BY_HAND, LATER, Fetch
from crawler.text import reservation, urls

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.sources import Source

logger = logging.getLogger(__name__)

NETWORK: Final = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)

ODD: Final = frozenset(
    {
        "not-compressed",
        "gzip-checksum",
        "gzip-trailing",
        "deflate-checksum",
        "surplus",
        "length-and-chunks",
    }
)
"""Flags of the wire that leave a page readable, and in doubt."""

_ENDS: Final = re.compile(
    rb"(?i)</(?:html|rss|feed|rdf:rdf|urlset|sitemapindex)\s*>\s*(?:<!--.*)?$|[}\]]\s*$", re.DOTALL
)
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


def complete(response: Response) -> Fetch:
    """The record of a request, with what its answer says."""
    fetch: Fetch = response.meta["fetch"]
    fetch.fetched_at = fetch.record.at if fetch.record else datetime.now(UTC)
    fetch.status = response.status
    fetch.location = _location(response.url, fetch.url)
    _what_decided(fetch, response.meta)
    fetch.outcome, fetch.reason = _outcome(response)
    if fetch.outcome == "stored":
        said = headers(response)
        fetch.etag, fetch.last_modified = said.get("etag", ""), said.get("last-modified", "")
        fetch.digest = f"sha256:{sha256(response.body).hexdigest()}"
        fetch.flags += _flags(response)
    fetch.next_attempt_at = response.meta.get("next_attempt_at")
    return fetch


def _what_decided(fetch: Fetch, meta: dict[str, Any]) -> None:
    """Copy what the middlewares have written down on the way."""
    fetch.robots_rule = meta.get("robots_rule", "")
    fetch.redirects = meta.get("redirects", [])


def _flags(response: Response) -> list[str]:
    """What was odd about an answer."""
    flags = [flag for flag in response.flags if flag in ODD]
    if "partial" in response.flags and not _ENDS.search(response.body[-200:]):
        flags.append("partial")
    if len(response.headers.getlist("Content-Type")) > 1:
        flags.append("content-type-twice")
    if any(_CONTROL.search(b"".join(response.headers.getlist(name))) for name in response.headers):
        flags.append("header-characters")
    return flags


def headers(response: Response) -> dict[str, str]:
    """The answer's headers: names in small letters, values as text, the first of several."""
    return {
        name.decode("latin-1").lower(): values[0].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }


def heed(response: Response, fetch: Fetch, root: HtmlElement | None, source: Source) -> None:
    """Write down what answer and page say to robots, and whether the source respects a reservation."""
    said = reservation.declared("meta", {} if root is None else notices.reservation(root))
    tdm = response.meta.get("tdm", reservation.Reservation()).then(said)
    fetch.tdm_reservation = str(tdm)
    fetch.is_reserved = tdm.is_reserved and source.reserved == "respect"
    tags = [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
    meta = "" if root is None else notices.robots(root)
    fetch.x_robots_tag = "; ".join(part for part in (*tags, meta) if part)[:1000]


def is_html(response: Response, fetch: Fetch) -> bool:
    """Whether the body is a page; where it is not, the record says what it is instead."""
    kind = headers(response).get("content-type", "").partition(";")[0].strip().lower()
    start = response.body[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").lower()
    if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"{", b"[")) or not start:
        fetch.outcome, fetch.reason = (
            "archived_only",
            f"not a page: {kind or 'no type'}, begins with {start[:8]!r}",
        )
        return False
    if start.startswith(b"\x1f\x8b"):
        fetch.outcome, fetch.reason = "corrupt", f"{kind or 'no type'}, but packed with gzip"
        return False
    if kind and "html" not in kind:
        if b"<html" not in start and not start.startswith(b"<!doctype html"):
            fetch.outcome, fetch.reason = "archived_only", f"not a page: {kind}"
            return False
        fetch.flags.append("content-type")
    return True


def refused_by_length(address: str, source: str) -> Fetch:
    """The record of an address that is too long to be one; it stands under its beginning."""
    return Fetch(
        source=source,
        url=urls.without_credentials(address)[: urls.LONGEST],
        kind="article",
        fetched_at=datetime.now(UTC),
        found_in=BY_HAND,
        outcome="trap_stopped",
        reason=f"address of {len(address)} characters: more than {urls.LONGEST}",
    )


def lost(failed: Failure) -> Fetch:
    """The record of a request that brought no answer."""
    request = failed.request  # type: ignore[attr-defined]
    fetch: Fetch = request.meta["fetch"]
    fetch.fetched_at = datetime.now(UTC)
    fetch.location = _location(request.url, fetch.url)
    _what_decided(fetch, request.meta)
    fetch.next_attempt_at = getattr(failed.value, "next_attempt_at", None)
    fetch.outcome, fetch.reason = failure(failed.value or Exception("no reason given"))
    logger.info("%s: %s: %s", fetch.url, fetch.outcome, fetch.reason)
    return fetch


def _location(url: str, asked: str) -> str:
    """Where the answer came from, if that is another address."""
    try:
        where = urls.normalise(url)
    except ValueError:
        where = url
    return where if where != asked else ""


def _outcome(response: Response) -> tuple[str, str]:
    status = response.status
    if 200 <= status < 300:
        return "stored", ""
    if status == 304:
        asked = response.request.headers if response.request else {}
        if "If-None-Match" in asked or "If-Modified-Since" in asked:
            return "unchanged", ""
        return "http_error", "status 304 to a request that was not conditional"
    if status in LATER:
        return "retry_later", f"status {status}"
    return "http_error", f"status {status}"


def failure(error: BaseException) -> tuple[str, str]:
    """The outcome and the reason of a failed download; the middlewares' refusals name their own."""
    if outcome := getattr(error, "outcome", ""):
        return outcome, str(error)
    if isinstance(error, DownloadCancelledError) or (
        isinstance(error, IgnoreRequest) and "size" in str(error)
    ):
        return "too_large", str(error) or "larger than DOWNLOAD_MAXSIZE"
    if isinstance(error, NETWORK):
        return "network_error", _wire(error)
    return "source_error", f"{type(error).__name__}: {error}"


def _wire(error: BaseException) -> str:
    """What went wrong on the wire: Twisted wraps the reason, and says nothing of an answer that is cut."""
    if isinstance(error, ResponseDataLossError):
        return "the answer stopped before its end"
    reasons = getattr(error.__cause__, "reasons", ())
    inner: BaseException = reasons[0].value if reasons else error
    return f"{type(inner).__name__}: {inner}".removesuffix(": ")
