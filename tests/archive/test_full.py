"""A disk that takes no more: exit 3, nothing is marked as done, and the next run takes up what is left.

The limit is that of a file's size (RLIMIT_FSIZE), which needs no mount: each case lets one file reach it.
"""

from __future__ import annotations

import resource
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crawler.demo.server import serve
from tests.archive.kills import FACTS, User

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import sqlalchemy as sa


@pytest.fixture
def user(tmp_path: Path, engine: sa.Engine) -> Iterator[User]:
    with serve() as site:
        yield User(tmp_path, engine.url.render_as_string(hide_password=False), site)


@contextmanager
def limited(size: int) -> Iterator[None]:
    """Processes started meanwhile write files of so many bytes at most."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def is_resumed(user: User, full: Sequence[Any]) -> None:
    """Room is made: the next run brings what was missing, and everything is as it must be."""
    assert all(
        row.warc_record for row in user.rows("select warc_record from \"fetch\" where outcome = 'stored'")
    )
    user.hemero("crawl", "tribune")
    assert sorted(user.rows(FACTS)) == sorted(full)
    assert user.report()["unarchived"] == 0


def test_a_full_disk_under_the_archive(user: User, whole: Sequence[Any]) -> None:
    """On PostgreSQL, since the database is another process's."""
    if user.url.startswith("sqlite"):
        pytest.skip("SQLite's own file would reach the limit first")
    with limited(30_000):
        said = user.hemero("crawl", "tribune", code=3)
    assert "warc.gz: File too large" in said
    [file] = (user.folder / "archive").iterdir()
    assert file.stat().st_size <= 30_000
    assert len(user.rows("select id from article")) < len(whole)
    is_resumed(user, whole)


def test_a_full_disk_under_the_database(user: User, whole: Sequence[Any]) -> None:
    if not user.url.startswith("sqlite"):
        pytest.skip("PostgreSQL's disk is its server's: tests/db")
    file = Path(user.url.removeprefix("sqlite:///"))
    with limited(file.stat().st_size + 50_000):
        user.run("crawler.cli", "crawl", "tribune", code=3, HEMERO_ARCHIVE_SIZE="0.02")
    assert len(user.rows("select id from article")) < len(whole)
    is_resumed(user, whole)


def test_a_full_disk_under_the_log(user: User, whole: Sequence[Any]) -> None:
    if user.url.startswith("sqlite"):
        pytest.skip("as above")
    log = user.folder / "log.txt"
    log.write_bytes(b"x" * 199_000)
    with limited(200_000):
        said = user.run("scrapy", "crawl", "tribune", "-s", f"LOG_FILE={log}", code=3)
    assert "Traceback" not in said
    log.write_bytes(b"")
    is_resumed(user, whole)


def test_an_archive_that_cannot_be_written_is_found_before_the_first_request(user: User) -> None:
    (user.folder / "archive").write_text("a file where the folder must be")
    said = user.hemero("crawl", "tribune", code=3)
    assert said.strip() == f"hemero: {user.folder / 'archive'}: File exists"
    assert not user.site.log
