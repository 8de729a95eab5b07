"""What a web archive holds of a host: the listing of a CDX server, page by page.

The Internet Archive's server and pywb's are understood: both answer ``output=json``, one as a table with a
heading, the other an object a line. See the README of ``internetarchive/wayback``, wayback-cdx-server.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from crawler.errors import ListError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

PAGE: Final = 5000
"""Captures of one answer; the server goes on from the key at its end. It gives 150,000 at most."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One capture as the listing has it."""

    url: str
    at: datetime  # UTC
    digest: str  # of the body as sent: the same one is the same page
    status: str  # "-" of a revisit
    mime: str

    @property
    def is_page(self) -> bool:
        """Whether it can be a page of news: found, and HTML; a revisit is said to be neither."""
        return self.status in {"200", "-"} and self.mime in {
            "text/html",
            "warc/revisit",
            "application/xhtml+xml",
        }

    @property
    def stamp(self) -> str:
        """Its time as archives write it: ``20150301123000``."""
        return f"{self.at:%Y%m%d%H%M%S}"


def question(server: str, host: str, since: date | None, until: date | None, key: str = "") -> str:
    """The address that lists what an archive holds of a host and its subdomains.

    :param server: ``https://web.archive.org/cdx/search/cdx``
    :param key: where the answer before this one ended
    """
    asked = {"url": host, "matchType": "domain", "output": "json", "filter": "!statuscode:[345].."}
    if since:
        asked["from"] = f"{since:%Y%m%d}"
    if until:
        asked["to"] = f"{until:%Y%m%d}"
    asked |= {"limit": str(PAGE), "showResumeKey": "true"} | ({"resumeKey": key} if key else {})
    return f"{server}?{urlencode(asked)}"


def host(url: str) -> str:
    """The host that an address of ``question`` asks for."""
    return parse_qs(urlsplit(url).query)["url"][0]


def answer(body: bytes) -> tuple[list[Listed], str]:
    """The captures of an answer, and the key to go on with: "" at the end.

    :raises ListError: it is no listing
    """
    text = body.decode("utf-8", "replace").strip()
    try:
        rows: list[Any] = (
            json.loads(text) if text.startswith("[") else [json.loads(one) for one in text.splitlines()]
        )
    except ValueError as error:
        raise ListError(f"not a CDX listing: {error}") from error
    key = ""
    if rows and isinstance(rows[0], list):
        heading, *rows = rows
        if len(rows) > 1 and rows[-2] == [] and len(rows[-1]) == 1:
            key, rows = str(rows[-1][0]), rows[:-2]
        rows = [dict(zip(heading, row, strict=False)) for row in rows]
    return list(_listed(rows)), key


def _listed(rows: Iterable[Any]) -> Iterable[Listed]:
    for row in rows:
        if not isinstance(row, dict):
            raise ListError(f"not a CDX listing: {str(row)[:80]}")
        try:
            at = datetime.strptime(str(row["timestamp"]), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except (
            KeyError,
            ValueError,
        ):  # a day alone, as the oldest listings have it: no capture has that address
            continue
        names = (("original", "url"), ("digest",), ("statuscode", "status"), ("mimetype", "mime"))
        url, digest, status, mime = (next((str(row[n]) for n in either if n in row), "") for either in names)
        yield Listed(url, at, digest, status, mime)
