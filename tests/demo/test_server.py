"""The demo's server over real connections."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest

from crawler.demo.server import NEWSPAPERS, Newspapers, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED = "http://www.tribune.example/feed.xml"
EXPECTED = json.loads((NEWSPAPERS / "expected.json").read_text("utf-8"))


@pytest.fixture
def site() -> Iterator[Newspapers]:
    with serve() as newspapers:
        yield newspapers


def ask(site: Newspapers, url: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", site.server_port, timeout=10)
    try:
        connection.request(
            method, url, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_a_proxy_request_and_a_direct_one_give_the_same(site: Newspapers) -> None:
    status, headers, body = ask(site, FEED)
    assert status == 200
    assert headers["content-type"].startswith("application/xml")
    assert ask(site, "/feed.xml", Host="www.tribune.example")[2] == body
    assert ask(site, FEED, method="HEAD")[::2] == (200, b"")


def test_nothing_else_is_served(site: Newspapers) -> None:
    assert ask(site, "http://www.lemonde.fr/")[0] == 502
    assert ask(site, "www.tribune.example:443", method="CONNECT")[0] == 502
    for path in ("/site.toml", "/../expected.json", "/%2e%2e/expected.json", "/none"):
        assert ask(site, f"http://www.tribune.example{path}")[0] == 404


def test_what_has_not_changed_is_not_sent_again(site: Newspapers) -> None:
    _, headers, _ = ask(site, FEED)
    for condition in (
        {"If_None_Match": headers["etag"]},
        {"If_None_Match": f'"other", W/{headers["etag"]}'},
        {"If_Modified_Since": headers["last-modified"]},
    ):
        status, again, body = ask(site, FEED, **condition)
        assert (status, body, again["etag"]) == (304, b"", headers["etag"])
    assert ask(site, FEED, If_None_Match='"other"', If_Modified_Since=headers["last-modified"])[0] == 200


def test_gzip_is_sent_when_asked_for(site: Newspapers) -> None:
    _, headers, packed = ask(site, FEED, Accept_Encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == ask(site, FEED)[2]
    assert ask(site, FEED, Accept_Encoding="gzip", If_None_Match=headers["etag"])[0] == 304


def test_every_article_answers(site: Newspapers) -> None:
    for article in EXPECTED:
        status = ask(site, article["url"])[0]
        assert status == (503 if article["key"] == "puces" else 200), article["url"]
        assert ask(site, f"{article['url']}?utm_source=rss")[0] == 200


def test_special_answers(site: Newspapers) -> None:
    moved = "http://www.gendactu.example/actualites/2023/pharos-une-nuit-avec-les-veilleurs-du-net/"
    status, headers, _ = ask(site, moved)
    assert (status, ask(site, headers["location"])[0]) == (301, 200)
    assert ask(site, "http://www.bledi.example/un-article-retire,118220.html")[0] == 410
    soft = "http://www.tribune.example/technos-medias/un-forum-ferme-ses-portes-790004.html"
    assert ask(site, soft)[0] == 200
    assert "introuvable" in ask(site, soft)[2].decode()
    status, headers, raw = ask(site, next(item["url"] for item in EXPECTED if item["key"] == "sectaire"))
    assert headers["content-type"] == "text/html"
    assert "sœurs" in raw.decode("windows-1252")
    first = ask(site, "http://www.tribune.example/technos-medias-28/page-1")[2]
    assert ask(site, "http://www.tribune.example/technos-medias-28/page-2")[2] != first
    assert ask(site, "http://www.tribune.example/technos-medias-28/page-3")[2] == first


def test_the_second_edition(site: Newspapers) -> None:
    article = next(item for item in EXPECTED if item["key"] == "bilan")
    _, headers, _ = ask(site, article["url"])
    site.edition = 2
    status, later, body = ask(
        site, article["url"], If_None_Match=headers["etag"], If_Modified_Since=headers["last-modified"]
    )
    assert status == 200
    assert later["last-modified"] != headers["last-modified"]
    assert [text for text in article["second"]["body"] if text not in body.decode()] == []
    assert ask(site, FEED, If_Modified_Since=headers["last-modified"])[0] == 304


def test_the_log_tells_what_was_asked(tmp_path: Path) -> None:
    file = tmp_path / "access.jsonl"
    with serve(log_file=file) as site:
        ask(site, FEED, User_Agent="Tester", If_None_Match='"x"')
    assert [json.loads(line) for line in file.read_text("utf-8").splitlines()] == site.log
    (record,) = site.log
    assert record.items() >= {
        "method": "GET", "host": "www.tribune.example", "path": "/feed.xml", "status": 200,
        "agent": "Tester", "if_none_match": '"x"', "if_modified_since": "", "parallel": 1,
    }.items()  # fmt: skip


def test_requests_under_way_at_the_same_time_are_counted(site: Newspapers) -> None:
    slow = next(item["url"] for item in EXPECTED if item["key"] == "dsa" and item["source"] == "boursier")
    start = Barrier(3)

    def visit() -> None:
        start.wait()
        ask(site, slow)

    threads = [Thread(target=visit) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(record["parallel"] for record in site.log) > 1


def test_it_runs_as_a_process_of_its_own(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "crawler.demo", "--log", str(tmp_path / "log")]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().rpartition(":")[2])
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", FEED)
        assert connection.getresponse().status == 200
        connection.close()
        process.terminate()
