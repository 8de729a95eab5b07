"""WARC records as bytes (ISO 28500:2017, WARC 1.1): one gzip member each.

What strangers write, an address or a header, cannot end a line here: addresses are percent-encoded, control
characters in headers become blanks. Cookies and credentials are left out.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

Headers = list[tuple[str, str]]

SECRET: Final = frozenset(
    {"authorization", "cookie", "cookie2", "proxy-authorization", "set-cookie", "set-cookie2"}
)
"""Headers of a request or an answer that are never written down."""

IDENTICAL: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
FIELDS: Final = "application/warc-fields"

PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}

_CONTROL: Final = re.compile("[\x00-\x1f\x7f]+")
_NO_TOKEN: Final = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")


def new_id() -> str:
    """The name of a new record."""
    return f"urn:uuid:{uuid.uuid4()}"


def instant(at: datetime) -> str:
    """A time as WARC-Date: UTC, to the microsecond."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(data: bytes) -> str:
    """The labelled digest of WARC's own examples: other tools know no other."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def address(url: str) -> str:
    """An address that is one token of visible ASCII: whatever else is percent-encoded."""
    return quote(url, safe="!#$%&'()*+,-./:;=?@[]_~", errors="replace")


def build(
    kind: str,
    block: bytes,
    *,
    record: str,
    at: datetime,
    url: str = "",
    content_type: str = "",
    fields: Iterable[tuple[str, str]] = (),
) -> bytes:
    """One record, not yet compressed.

    :param kind: "response", "request", "revisit", "metadata", "conversion", "warcinfo"
    :param block: what stands between the record's header and its end
    :param record: its name, without the angle brackets
    :param fields: further header fields; identifiers bring their own angle brackets
    """
    named = [("WARC-Type", kind), ("WARC-Record-ID", f"<{record}>"), ("WARC-Date", instant(at))]
    if url:
        named.append(("WARC-Target-URI", address(url)))
    named += fields
    if content_type:
        named.append(("Content-Type", content_type))
    named += [("WARC-Block-Digest", digest(block)), ("Content-Length", str(len(block)))]
    return b"WARC/1.1\r\n" + lines(named) + b"\r\n" + block + b"\r\n\r\n"


def lines(fields: Iterable[tuple[str, str]]) -> bytes:
    """Named fields, a line each; none can begin another line."""
    return "".join(
        f"{_NO_TOKEN.sub('_', name)}: {_CONTROL.sub(' ', value).strip()}\r\n" for name, value in fields
    ).encode("utf-8", "replace")


def answer(protocol: str, status: int, headers: Headers, body: bytes) -> bytes:
    """An HTTP response as it came: status line, headers without cookies, body as sent.

    The client takes chunks apart; the header that announced them is kept under another name.
    """
    renamed = [
        ("X-Archive-Orig-Transfer-Encoding" if name.lower() == "transfer-encoding" else name, value)
        for name, value in headers
    ]
    return f"{protocol} {status} {PHRASES.get(status, '')}\r\n".encode() + _http(renamed) + b"\r\n" + body


def question(method: str, url: str, headers: Headers, body: bytes = b"") -> bytes:
    """An HTTP request as it was sent, without credentials."""
    parts = urlsplit(address(url))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = [("Host", parts.netloc.rpartition("@")[2]), *headers]
    return f"{method} {path} HTTP/1.1\r\n".encode() + _http(named) + b"\r\n" + body


def _http(headers: Headers) -> bytes:
    """Headers as they were sent: in latin-1, as Scrapy and Twisted give them back."""
    return "".join(
        f"{_NO_TOKEN.sub('_', name)}: {_CONTROL.sub(' ', value).strip()}\r\n"
        for name, value in headers
        if name.lower() not in SECRET
    ).encode("latin-1", "replace")


def member(record: bytes) -> bytes:
    """A record as one gzip member; a body that came compressed is not compressed again."""
    is_packed = b"\r\nContent-Encoding: " in record[:4096]
    return gzip.compress(record, 0 if is_packed else 1, mtime=0)
