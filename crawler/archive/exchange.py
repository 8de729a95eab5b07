"""One request and its answer, as the records that keep them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from crawler.archive import records

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.archive.reader import Capture
    from crawler.archive.records import Headers

HTTP: Final = "application/http;msgtype="
HOP: Final = "redirected-by"
"""Names, in a metadata record, the capture of a redirect that led here."""
RULES: Final = "purpose: rules of the site"
"""Says, in a metadata record, that a capture is robots.txt or its like: no row names it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """What was asked, what came, and what we decided on it.

    ``body`` is as sent, still compressed. ``decisions`` are written as a ``metadata`` record: the answer of
    robots.txt, the list that named the address, the redirects that led to it.
    """

    record: str  # the name of the answer's record
    at: datetime  # UTC
    url: str
    method: str
    asked: Headers = field(repr=False)
    protocol: str  # "HTTP/1.1"
    status: int
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)
    address: str = ""  # the server's, of IP
    decisions: Headers = field(default_factory=list)

    @property
    def digest(self) -> str:
        """WARC-Payload-Digest of the body as sent."""
        return records.digest(self.body)

    def response(self) -> list[bytes]:
        """The answer whole, the request, what was decided."""
        return [
            self._answer("response", self.body, [("WARC-Payload-Digest", self.digest)]),
            *self._beside(),
        ]

    def revisit(self, first: Capture | None) -> list[bytes]:
        """The answer without its body: it is that of an earlier record, or the server says 304.

        :param first: the capture that holds the body, where it is known
        """
        modified = records.NOT_MODIFIED if self.status == 304 else records.IDENTICAL
        fields = [("WARC-Profile", modified)]
        if self.status != 304:
            fields.append(("WARC-Payload-Digest", self.digest))
        if first:
            fields += [
                ("WARC-Refers-To", f"<{first.record}>"),
                ("WARC-Refers-To-Target-URI", records.address(first.url)),
                ("WARC-Refers-To-Date", records.instant(first.fetched_at)),
                ("WARC-Refers-To-Filename", PurePath(first.file).name),
                ("WARC-Refers-To-File-Offset", str(first.offset)),
            ]
        return [self._answer("revisit", b"", fields), *self._beside()]

    def conversion(self, cleaned: bytes) -> list[bytes]:
        """The page without its readers' comments, in place of the answer."""
        digest = records.digest(cleaned)
        made = records.build(
            "conversion",
            cleaned,
            record=self.record,
            at=self.at,
            url=self.url,
            content_type="text/html; charset=utf-8",
            fields=[("WARC-Payload-Digest", digest)],
        )
        return [made, *self._beside()]

    def _answer(self, kind: str, body: bytes, fields: Headers) -> bytes:
        where = [("WARC-IP-Address", self.address)] if self.address else []
        return records.build(
            kind,
            records.answer(self.protocol, self.status, self.headers, body),
            record=self.record,
            at=self.at,
            url=self.url,
            content_type=f"{HTTP}response",
            fields=[*where, *fields],
        )

    def _beside(self) -> list[bytes]:
        """The request and our decisions, tied to the answer."""
        tied = [("WARC-Concurrent-To", f"<{self.record}>")]
        asked = records.question(self.method, self.url, self.asked)
        made = [
            records.build(
                "request",
                asked,
                record=records.new_id(),
                at=self.at,
                url=self.url,
                content_type=f"{HTTP}request",
                fields=tied,
            )
        ]
        if self.decisions:
            made.append(decided(self.at, self.url, self.decisions, tied))
        return made


def decided(at: datetime, url: str, decisions: Headers, fields: Headers | None = None) -> bytes:
    """A metadata record: what we decided on an address, and why; it needs no answer."""
    return records.build(
        "metadata",
        records.lines(decisions),
        record=records.new_id(),
        at=at,
        url=url,
        content_type=records.FIELDS,
        fields=fields or [],
    )
