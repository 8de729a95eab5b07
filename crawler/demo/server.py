"""A forward proxy for plain http that answers for the demo's newspapers from files.

A crawler that goes through ``HEMERO_PROXY`` asks for ``GET http://www.tribune.example/…``; the answer comes
from the folder of that host. A direct request with a ``Host`` header gets the same. A host without a folder
is a 502: nothing leaves the loopback. Every answer has an ETag (RFC 9110 §8.8.3) and a Last-Modified;
conditional requests and gzip are honoured.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import socket
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from crawler.demo.site import Site

NEWSPAPERS: Final = Path(__file__).with_name("newspapers")
CATALOGUE: Final = Path(__file__).with_name("catalogue")

PRINTED: Final = {
    1: parsedate_to_datetime("Fri, 20 Nov 2026 05:00:00 GMT"),
    2: parsedate_to_datetime("Sat, 21 Nov 2026 05:00:00 GMT"),
}
"""Last-Modified of each edition: fixed, since a checkout has no times of its own."""

TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


class Newspapers(ThreadingHTTPServer):
    """The newspapers on a port of the loopback, from ``with`` to its end.

    ``log`` holds one record a request: ``time`` (seconds since the epoch), ``method``, ``host``, ``path``,
    ``status``, ``agent``, ``if_none_match``, ``if_modified_since``, ``parallel`` (requests to that host under
    way, this one included). ``edition`` may be set to 2 at any time: articles that have a second text answer
    with it from then on.
    """

    daemon_threads = False
    block_on_close = True

    def __init__(
        self,
        folder: Path = NEWSPAPERS,
        *,
        port: int = 0,
        edition: int = 1,
        log_file: Path | None = None,
    ) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.sites = {site.name: Site(site) for site in sorted(folder.iterdir()) if site.is_dir()}
        self.edition = edition
        self.log: list[dict[str, Any]] = []
        self.log_file = log_file
        self.lock = threading.Lock()
        self.under_way: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.connections: set[socket.socket] = set()

    @property
    def proxy(self) -> str:
        """The address for ``HEMERO_PROXY``."""
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,))
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.thread.join()
        with self.lock:
            for connection in self.connections:  # clients that keep them open would be waited for
                with suppress(OSError):  # closed by the client a moment ago
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection, and remember it until it is closed."""
        connection, address = super().get_request()
        with self.lock:
            self.connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 -- as in socketserver
        """Close a connection."""
        with self.lock:
            self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 -- as in socketserver
        """Say nothing of a client that has gone: it was stopped, or killed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def write_log(self, record: dict[str, Any]) -> None:
        """Add a record to the log, and to its file where there is one."""
        with self.lock:
            self.log.append(record)
            if self.log_file:
                with self.log_file.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Newspapers

    def do_GET(self) -> None:
        """Log a request, and answer it.

        The log is written before the answer is sent: what a client does next comes after it, never beside it.
        """
        parts = urlsplit(self.path)
        host = (parts.hostname or self.headers.get("Host", "").partition(":")[0]).lower()
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with self.server.lock:
            self.server.under_way[host] += 1
            self.server.asked[host + parts.path] += 1
            parallel, times = self.server.under_way[host], self.server.asked[host + parts.path]
        started = time.time()
        try:
            status, headers, body = self._answer(host, target, times)
        finally:
            with self.server.lock:
                self.server.under_way[host] -= 1
        self.server.write_log(
            {
                "time": started,
                "method": self.command,
                "host": host,
                "path": target,
                "status": status,
                "agent": self.headers.get("User-Agent", ""),
                "if_none_match": self.headers.get("If-None-Match", ""),
                "if_modified_since": self.headers.get("If-Modified-Since", ""),
                "parallel": parallel,
            }
        )
        self._send(status, headers, body)

    do_HEAD = do_GET  # noqa: N815 -- as in http.server

    def do_CONNECT(self) -> None:
        """Refuse tunnels: what they lead to lies beyond the loopback."""
        self._send(HTTPStatus.BAD_GATEWAY, {}, b"No tunnels: the newspapers speak plain http.\n")

    def _answer(self, host: str, target: str, times: int) -> tuple[int, dict[str, str], bytes]:
        """What the host has for a path: status, headers, body."""
        site = self.server.sites.get(host)
        if site is None:
            return HTTPStatus.BAD_GATEWAY, {}, f"No newspaper of the name {host}.\n".encode()
        answer = site.find(target)
        time.sleep(answer.delay)
        if times <= answer.fail_first:
            return HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "1"}, b""
        if answer.redirect:
            return answer.status, {"Location": answer.redirect}, b""
        second = self.server.edition == 2 and bool(answer.second)
        body = (site.folder / (answer.second if second else answer.file)).read_bytes()
        kind = TYPES.get(Path(answer.file).suffix, "application/octet-stream")
        printed = format_datetime(PRINTED[2 if second else 1], usegmt=True)
        headers = {"Content-Type": kind, "Last-Modified": printed} | answer.headers
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            headers |= {"Content-Encoding": "gzip"}
            body, tag = gzip.compress(body, mtime=0), f"W/{tag}"
        headers |= {"ETag": tag, "Vary": "Accept-Encoding"}
        if answer.status == HTTPStatus.OK and self._has(tag, headers["Last-Modified"]):
            return HTTPStatus.NOT_MODIFIED, {"ETag": tag, "Last-Modified": headers["Last-Modified"]}, b""
        return answer.status, headers, body

    def _has(self, tag: str, modified: str) -> bool:
        """Whether the client holds this text already (RFC 9110 §13.2.2: a tag goes before a time)."""
        if tags := self.headers.get("If-None-Match"):
            return tag.removeprefix("W/") in {part.strip().removeprefix("W/") for part in tags.split(",")}
        return self.headers.get("If-Modified-Since") == modified

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Send one answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the standard library's own log off the terminal."""


def serve(folder: Path = NEWSPAPERS, *, edition: int = 1, log_file: Path | None = None) -> Newspapers:
    """The newspapers on a free port, for a ``with`` statement."""
    return Newspapers(folder, edition=edition, log_file=log_file)


def main() -> None:
    """Serve until interrupted; the first line of the output is the address for ``HEMERO_PROXY``."""
    parser = argparse.ArgumentParser(prog="python -m crawler.demo", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--edition", type=int, choices=sorted(PRINTED), default=1)
    parser.add_argument("--log", type=Path, metavar="FILE", help="one JSON record a request is added here")
    options = parser.parse_args()
    with Newspapers(port=options.port, edition=options.edition, log_file=options.log) as site:
        sys.stdout.write(f"{site.proxy}\n")
        sys.stdout.flush()
        try:
            site.thread.join()
        except KeyboardInterrupt:
            sys.stderr.write("stopped\n")
