"""The loopback server of the crawl benchmark: every answer stands ready in memory, compressed or not.

It runs in a process of its own. Its first line of output is its address; it ends when its input is closed; it
answers ``/cpu`` with the seconds of CPU that it has used, which shows that the client was the slow one.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import sys
from http import HTTPStatus
from xml.sax.saxutils import escape

from benchmarks import crawl_pages


class Answers(asyncio.Protocol):
    """One connection: requests without a body, answered in their order."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers = answers
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer what is whole, keep the rest."""
        *requests, self.received = (self.received + data).split(b"\r\n\r\n")
        for request in requests:
            self.transport.write(self._answer(request.split(b" ", 2)[1]))

    def _answer(self, path: bytes) -> bytes:
        if path == b"/cpu":
            times = os.times()
            return answer(str(times.user + times.system).encode(), "text/plain")
        return self.answers.get(path) or answer(b"", "text/plain", status=HTTPStatus.NOT_FOUND)


def answer(body: bytes, kind: str, *, compress: bool = False, status: HTTPStatus = HTTPStatus.OK) -> bytes:
    """A whole HTTP/1.1 answer."""
    body = gzip.compress(body, 6, mtime=0) if compress else body
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    )
    return (head + ("Content-Encoding: gzip\r\n" if compress else "") + "\r\n").encode() + body


def prepare(pages: int, base: str, *, compress: bool) -> dict[bytes, bytes]:
    """The answers of the whole site by path: articles, sitemap, home page, robots.txt."""
    ready: dict[bytes, bytes] = {}
    paths = []
    for number in range(pages):
        news = crawl_pages.page(number)
        paths.append(news.path)
        ready[news.path.encode()] = answer(news.html, "text/html; charset=utf-8", compress=compress)
    urls = "".join(f"<url><loc>{escape(base + path)}</loc></url>\n" for path in paths)
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>'
    links = "".join(f'<li><a href="{path}">{path}</a></li>\n' for path in paths[:50])
    ready[b"/sitemap.xml"] = answer(sitemap.encode(), "application/xml", compress=compress)
    ready[b"/"] = answer(
        f"<!DOCTYPE html><title>Une</title><ul>{links}</ul>".encode(), "text/html; charset=utf-8"
    )
    ready[b"/robots.txt"] = answer(b"User-agent: *\nDisallow: /compte\n", "text/plain; charset=utf-8")
    return ready


async def serve(pages: int, *, compress: bool) -> None:
    """Serve until the input is closed."""
    loop = asyncio.get_running_loop()
    ready: dict[bytes, bytes] = {}
    server = await loop.create_server(lambda: Answers(ready), "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    ready |= prepare(pages, base, compress=compress)
    sys.stdout.write(f"{base}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), compress=sys.argv[2] == "gzip"))
