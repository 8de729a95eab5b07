"""What is wrong is said in one sentence that names the thing, before anything is asked of anybody."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess

    from tests.crawl.conftest import Crawl


def refused(done: subprocess.CompletedProcess[str], crawl: Crawl, *words: str) -> None:
    """One sentence, the thing named, no traceback, no request."""
    assert "Traceback" not in done.stderr
    said = [line for line in done.stderr.splitlines() if line.strip()]
    assert all(word in said[-1] for word in words), done.stderr
    assert not crawl.site.log


@pytest.mark.parametrize("command", [("scrapy", "crawl"), ("crawler.cli", "crawl")], ids=["scrapy", "hemero"])
class TestBothCommands:
    def test_an_unknown_source(self, crawl: Crawl, command: tuple[str, ...]) -> None:
        refused(crawl.run(*command, "lemonde_en_bref", code=2), crawl, "lemonde_en_bref")

    def test_an_unknown_key_in_a_declaration(self, crawl: Crawl, command: tuple[str, ...]) -> None:
        folder = crawl.folder / "catalogue"
        folder.mkdir()
        (folder / "courant.toml").write_text(
            'name = "Le Courant"\nhome = "https://courant.example/"\nfeed = "x"\n'
        )
        done = crawl.run(*command, "courant", code=2, HEMERO_CATALOGUE=str(folder))
        refused(done, crawl, "courant.toml", "'feed'")

    def test_a_database_that_cannot_be_reached(self, crawl: Crawl, command: tuple[str, ...]) -> None:
        url = "postgresql://hemero:secret@127.0.0.1:9/hemero"
        done = crawl.run(*command, "tribune", code=6, HEMERO_DATABASE_URL=url)
        refused(done, crawl, "127.0.0.1")
        assert "secret" not in done.stderr

    def test_a_folder_that_is_missing(self, crawl: Crawl, command: tuple[str, ...]) -> None:
        url = f"sqlite:///{crawl.folder}/nowhere/hemero.db"
        refused(crawl.run(*command, "tribune", code=3, HEMERO_DATABASE_URL=url), crawl, "nowhere")

    def test_a_schema_from_the_future(self, crawl: Crawl, command: tuple[str, ...]) -> None:
        crawl.hemero("db", "upgrade")
        crawl.change("update alembic_version set version_num = '9999'")
        refused(crawl.run(*command, "tribune", code=4), crawl, "9999")

    def test_a_schema_from_the_past(self, crawl: Crawl, command: tuple[str, ...]) -> None:
        crawl.hemero("db", "upgrade")
        crawl.run("alembic", "downgrade", "-1")
        refused(crawl.run(*command, "tribune", code=4), crawl, "hemero db upgrade")

    def test_a_setting_that_means_nothing(self, crawl: Crawl, command: tuple[str, ...]) -> None:
        refused(crawl.run(*command, "tribune", code=2, HEMERO_KEEP="some"), crawl, "HEMERO_KEEP", "'some'")


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("since=yesterday", ("since", "'yesterday'")),
        ("max_pages=0", ("max_pages", "'0'")),
        ("url=ftp://tribune.example/a", ("url", "ftp://tribune.example/a")),
        ("url=http://www.bledi.example/a,12345.html", ("bledi.example", "tribune")),
        ("urls=missing.txt", ("urls", "missing.txt")),
        ("depth=3", ("depth",)),
    ],
)
def test_an_argument_that_makes_no_sense(crawl: Crawl, argument: str, words: tuple[str, ...]) -> None:
    refused(crawl.scrapy("tribune", "-a", argument, code=2), crawl, *words)


def test_a_locked_database(crawl: Crawl) -> None:
    crawl.hemero("db", "upgrade")
    holder = sqlite3.connect(crawl.file, isolation_level=None)
    holder.execute("begin immediate")
    done = crawl.hemero("crawl", "tribune", code=5)
    holder.close()
    refused(done, crawl, "locked")


def test_alembic_says_in_one_sentence_what_is_wrong(crawl: Crawl) -> None:
    url = f"sqlite:///{crawl.folder}/nowhere/hemero.db"
    done = crawl.run("alembic", "upgrade", "head", code=255, HEMERO_DATABASE_URL=url)
    assert "Traceback" not in done.stderr
    assert done.stdout.splitlines()[-1].startswith("FAILED: ")
    assert "nowhere" in done.stdout
