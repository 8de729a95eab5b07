"""A real Scrapy process that crawls the bundled newspapers through their own server."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crawler.demo.server import CATALOGUE, Newspapers, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Crawl:
    """Runs of one user: a data folder, a database, the newspapers within reach."""

    folder: Path
    site: Newspapers
    env: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.folder / "hemero.db"

    def run(self, *command: str, code: int | None = 0, **env: str) -> subprocess.CompletedProcess[str]:
        """Run ``python -m …``, and hold its exit code against the expected one."""
        bare = {key: value for key, value in os.environ.items() if not key.startswith(("HEMERO_", "http"))}
        mine = {
            "HEMERO_CATALOGUE": str(CATALOGUE),
            "HEMERO_DATA": str(self.folder),
            "HEMERO_DATABASE_URL": f"sqlite:///{self.file}",
            "HEMERO_KEEP": "all",
            "HEMERO_PROXY": self.site.proxy,
            "PYTHONWARNINGS": "error",
        }
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=bare | mine | self.env | env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert code is None or done.returncode == code, (
            f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        )
        return done

    def scrapy(self, *arguments: str, code: int | None = 0, **env: str) -> subprocess.CompletedProcess[str]:
        """``scrapy crawl …``."""
        return self.run("scrapy", "crawl", *arguments, code=code, **env)

    def hemero(self, *arguments: str, code: int | None = 0, **env: str) -> subprocess.CompletedProcess[str]:
        """``hemero …``."""
        return self.run("crawler.cli", *arguments, code=code, **env)

    def rows(self, sql: str, *values: object) -> list[Any]:
        """What the database says."""
        with sqlite3.connect(self.file) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute(sql, values).fetchall()
        connection.close()
        return rows

    def change(self, sql: str, *values: object) -> None:
        """Change the database by hand."""
        with sqlite3.connect(self.file) as connection:
            connection.execute(sql, values)
        connection.close()


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    """A user with an empty folder, and the newspapers' first edition."""
    with serve() as site:
        yield Crawl(tmp_path, site)
