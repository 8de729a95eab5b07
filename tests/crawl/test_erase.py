"""What is erased is nowhere any more, no crawl or replay brings it back; killed half-way, it is finished."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crawler.archive.members import Member, walk
from crawler.demo.server import serve
from tests.crawl.conftest import Crawl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

URL = "http://www.tribune.example/technos-medias/moderation-le-marche-discret-de-la-detection-automatique-955730.html"
WHY = "demande de la personne, 12 mai"
FAST = ("-s", "DOWNLOAD_DELAY=0.001")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with serve() as site:
        crawl = Crawl(tmp_path_factory.mktemp("erase"), site)
        crawl.env = {"HEMERO_DATA": str(crawl.folder)}
        crawl.hemero("crawl", "tribune")
        yield crawl


@pytest.fixture
def copy(crawled: Crawl, tmp_path: Path) -> Crawl:
    shutil.copytree(crawled.folder, tmp_path / "data")
    made = Crawl(tmp_path / "data", crawled.site)
    made.env = {"HEMERO_DATA": str(made.folder)}
    return made


def traces(crawl: Crawl, word: bytes) -> list[str]:
    """Files of the user that hold words of the article, as the database writes them, or its captures."""
    found = [file.name for file in crawl.folder.glob("hemero.db*") if word in file.read_bytes()]
    for file in (crawl.folder / "archive").iterdir():
        about = f"WARC-Target-URI: {URL}\r\n".encode()
        found += [file.name for part in walk(file) if isinstance(part, Member) and about in part.text]
    return found


def assert_gone(crawl: Crawl) -> None:
    assert crawl.rows("select * from articles where url = ?", URL) == []
    assert crawl.rows("select * from fetch where url = ? and digest <> ''", URL) == []
    [page] = crawl.rows("select outcome, reason, next_due_at, title, digest from page where url = ?", URL)
    assert page["outcome"] == "address_refused"
    assert WHY in page["reason"]
    assert (page["next_due_at"], page["title"], page["digest"]) == (None, "", "")
    [erasure] = crawl.rows("select why, buried_at from erasure where subject = ?", URL)
    assert erasure["why"] == WHY
    assert erasure["buried_at"]
    crawl.hemero("archive", "verify", "--all")


def test_an_article_goes_and_does_not_come_back(copy: Crawl, tmp_path: Path) -> None:
    [article] = copy.rows("select title, body from articles where url = ?", URL)
    word = article["body"].split("\n\n")[0][:40].encode()
    others = copy.rows("select url, title, body, warc_offset from articles where url <> ? order by url", URL)
    shutil.copytree(copy.folder / "archive", tmp_path / "kept")
    assert len(traces(copy, word)) > 1
    assert "1 article, " in copy.hemero("erase", f"{URL}?utm_source=x", "--why", WHY, "--yes").stdout
    assert_gone(copy)
    assert traces(copy, word) == []
    assert "erased on" in copy.hemero("show", URL).stdout
    after = copy.rows("select url, title, body, warc_offset from articles order by url")
    assert [tuple(row) for row in after] == [tuple(row) for row in others]

    copy.site.log.clear()
    copy.hemero("crawl", "tribune")
    copy.scrapy("tribune", "-a", f"url={URL}", *FAST)
    assert not [record for record in copy.site.log if record["path"] in URL and record["path"] != "/"]
    for file in (tmp_path / "kept").glob("*.gz"):
        copy.hemero("replay", str(file))
    assert_gone(copy)
    assert copy.hemero("search", f'"{article["title"]}"').stdout == ""


def test_a_source_goes_as_a_whole(copy: Crawl) -> None:
    copy.hemero("erase", "--source", "tribune", "--why", WHY, "--yes")
    for table in ("article", "revision", "fetch", "author", "tag", "judgement", "fulltext"):
        assert copy.rows(f'select * from "{table}"') == [], table
    copy.site.log.clear()
    copy.hemero("crawl", "tribune", code=7)
    assert copy.site.log == []
    assert {row["outcome"] for row in copy.rows("select outcome from outcomes")} == {"address_refused"}


def test_nothing_is_erased_without_a_reason_or_a_yes(copy: Crawl) -> None:
    copy.hemero("erase", URL, "--why", " ", "--yes", code=2)
    copy.hemero("erase", URL, "--source", "tribune", "--why", WHY, "--yes", code=2)
    copy.hemero("erase", URL, "--why", WHY, code=130)
    assert "tribunne" in copy.hemero("erase", "--source", "tribunne", "--why", WHY, "--yes", code=2).stderr
    assert copy.rows("select * from erasure") == []


def test_an_erasure_in_advance_is_told_as_one(copy: Crawl) -> None:
    never = "http://www.tribune.example/jamais.html"
    assert "only refused from now on" in copy.hemero("erase", never, "--why", WHY, "--yes").stderr
    assert "erased on" in copy.hemero("show", never, code=2).stderr


@pytest.mark.parametrize("point", ["after_declaration", "mid_burial", "before_erasing", "mid_erasing"])
def test_what_is_killed_half_way_is_finished_by_the_next_run(copy: Crawl, point: str) -> None:
    failing = ("tests.archive.failpoints", point, "crawler.cli", "erase", URL, "--why", WHY, "--yes")
    copy.run(*failing, code=-9)
    copy.hemero("crawl", "tribune")
    assert_gone(copy)
