"""A newspaper behind a forward proxy whose pages take their time: a stopped run has them in flight."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

DECLARATION = """
name = "Le Lent"
home = "http://www.lent.example/"
article = '/article-\\d+$'
feeds = ["http://www.lent.example/rss.xml"]
pace = 0
"""
PAGE = """<!doctype html><html lang="fr"><head><title>Article {0}</title></head>
<body><article><h1>Article {0}</h1>
<p>La cellule de veille signale des contenus en ligne depuis {0} jours, et le ministère compte.</p>
<p>Les associations attendent un bilan de cette période avant de se prononcer sur la suite.</p>
</article></body>"""


class Slow(ThreadingHTTPServer):
    """``wait`` seconds before each article; ``asked``: the paths asked for; ``stalled``: an article was."""

    daemon_threads = True

    def __init__(self, articles: int, wait: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.articles = articles
        self.page = PAGE
        self.headers: dict[str, str] = {}  # of every answer, beside its own
        self.cookies: list[str] = []  # that were sent
        self.wait = wait
        self.asked: list[str] = []
        self.stalled = threading.Event()
        self.over = threading.Event()

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Slow

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        self.server.cookies += self.headers.get_all("Cookie", [])
        if path == "/rss.xml":
            links = (f"<item><link>/article-{n}</link></item>" for n in range(self.server.articles))
            self._answer(f"<rss version='2.0'><channel><title>L</title>{''.join(links)}</channel></rss>")
        elif path.startswith("/article-"):
            self.server.stalled.set()
            self.server.over.wait(self.server.wait)
            self._answer(self.server.page.format(path.partition("-")[2]))
        else:
            self.send_error(404)

    def _answer(self, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header(
            "Content-Type", "application/rss+xml" if "<rss" in text else "text/html; charset=utf-8"
        )
        self.send_header("Content-Length", str(len(body)))
        with suppress(ConnectionError):  # who asked may be gone
            for name, value in self.server.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: what was asked stands in ``asked``."""


@contextmanager
def serve(articles: int = 3, wait: float = 0.0) -> Iterator[Slow]:
    """The newspaper, from ``with`` to its end."""
    with Slow(articles, wait) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()
