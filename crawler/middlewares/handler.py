"""Scrapy's handler for http and https: headers have an end, and lengths that contradict are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scrapy.core.downloader.handlers import http11
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _ScrapyAgent,
)
from twisted.web._newclient import HEADER, STATUS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress

HEAD_MAX: Final = 65_536
"""Bytes of a status line and its headers; honest servers send a hundredth. Twisted bounds the length of a
line, not their number."""


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Drops a connection whose headers do not end, or on which more comes than was asked for."""

    received = 0
    unasked = False  # something came while nothing was asked for

    def request(self, request: Any) -> Any:  # noqa: ANN401 -- Twisted's interface
        """Ask, and count from here."""
        self.received = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 -- Twisted's name
        """Hand bytes on, while the headers may still be going on."""
        if self._parser is not None and self._parser.state in {STATUS, HEADER}:
            self.received += len(data)
            if self.received > HEAD_MAX:
                self.abort()  # type: ignore[no-untyped-call]
                return
        self.unasked = self._parser is None
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802 -- Twisted's name
        """Note what is odd about the length of an answer (RFC 9112 §6.3).

        Where both lengths are given the chunks count, as the RFC says. A connection on which more came than
        was announced, or both lengths, is not used again.
        """
        if parser := self._parser:
            said = parser.connHeaders
            odd = ["surplus"] if rest and not rest.startswith(b"HTTP/") else []
            if said.hasHeader(b"Content-Length") and said.hasHeader(b"Transfer-Encoding"):
                odd.append("length-and-chunks")
            if rest or odd:
                said.addRawHeader(b"Connection", b"close")
            parser.response.odd = odd
        super()._finishResponse(rest)


class OddAgent(_ScrapyAgent):
    """Tells Scrapy's answer what its protocol has noted."""

    def _cb_bodydone(self, result: Any, url: str) -> Response:  # noqa: ANN401 -- Scrapy's own type
        response = super()._cb_bodydone(result, url)
        response.flags += getattr(result["txresponse"], "odd", [])
        return response


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes such connections.

    One is free for the next request only after the loop has looked for bytes once more: an answer that nobody
    asked for, right behind one that was, would be taken for the answer to that request.
    """

    def buildProtocol(self, _addr: IAddress | None) -> BoundedProtocol:  # noqa: N802 -- Twisted's name
        """One connection."""
        return BoundedProtocol(self._rest)  # type: ignore[no-untyped-call]

    def _rest(self, protocol: BoundedProtocol) -> None:
        from twisted.internet import reactor  # noqa: PLC0415 -- to import it is to choose one

        reactor.callLater(0, self._free, protocol)  # type: ignore[arg-type]

    def _free(self, protocol: BoundedProtocol) -> None:
        if protocol.state == "QUIESCENT" and not protocol.unasked:
            self._quiescentCallback(protocol)


class BoundedHandler(HTTP11DownloadHandler):
    """Downloads pages."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Twisted and Scrapy have no other doors
        self._pool._factory = BoundedFactory  # noqa: SLF001
        http11._ScrapyAgent = OddAgent  # type: ignore[misc]  # noqa: SLF001
