"""Archives of a few records, written by the product's own writer; a crawl that nothing happens to."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import brotli
import pytest

from crawler.archive import records
from crawler.archive.exchange import Exchange
from crawler.archive.verify import Report, Row, verify
from crawler.archive.writer import Writer
from crawler.demo.server import serve
from tests.archive.kills import FACTS, User

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

AT = dt.datetime(2024, 3, 1, 12, 30, 15, 250_000, tzinfo=dt.UTC)


@dataclass
class Kept:
    """An archive with the rows that a database would hold of it."""

    folder: Path
    rows: list[Row] = field(default_factory=list)

    @property
    def file(self) -> Path:
        [file] = self.folder.iterdir()
        return file

    def verify(self) -> Report:
        named = {row.file for row in self.rows}
        return verify(self.folder, named, lambda name: [row for row in self.rows if row.file == name])


def exchange(url: str, text: str = "", **changes: object) -> Exchange:
    """An answer that came compressed."""
    given: dict[str, object] = {
        "record": records.new_id(),
        "at": AT,
        "url": url,
        "method": "GET",
        "asked": [("User-Agent", "Hemero")],
        "protocol": "HTTP/1.1",
        "status": 200,
        "headers": [("Content-Type", "text/html"), ("Content-Encoding", "br")],
        "body": brotli.compress(text.encode()),
        "decisions": [("source", "courrier")],
    }
    return Exchange(**given | changes)  # type: ignore[arg-type]


def page(number: int) -> str:
    return f"<h1>Le conseil examine le texte {number}</h1>" + hashlib.sha256(bytes([number])).hexdigest() * 20


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Three pages, each with its row."""
    return write(tmp_path / "archive", 3)


def write(folder: Path, count: int, build: Callable[[int], Exchange] | None = None) -> Kept:
    """So many pages in one closed file."""
    kept, writer = Kept(folder), Writer(folder, info={"software": "test"})
    for number in range(count):
        made = build(number) if build else exchange(f"https://courrier.example/{number}", page(number))
        file, offset = writer.append(made.response())[0]
        digest = hashlib.sha256(page(number).encode()).hexdigest()
        kept.rows.append(Row(number, file, offset, made.record, f"sha256:{digest}"))
    writer.close()
    return kept


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Any]:
    """What a crawl gives that nobody kills, on a disk with room."""
    folder = tmp_path_factory.mktemp("whole")
    with serve() as site:
        user = User(folder, f"sqlite:///{folder}/hemero.db", site)
        user.hemero("crawl", "tribune")
        return user.rows(FACTS)
