"""Compressed bodies, unpacked with their end and their checksum looked at: a cut one is no page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from scrapy.exceptions import IgnoreRequest
from scrapy.responsetypes import responsetypes

from crawler.text import codings

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ACCEPTED: Final = "gzip, deflate, br, zstd"


class BodyRefused(IgnoreRequest):
    """A body that cannot be had as it was sent; ``outcome`` is "corrupt" or "too_large"."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class CompressionMiddleware:
    """Asks for compressed answers and unpacks them, in place of Scrapy's own, which passes on cut ones."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Unpack no more than may be downloaded."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what can be unpacked."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer as it was before it was packed; its flags say what was odd about the packing."""
        said = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower()
        if not said or request.method == "HEAD":
            return response
        try:
            body, flags = codings.unpack(
                response.body, [part.strip() for part in said.split(",")], self.limit
            )
        except codings.TooLarge as error:
            raise BodyRefused("too_large", str(error)) from error
        except codings.Corrupt as error:
            raise BodyRefused("corrupt", str(error)) from error
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=kind, headers=headers, body=body, flags=[*response.flags, *flags])
