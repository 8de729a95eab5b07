"""What a real crawl leaves in the archive, and the way from a row to its bytes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from crawler.archive.reader import Capture, captures, read
from tests.crawl.conftest import Crawl, crawl

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["crawl"]


def warcs(crawl: Crawl) -> list[Path]:
    return sorted((crawl.folder / "archive").iterdir())


def archived(crawl: Crawl) -> list[Capture]:
    return [capture for file in warcs(crawl) for capture in captures(file)]


def test_every_article_leads_to_its_bytes(crawl: Crawl) -> None:
    crawl.hemero("crawl", "tribune", "bledi")
    [file] = warcs(crawl)
    assert (file.suffix, file.stat().st_mode & 0o777) == (".gz", 0o600)
    rows = crawl.rows("select url, warc_file, warc_offset from articles")
    assert rows
    for row in rows:
        capture = read(crawl.folder / "archive" / row["warc_file"], row["warc_offset"])
        assert row["url"].rpartition("-")[2] in capture.url  # an AMP page has another address
        assert capture.headers["content-encoding"] == "gzip"
        assert capture.body.lstrip().lower().startswith(b"<!doctype html")
    for row in crawl.rows("select * from fetch where outcome = 'stored'"):
        capture = read(crawl.folder / "archive" / row["warc_file"], row["warc_offset"])
        assert capture.record == row["warc_record"]
        assert row["digest"] == f"sha256:{sha256(capture.body).hexdigest()}"
        assert row["fetched_at"][:19] == capture.fetched_at.isoformat()[:19]
    assert "/robots.txt" in {capture.url.partition(".example")[2] for capture in archived(crawl)}
