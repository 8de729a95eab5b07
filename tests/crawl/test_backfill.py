"""Articles of the past: out of a web archive that pywb serves, Common Crawl's files, WARC files of others."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.error import URLError

import pytest

from crawler.archive.reader import captures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crawl.conftest import Crawl

KEY = "bledi"
TEXTS = """
    SELECT url, title, lead, body, authors, published_at, access FROM articles WHERE source = ? ORDER BY url
"""
LOOPBACK = {"HEMERO_PROXY": "", "HEMERO_ALLOW_ADDRESSES": "127.0.0.1/32"}


@pytest.fixture
def past(crawl: Crawl, tmp_path: Path) -> list[Path]:
    """WARC files that another crawl of the newspaper has made; the crawl's own folder is empty again."""
    crawl.scrapy(KEY)
    files = sorted((tmp_path / "archive").glob("*.warc.gz"))
    there = tmp_path / "others"
    there.mkdir()
    moved = [file.rename(there / f"other-{number}.warc.gz") for number, file in enumerate(files)]
    crawl.file.rename(there / "hemero.db")
    return moved


def expected(crawl: Crawl) -> list[Any]:
    """What the other crawl has stored."""
    connection = sqlite3.connect(crawl.folder / "others" / "hemero.db")
    rows = connection.execute(TEXTS, (KEY,)).fetchall()
    connection.close()
    return rows


def found(crawl: Crawl) -> list[Any]:
    return [tuple(row) for row in crawl.rows(TEXTS, KEY)]


