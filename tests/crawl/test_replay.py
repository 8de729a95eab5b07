"""Stored captures through today's reader: the same rows from the same reader, and every change of another."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from crawler.demo.server import CATALOGUE, serve
from tests.crawl.conftest import Crawl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCES = ("bledi", "tribune")
VIEW = "select * from articles order by url"
OFFLINE = {"HEMERO_PROXY": "http://127.0.0.1:9"}  # nobody listens there


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """Two newspapers, the second edition after the first."""
    with serve() as site:
        crawl = Crawl(tmp_path_factory.mktemp("replay"), site)
        crawl.env = {"HEMERO_DATA": str(crawl.folder)}
        crawl.hemero("crawl", *SOURCES)
        site.edition = 2
        crawl.change("update page set next_due_at = '2020-01-01 00:00:00' where kind = 'article'")
        crawl.hemero("crawl", "tribune")
        yield crawl


@pytest.fixture
def copy(crawled: Crawl, tmp_path: Path) -> Crawl:
    """The same archive and database, to be changed, and no newspaper within reach."""
    shutil.copytree(crawled.folder, tmp_path / "data")
    made = Crawl(tmp_path / "data", crawled.site)
    made.env = {"HEMERO_DATA": str(made.folder)} | OFFLINE
    return made


def view(crawl: Crawl) -> list[dict[str, Any]]:
    return [dict(row) for row in crawl.rows(VIEW)]


def test_the_same_reader_gives_the_same_rows(copy: Crawl) -> None:
    before = view(copy)
    assert {row["revisions"] for row in before} == {1, 2}
    said = copy.hemero("replay", "--compare", "--switch").stdout
    assert "nothing would change" in said
    assert view(copy) == before
    [(texts, changed)] = [
        tuple(row) for row in copy.rows("select count(*), sum(changed <> '') from extraction")
    ]
    assert (texts, changed) == (len(before) + 1, 0)


def test_a_database_is_made_of_its_archive_bit_for_bit(copy: Crawl) -> None:
    before = view(copy)
    copy.file.rename(copy.folder / "lost.db")
    files = sorted(str(file) for file in (copy.folder / "archive").glob("*.warc.gz"))
    assert files
    assert f"{len(before)} articles stored" in copy.hemero("replay", *files).stdout
    for row in (after := view(copy)):
        row["id"] = next(old["id"] for old in before if old["url"] == row["url"])
    assert after == before
    copy.hemero("replay", *files)
    assert [row["revisions"] for row in view(copy)] == [row["revisions"] for row in before]


def test_another_reader_shows_exactly_its_changes(copy: Crawl, tmp_path: Path) -> None:
    """A rule for titles is declared that finds the site's name: titles change, and nothing else."""
    before, catalogue = view(copy), tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, catalogue)
    declared = (catalogue / "bledi.toml").read_text("utf-8")
    head, _, last = declared.rpartition("[[rules]]")
    (catalogue / "bledi.toml").write_text(f'{head}[[rules]]\ndrop = ["//article//p[1]"]\n{last}', "utf-8")
    file = tmp_path / "changes.csv"
    said = copy.scrapy("replay", HEMERO_CATALOGUE=str(catalogue))
    assert view(copy) == before, said.stderr
    command = ("replay", "--source", "bledi", "--compare", "--export", str(file))
    copy.hemero(*command, HEMERO_CATALOGUE=str(catalogue))
    with file.open(encoding="utf-8") as lines:
        changes = list(csv.DictReader(lines))
    assert changes
    assert {change["source"] for change in changes} == {"bledi"}
    assert view(copy) == before
    copy.hemero("replay", "--source", "bledi", "--switch", HEMERO_CATALOGUE=str(catalogue))
    after = view(copy)
    differing = {
        (new["url"], name)
        for old, new in zip(before, after, strict=True)
        for name in new
        if old[name] != new[name]
    }
    named = {"score": "relevance"}
    told = {(change["url"], named.get(change["field"], change["field"])) for change in changes}
    assert differing == {(url, name) for url, name in told if name in before[0]}
    copy.hemero("replay", "--switch")
    assert view(copy) == before
    data = copy.folder / "changes.json"
    copy.hemero("replay", "--export", str(data), "--since", "2999-01-01")
    assert "bladdi: nothing is held" in copy.hemero("replay", "--source", "bladdi").stderr
    assert json.loads(data.read_text("utf-8")) == []


def test_without_a_database_nothing_is_read_and_none_is_made(tmp_path: Path, crawled: Crawl) -> None:
    bare = Crawl(tmp_path, crawled.site)
    bare.env = {"HEMERO_DATA": str(tmp_path)} | OFFLINE
    before = set(tmp_path.iterdir())
    assert "there is no database yet" in bare.hemero("replay", code=6).stderr
    assert set(tmp_path.iterdir()) == before


def test_a_capture_that_is_lost_is_told_and_the_others_are_read(copy: Crawl) -> None:
    [row] = copy.rows("select url, warc_file, warc_offset from articles where source = 'bledi' limit 1")
    with (copy.folder / "archive" / row["warc_file"]).open("r+b") as file:
        file.seek(row["warc_offset"] + 60)
        file.write(b"\0" * 20)
    said = copy.hemero("replay", "--source", "bledi", code=7)
    assert row["warc_file"] in said.stderr
    texts = len(copy.rows("select * from articles where source = 'bledi'"))
    assert [tuple(row) for row in copy.rows("select count(*) from extraction")] == [(texts - 1,)]


def test_a_source_that_is_no_longer_declared_is_told_once(copy: Crawl, tmp_path: Path) -> None:
    (tmp_path / "catalogue").mkdir()
    shutil.copy(CATALOGUE / "bledi.toml", tmp_path / "catalogue")
    copy.env["HEMERO_CATALOGUE"] = str(tmp_path / "catalogue")
    said = copy.hemero("replay").stderr
    assert said.count("tribune") == 1
    assert "read as those of an unknown site" in said
