"""Servers of our own that misbehave: what they do on the wire, and what becomes of each address."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import socketserver
import threading
import time
import zlib
from contextlib import ExitStack
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Self

import pytest

from tests.crawl.conftest import Crawl
from tests.crawl.test_wire import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scrapy import Request
    from scrapy.settings import BaseSettings

TITLE = "Une plateforme de signalement ouvre ses portes"
BODY = PAGE.format(TITLE).encode()
PACKED = gzip.compress(BODY)
SIX = BODY.replace(b"deux cents", b"six cents")
CANARY = "127.0.0.66"
QUICK = ("-s", "DOWNLOAD_DELAY=0.001", "-s", "BACKOFF=0.05", "-s", "DOWNLOAD_TIMEOUT=2")


def answer(body: bytes = BODY, status: str = "200 OK", *headers: str) -> bytes:
    """An honest answer, with headers that may be less so."""
    said = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    if not any(header.startswith(("Content-Length", "Transfer")) for header in headers):
        said.append(f"Content-Length: {len(body)}")
    if not any(header.startswith("Content-Type") for header in headers):
        said.append("Content-Type: text/html; charset=utf-8")
    return "\r\n".join(said).encode() + b"\r\n\r\n" + body


def to(url: str) -> bytes:
    """A redirect."""
    return answer(b"", "302 Found", f"Location: {url}")


CASES: dict[str, tuple[bytes, str]] = {
    "entier": (answer(), "stored"),
    "reset": (b"", "network_error"),
    "coupe": (answer(BODY, "200 OK", f"Content-Length: {len(BODY) + 500}"), "network_error"),
    "pas-http": (b"SSH-2.0-OpenSSH_9.2\r\n", "network_error"),
    "entetes": (answer(BODY, "200 OK", *(f"X-{number}: a" for number in range(9000))), "network_error"),
    "lent": (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", "network_error"),
    "gros": (answer(b"<p>", "200 OK", "Content-Length: 900000000"), "too_large"),
    "bombe": (answer(gzip.compress(bytes(20_000_000)), "200 OK", "Content-Encoding: gzip"), "too_large"),
    "gzip-coupe": (answer(PACKED[:-30], "200 OK", "Content-Encoding: gzip"), "corrupt"),
    "inconnu": (answer(BODY, "200 OK", "Content-Encoding: zz"), "corrupt"),
    "six": (answer(zlib.compress(BODY), "200 OK", "Content-Encoding: " + "deflate, " * 6), "corrupt"),
    "304": (answer(b"", "304 Not Modified"), "http_error"),
    "soi": (to("/soi"), "redirect_refused"),
    "sans-adresse": (answer(b"", "302 Found"), "redirect_refused"),
    "fichier": (to("file:///etc/passwd"), "redirect_refused"),
    "script": (to("javascript:alert(1)"), "redirect_refused"),
    "secret": (to("http://lecteur:MOTDEPASSE@127.0.0.1:{port}/entier"), "redirect_refused"),
    "ailleurs": (to("http://127.0.1.1:{port}/entier"), "redirect_refused"),
    "prive": (to("http://{canary}:{port}/canari"), "address_refused"),
    "decimal": (to("http://2130706498:{port}/canari"), "address_refused"),
    "nom": (to("http://localhost:{port}/canari"), "address_refused"),
    "port-22": (to("http://127.0.0.1:22/"), "address_refused"),
    "six-sauts": (to("/saut-5"), "redirect_refused"),
    "rafraichir": (answer(b"<meta http-equiv=refresh content='0; url=/entier'>Oui"), "redirect_refused"),
    "calendrier/2024/12": (answer(b"<a href=/calendrier/2025/01>janvier</a>"), "trap_stopped"),
    "surplus": (
        answer(BODY.replace(b"deux cents", b"cinq cents"), "200 OK", f"Content-Length: {len(BODY) - 40}"),
        "stored_flagged",
    ),
    "deux-longueurs": (
        answer(
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(SIX), SIX),
            "200 OK",
            "Content-Length: 5",
            "Transfer-Encoding: chunked",
        ),
        "stored_flagged",
    ),
    "titre": (
        answer(BODY.replace(TITLE.encode(), b"Un titre sans fin " * 60).replace(b"deux cents", b"7")),
        "stored_flagged",
    ),
    "texte": (
        answer(BODY.replace(b"deux cents", b"trois cents"), "200 OK", "Content-Type: text/plain"),
        "stored_flagged",
    ),
    "packe-dit-il": (
        answer(BODY.replace(b"deux cents", b"huit cents"), "200 OK", "Content-Encoding: gzip"),
        "stored_flagged",
    ),
    "somme": (
        answer(
            gzip.compress(BODY.replace(b"deux cents", b"quatre cents"))[:-8] + b"01234567",
            "200 OK",
            "Content-Encoding: gzip",
        ),
        "stored_flagged",
    ),
}  # fmt: skip


class Server(socketserver.ThreadingTCPServer):
    """Answers by path, as it is told; ``log`` has the time, host and path of every request."""

    allow_reuse_address = True
    proxy = ""  # it is asked directly
    daemon_threads = True

    def __init__(self, address: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((address, port), Handler)
        self.host = address
        self.answers: dict[str, list[bytes]] = {"/robots.txt": [answer(b"", "404 Not Found")]}
        self.log: list[tuple[float, str]] = []
        self.headers: list[bytes] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str) -> str:
        return f"http://{self.host}:{self.port}/{path}"

    def says(self, path: str, *raw: bytes) -> None:
        """What is answered for a path: the first time, the second, …, and the last ever after."""
        told = [
            one.replace(b"{port}", b"%d" % self.port).replace(b"{canary}", CANARY.encode()) for one in raw
        ]
        self.answers[f"/{path}"] = told

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class Handler(socketserver.StreamRequestHandler):
    """One request."""

    server: Server

    def handle(self) -> None:
        head = b""
        while (line := self.rfile.readline(70_000)).strip():
            head += line
        path = head.split(b" ", 2)[1].decode("latin-1") if head else ""
        self.server.log.append((time.monotonic(), path))
        self.server.headers.append(head)
        raws = self.server.answers.get(path, [answer(b"", "404 Not Found")])
        raw = raws.pop(0) if len(raws) > 1 else raws[0]
        try:
            self.wfile.write(raw)
            if path == "/lent":
                time.sleep(3)
        except OSError:
            return  # it has heard enough


@pytest.fixture
def site() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def user(tmp_path: Path, site: Server) -> Crawl:
    """A user who has made the exception that a loopback needs."""
    allowed = {"HEMERO_ALLOW_ADDRESSES": "127.0.0.1/32,127.0.1.0/24", "HEMERO_ALLOW_PORTS": str(site.port)}
    return Crawl(tmp_path, site, {"HEMERO_PROXY": "", **allowed})  # type: ignore[arg-type]


def read(
    user: Crawl, *urls: str, code: int | None = None, settings: tuple[str, ...] = QUICK
) -> dict[str, Any]:
    """Crawl addresses; what became of each."""
    (user.folder / "urls.txt").write_text("\n".join(urls) + "\n", "utf-8")
    done = user.scrapy("page", "-a", f"urls={user.folder}/urls.txt", *settings, code=code)
    (user.folder / "crawl.log").write_text(done.stderr, "utf-8")
    return {row["url"]: row for row in user.rows("select * from outcomes")}


def test_every_address_ends_as_it_should(user: Crawl, site: Server) -> None:
    with Server(CANARY, site.port) as canary:
        for name, (raw, _) in CASES.items():
            site.says(name, raw)
        for number in range(6):
            site.says(f"saut-{number}", to(f"/saut-{number - 1}" if number else "/entier"))
        got = read(user, *(site.url(name) for name in CASES), f"http://{CANARY}:{site.port}/canari")
        assert {name: got[site.url(name)]["outcome"] for name in CASES} == {
            name: expected for name, (_, expected) in CASES.items()
        }
        assert got[f"http://{CANARY}:{site.port}/canari"]["outcome"] == "address_refused"
        assert not canary.log
    kept = b"".join(
        file.read_bytes() for file in user.folder.iterdir() if file.is_file() and file.name != "urls.txt"
    )
    assert b"MOTDEPASSE" not in kept
    assert not [
        head for head in site.headers if b"Cookie" in head or b"Authorization" in head or b"Referer" in head
    ]
    assert not [row["reason"] for row in got.values() if "Failure" in row["reason"]]
    assert got[site.url("coupe")]["reason"] == "the answer stopped before its end"
    user.hemero("archive", "verify", "--all")  # reads what the crawl has read
    [row] = user.rows("select redirects from fetch where url like '%/six-sauts'")
    assert row["redirects"].count("302 ") == 6
    assert {path for _, path in site.log} >= {f"/{name}" for name in CASES}


def test_without_the_exception_nothing_is_asked(user: Crawl, site: Server) -> None:
    user.env = {"HEMERO_PROXY": ""}
    got = read(user, site.url("entier"), f"http://localhost:{site.port}/entier", "http://[::1]/")
    assert {row["outcome"] for row in got.values()} == {"address_refused"}
    assert not site.log


def test_retry_after_pauses_the_whole_origin(user: Crawl, site: Server) -> None:
    site.says("plus-tard", answer(b"", "429 Too Many Requests", "Retry-After: 2"))
    site.says("entier", answer())
    got = read(user, site.url("plus-tard"), site.url("entier"), settings=(*QUICK, "-s", "BACKOFF_MAX=1"))
    assert got[site.url("plus-tard")]["outcome"] == "retry_later"
    assert got[site.url("entier")]["outcome"] == "stored"
    times = {path: at for at, path in site.log}
    assert times["/entier"] - times["/plus-tard"] >= 2


def test_an_origin_that_asks_for_an_hour_is_probed_and_left_alone(user: Crawl, site: Server) -> None:
    later = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1), usegmt=True)
    site.says("plus-tard", answer(b"", "503 Service Unavailable", f"Retry-After: {later}"))
    site.says("entier", answer())
    site.says("robots.txt", answer(b"", "404 Not Found"), answer(b"", "503 Service Unavailable"))
    patience = (*QUICK, "-s", "ORIGIN_PATIENCE=0.2")
    got = read(user, site.url("plus-tard"), site.url("entier"), code=7, settings=patience)
    assert {row["outcome"] for row in got.values()} == {"retry_later"}
    assert [path for _, path in site.log].count("/entier") == 0
    now = dt.datetime.now(dt.UTC).isoformat()
    assert all(row["next_attempt_at"] > now for row in got.values())
    asked = len(site.log)
    read(user, site.url("entier"), code=7, settings=patience)  # the next run keeps the pause
    assert len(site.log) == asked


class Late:
    """A middleware that waits for something when another request is refused."""

    async def process_request(self, request: Request) -> None:
        if request.url.endswith("/entier"):
            await asyncio.sleep(1)


class Addon:
    def update_settings(self, settings: BaseSettings) -> None:
        settings["DOWNLOADER_MIDDLEWARES"][Late] = 700


@pytest.mark.parametrize("patience", ["0.2", "3"])
def test_what_passed_before_the_pause_comes_back(user: Crawl, site: Server, patience: str) -> None:
    site.says("plus-tard", answer(b"", "503 Service Unavailable", "Retry-After: 3000"))
    site.says("entier", answer())
    site.says("robots.txt", answer(b"", "404 Not Found"), answer(b"", "503 Service Unavailable"))
    addon = f'ADDONS={{"{__name__}.Addon": 0}}'
    settings = (*QUICK, "-s", f"ORIGIN_PATIENCE={patience}", "-s", addon)
    got = read(user, site.url("plus-tard"), site.url("entier"), code=7, settings=settings)
    assert {row["outcome"] for row in got.values()} == {"retry_later"}
    assert [path for _, path in site.log].count("/entier") == 0


def test_an_origin_that_fails_in_a_row_is_left_alone(user: Crawl, site: Server) -> None:
    names = [f"panne-{number}" for number in range(12)]
    for name in names:
        site.says(name, answer(b"", "500 Internal Server Error"))
    site.says("robots.txt", answer(b"", "404 Not Found"), answer(b"", "500 Internal Server Error"))
    few = (
        "-s",
        "RETRY_TIMES=0",
        "-s",
        "BREAKER_FAILURES=3",
        "-s",
        "BACKOFF_MAX=0.1",
        "-s",
        "ORIGIN_PATIENCE=0.5",
    )
    got = read(user, *(site.url(name) for name in names), code=7, settings=(*QUICK, *few))
    assert {row["outcome"] for row in got.values()} == {"retry_later"}
    asked = [path for _, path in site.log if path.startswith("/panne")]
    assert 3 <= len(asked) <= 4  # one may have been on its way
    [origin] = user.rows("select failures, paused_until, reason from origin")
    assert origin["failures"] == len(asked)
    assert "failures in a row" in origin["reason"]


def test_a_page_that_fails_twice_is_read_the_third_time(user: Crawl, site: Server) -> None:
    failing = answer(b"", "503 Service Unavailable")
    site.says("capricieux", failing, failing, answer())
    assert read(user, site.url("capricieux"), code=0)[site.url("capricieux")]["outcome"] == "stored"
    [row] = user.rows("select redirects from fetch")
    assert row["redirects"].count("status 503") == 2


ROBOT_RULES = b"User-agent: *\nDisallow: /"
ROBOTS = {
    "404": (answer(ROBOT_RULES, "404 Not Found"), "stored"),
    "bom": (answer(b"\xef\xbb\xbfUser-agent: *\rDisallow: /\r"), "robots_denied"),
    "utf16": (answer(ROBOT_RULES.decode().encode("utf-16")), "robots_unreachable"),
    "gzip": (answer(gzip.compress(ROBOT_RULES), "200 OK", "Content-Encoding: gzip"), "robots_denied"),
    "tard": (answer(b"# x\n" * 130_000 + ROBOT_RULES), "stored"),
    "500": (answer(b"", "500 Internal Server Error"), "robots_unreachable"),
    "boucle": (to("/robots.txt"), "stored"),
    "prive": (to("http://127.0.0.66:{port}/robots.txt"), "robots_unreachable"),
    "loin": (to("http://127.0.1.99:{port}/regles"), "robots_denied"),
}  # fmt: skip


def test_robots_txt(user: Crawl, site: Server) -> None:
    expected = {}
    with ExitStack() as stack:
        for number, (raw, outcome) in enumerate(ROBOTS.values(), 1):
            server = stack.enter_context(Server(f"127.0.1.{number}", site.port))
            server.says("robots.txt", raw)
            server.says("entier", answer())
            expected[server.url("entier")] = outcome
        stack.enter_context(Server("127.0.1.99", site.port)).says("regles", answer(ROBOT_RULES))
        got = read(user, *expected)
    assert {url: row["outcome"] for url, row in got.items()} == expected
    rules = {row["robots_rule"] for row in user.rows("select robots_rule from fetch")}
    assert {"rules (200): disallow /", "allow (404)", "allow (no answer)", "refuse (500)"} <= rules


def test_a_slow_server_is_asked_less_often(user: Crawl, site: Server) -> None:
    for number in range(4):
        site.says(f"page-{number}", answer(BODY.replace(b"deux cents", b"%d cents" % number)))
    slow = (
        "-s",
        "DOWNLOAD_DELAY=0.01",
        "-s",
        "LATENCY_FACTOR=200",
        "-s",
        "PACE_MAX=0.5",
        "-s",
        "BACKOFF=0.05",
    )
    read(user, *(site.url(f"page-{number}") for number in range(4)), settings=slow)
    times = [at for at, path in site.log if path.startswith("/page")]
    assert times[-1] - times[-2] >= 0.2
