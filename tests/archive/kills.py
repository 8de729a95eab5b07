"""A user whose runs are killed: real processes, and what database and files say afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.demo.server import CATALOGUE, Newspapers
from tests.archive.failpoints import POINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
KILLED: Final = -9
FACTS: Final = "select url, title, lead, body, authors, published_signal, words, label from articles"


@dataclass
class User:
    """A data folder, a database, the newspapers within reach."""

    folder: Path
    url: str
    site: Newspapers

    def start(self, *command: str, **env: str) -> subprocess.Popen[str]:
        """Start ``python -m …``."""
        bare = {key: value for key, value in os.environ.items() if not key.startswith(("HEMERO_", "http"))}
        mine = {
            "HEMERO_CATALOGUE": str(CATALOGUE),
            "HEMERO_DATA": str(self.folder),
            "HEMERO_DATABASE_URL": self.url,
            "HEMERO_KEEP": "all",
            "HEMERO_PROXY": self.site.proxy,
        }
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=bare | mine | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *command: str, code: int = 0, **env: str) -> str:
        """Run ``python -m …`` to its end; what it wrote."""
        process = self.start(*command, **env)
        said, _ = process.communicate(timeout=180)
        assert process.returncode == code, f"exit {process.returncode} of {command}:\n{said}"
        return said

    def hemero(self, *arguments: str, code: int = 0) -> str:
        """Run a command of hemero."""
        return self.run("crawler.cli", *arguments, code=code)

    def die_at(self, name: str) -> None:
        """Run the command of a fail point, which kills it."""
        point = POINTS[name]
        if point.first:
            self.hemero(*point.first)
        self.run("tests.archive.failpoints", name, "crawler.cli", *point.command, code=KILLED,
                 **dict(point.settings))  # fmt: skip

    def rows(self, sql: str) -> Sequence[Any]:
        """What the database says; nothing where it has no tables yet."""
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        try:
            with engine.connect() as connection:
                if not sa.inspect(connection).has_table("page"):
                    return []
                return connection.execute(sa.text(sql)).all()
        finally:
            engine.dispose()

    def acknowledged(self) -> set[tuple[Any, ...]]:
        """What a killed run had committed: fetches with their records, articles with their texts."""
        fetches = self.rows('select id, url, outcome, warc_file, warc_offset, warc_record from "fetch"')
        revisions = self.rows("select id, article_id, number, digest, title, body from revision")
        return {("fetch", *row) for row in fetches} | {("revision", *row) for row in revisions}

    def report(self, code: int = 0) -> dict[str, Any]:
        """What ``hemero archive verify --all`` says."""
        said: dict[str, Any] = json.loads(self.hemero("archive", "verify", "--all", "--json", code=code))
        return said


def check_recovery(user: User, expected: Sequence[Any]) -> None:
    """After a kill and one ordinary run: all there is to hold, with no manual step.

    :param expected: what FACTS says of a crawl that nobody killed
    """
    before = user.acknowledged()
    asked = {
        row.url for row in user.rows("select url from page where kind = 'article' and outcome <> 'pending'")
    }
    user.site.log.clear()
    user.hemero("crawl", "tribune")
    assert not before - user.acknowledged(), "what was committed is gone"
    again = {f"http://{record['host']}{record['path']}" for record in user.site.log}
    assert not again & asked, "what was stored is fetched again"
    assert sorted(user.rows(FACTS)) == sorted(expected)
    assert not user.rows("select url from page where outcome = 'pending'")
    report = user.report()
    assert report["unarchived"] == 0
    assert not list((user.folder / "archive").glob("*.open"))