@contextmanager
def pywb(folder: Path, files: list[Path]) -> Iterator[int]:
    """The port of a pywb that serves WARC files as the collection ``web``."""
    wayback, manager = shutil.which("wayback"), shutil.which("wb-manager")
    if not wayback or not manager:
        pytest.skip("pywb is not installed: pip install pywb, in an environment of its own")
    subprocess.run([manager, "init", "web"], cwd=folder, capture_output=True, check=True)
    subprocess.run([manager, "add", "web", *map(str, files)], cwd=folder, capture_output=True, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [wayback, "-p", str(port), "-b", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except URLError:
                time.sleep(0.2)
        yield port
    finally:
        server.kill()
        server.wait()


def of(port: int) -> dict[str, str]:
    """The settings for pywb's collection."""
    web = f"http://127.0.0.1:{port}/web"
    named = {"HEMERO_WAYBACK": web, "HEMERO_WAYBACK_INDEX": f"{web}/cdx"}
    return LOOPBACK | {"HEMERO_ALLOW_PORTS": str(port)} | named


def test_a_web_archive_gives_articles_of_the_past(crawl: Crawl, past: list[Path], tmp_path: Path) -> None:
    quick = ("-s", "DOWNLOAD_DELAY=0.001", "-s", "PACE_MARGIN=0")
    with pywb(tmp_path, past) as port:
        crawl.env = of(port)
        crawl.scrapy("wayback", "-a", f"source={KEY}", "-a", "max_pages=2", *quick, code=8)
        assert len(found(crawl)) == 2
        crawl.scrapy("wayback", "-a", f"source={KEY}", *quick)
        assert found(crawl) == expected(crawl)
        fetches = crawl.rows("SELECT count(*) AS n FROM 'fetch'")[0]["n"]
        crawl.scrapy("wayback", "-a", f"source={KEY}", *quick)
    told = crawl.rows(
        "SELECT 'fetch'.found_in, warc_file, next_due_at FROM 'fetch' JOIN page ON page.id = page_id "
        "WHERE source = ?",
        KEY,
    )
    assert all("id_/http" in row["found_in"] and row["warc_file"] for row in told)
    assert {row["next_due_at"] for row in told} == {None}
    asked = crawl.rows("SELECT url FROM 'fetch' ORDER BY id")[fetches:]
    assert [row["url"].split("?")[0] for row in asked] == [f"http://127.0.0.1:{port}/web/cdx"]
    assert crawl.hemero("archive", "verify", "--all").returncode == 0


def test_common_crawls_news_gives_the_pages_of_declared_sources(crawl: Crawl, past: list[Path]) -> None:
    crawl.hemero("backfill", "ccnews", str(past[0]))
    assert found(crawl) == expected(crawl)
    records = [c for file in (crawl.folder / "archive").glob("*.warc.gz") for c in captures(file)]
    originals = {c.record: c for c in captures(past[0])}
    assert records
    assert all(originals[c.record].payload == c.payload for c in records)
    assert crawl.hemero("archive", "verify").returncode == 0


def test_a_file_of_common_crawl_is_fetched_and_let_go(crawl: Crawl, past: list[Path]) -> None:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(past[0].parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/{past[0].name}"
        crawl.hemero("backfill", "ccnews", url, HEMERO_PROXY="")
        done = crawl.hemero("backfill", "ccnews", f"{url}.none", HEMERO_PROXY="", code=None)
        server.shutdown()
    assert done.returncode != 0
    assert f"{url}.none: HTTP Error 404" in done.stderr
    assert found(crawl) == expected(crawl)
    assert list((crawl.folder / "downloads").iterdir()) == []


def test_files_of_others_are_read_where_they_are(crawl: Crawl, past: list[Path]) -> None:
    crawl.hemero("backfill", "files", *map(str, past))
    assert found(crawl) == expected(crawl)
    named = {row["warc_file"] for row in crawl.rows("SELECT DISTINCT warc_file FROM articles")}
    assert named <= set(map(str, past))


class Archive(http.server.BaseHTTPRequestHandler):
    """A web archive with the Internet Archive's ways: a table, a key to go on with, and "not now"."""

    held: ClassVar[dict[str, bytes]] = {}
    refusals: ClassVar[list[int]] = []

    def do_GET(self) -> None:
        if self.path.startswith("/cdx?"):
            rows = [[name[:14], name.split("id_/")[1], "text/html", "200", name, "1"] for name in self.held]
            head = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]
            table = [head, *rows[1:]] if "resumeKey=next" in self.path else [head, *rows[:1], [], ["next"]]
            self._say(200, json.dumps(table).encode(), "application/json")
        elif self.path == "/robots.txt":
            self._say(404, b"")
        elif self.refusals:
            self._say(self.refusals.pop(), b"")
        else:
            self._say(200, self.held[self.path.removeprefix("/web/")])

    def _say(self, status: int, body: bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{text} {number}, dit la préfecture de la région.</p>" for number in range(8))
    return f"<html><body><article><h1>Un titre du {text}</h1>{paragraphs}</article></body></html>".encode()


def test_a_refusal_is_not_taken_for_a_missing_capture(crawl: Crawl) -> None:
    """Not now is no answer: the capture stays on the frontier. Texts of one article become its revisions."""
    address = "http://www.bledi.example/une-reforme,24999.html"
    Archive.held.update({f"20{year}0304050607id_/{address}": page(f"texte 20{year}") for year in (15, 18)})
    Archive.refusals.extend([429] * 20)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Archive) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        web = f"http://127.0.0.1:{server.server_port}"
        env = LOOPBACK | {"HEMERO_ALLOW_PORTS": str(server.server_port)}
        crawl.env = env | {"HEMERO_WAYBACK": f"{web}/web", "HEMERO_WAYBACK_INDEX": f"{web}/cdx"}
        command = ("wayback", "-a", f"source={KEY}", "-s", "DOWNLOAD_DELAY=0.001", "-s", "RETRY_TIMES=0")
        crawl.scrapy(*command, code=7)
        assert len(crawl.rows("SELECT 1 FROM revision")) < 2
        assert len(crawl.rows("SELECT 1 FROM outcomes WHERE outcome = 'retry_later'")) >= 1
        Archive.refusals.clear()
        crawl.change("UPDATE page SET next_due_at = first_seen_at WHERE next_due_at IS NOT NULL")
        crawl.change("DELETE FROM origin")
        crawl.scrapy(*command)
        server.shutdown()
    rows = crawl.rows(
        "SELECT title, fetched_at FROM revision JOIN 'fetch' ON 'fetch'.id = fetch_id ORDER BY 2"
    )
    assert [tuple(row) for row in rows] == [
        ("Un titre du texte 2015", "2015-03-04T05:06:07+00:00"),
        ("Un titre du texte 2018", "2018-03-04T05:06:07+00:00"),
    ]
    assert crawl.rows("SELECT title FROM articles")[0]["title"] == "Un titre du texte 2018"
