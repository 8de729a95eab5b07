"""What became of a request: every answer and every failure gets one outcome out of the closed list."""

from __future__ import annotations

import logging
import zlib
from datetime import UTC, datetime
from gzip import BadGzipFile
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.text import urls

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.items import Fetch

logger = logging.getLogger(__name__)

NETWORK: Final = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)

LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 522, 524})
"""Statuses that say: not now (RFC 9110 §15, RFC 6585; 522 and 524 are Cloudflare's)."""


def complete(response: Response) -> Fetch:
    """The record of a request, with what its answer says."""
    fetch: Fetch = response.meta["fetch"]
    fetch.fetched_at = fetch.record.at if fetch.record else datetime.now(UTC)
    fetch.status = response.status
    fetch.location = _location(response.url, fetch.url)
    fetch.robots_rule = response.meta.get("robots_rule", "")
    fetch.outcome, fetch.reason = _outcome(response.status)
    if fetch.outcome == "stored":
        said = headers(response)
        fetch.etag, fetch.last_modified = said.get("etag", ""), said.get("last-modified", "")
        fetch.digest = f"sha256:{sha256(response.body).hexdigest()}"
        fetch.flags += [flag for flag in response.flags if flag == "partial"]
    return fetch


def headers(response: Response) -> dict[str, str]:
    """The answer's headers: names in small letters, values as text, the first of several."""
    return {
        name.decode("latin-1").lower(): values[0].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }


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
    if kind and "html" not in kind and b"<html" not in start and not start.startswith(b"<!doctype html"):
        fetch.outcome, fetch.reason = "archived_only", f"not a page: {kind}"
        return False
    return True


def lost(failure: Failure) -> Fetch:
    """The record of a request that brought no answer."""
    request = failure.request  # type: ignore[attr-defined]
    fetch: Fetch = request.meta["fetch"]
    fetch.fetched_at = datetime.now(UTC)
    fetch.location = _location(request.url, fetch.url)
    fetch.robots_rule = request.meta.get("robots_rule", "")
    fetch.outcome, fetch.reason = _failure(failure.value or Exception("no reason given"))
    logger.info("%s: %s: %s", fetch.url, fetch.outcome, fetch.reason)
    return fetch


def _location(url: str, asked: str) -> str:
    """Where the answer came from, if that is another address."""
    try:
        where = urls.normalise(url)
    except ValueError:
        where = url
    return where if where != asked else ""


def _outcome(status: int) -> tuple[str, str]:
    if 200 <= status < 300:
        return "stored", ""
    if status == 304:
        return "unchanged", ""
    if status in LATER:
        return "retry_later", f"status {status}"
    return "http_error", f"status {status}"


def _failure(error: BaseException) -> tuple[str, str]:
    """The outcome that an exception of the download stands for; middlewares' refusals name their own."""
    if outcome := getattr(error, "outcome", ""):
        return outcome, str(error)
    if isinstance(error, DownloadCancelledError) or (
        isinstance(error, IgnoreRequest) and "size" in str(error)
    ):
        return "too_large", str(error) or "larger than DOWNLOAD_MAXSIZE"
    if isinstance(error, BadGzipFile | zlib.error | EOFError):
        return "corrupt", f"compression: {error}"
    if isinstance(error, NETWORK):
        return "network_error", f"{type(error).__name__}: {error}"
    return "source_error", f"{type(error).__name__}: {error}"
