"""Records that give way to tombstones: the others stay where they are, whole."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import checks, members, records, tombstones
from crawler.archive.exchange import Exchange
from crawler.archive.members import Member
from crawler.archive.reader import captures, read
from crawler.archive.writer import Writer
from crawler.errors import CaptureError

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@given(st.integers(340, 400_000), st.text(max_size=40))
def test_a_tombstone_has_the_length_that_is_asked_for(length: int, why: str) -> None:
    made = tombstones.tombstone(length, why)
    assert len(made) == length
    assert gzip.decompress(made) == zlib.decompress(made, 31)
    record = checks.check(Member(0, length, made[:10], gzip.decompress(made)))
    assert (record.kind, record.wrong) == ("metadata", ())


def test_what_is_too_short_for_a_tombstone_is_refused() -> None:
    with pytest.raises(ValueError, match="60 bytes"):
        tombstones.tombstone(60, "why")


def test_only_what_is_buried_goes_and_nothing_moves(tmp_path: Path) -> None:
    writer = Writer(tmp_path, info={"software": "test"})
    places = {}
    for number in range(5):
        url = f"https://a.example/{number}"
        exchange = Exchange(
            record=records.new_id(), at=AT, url=url, method="GET", asked=[], protocol="HTTP/1.1", status=200,
            headers=[("Content-Type", "text/html")], body=f"Monsieur {number}".encode() * 99,
            decisions=[("kind", "article")],
        )  # fmt: skip
        places[url] = writer.append(exchange.response())[0]
    writer.close()
    [file] = tmp_path.glob("*.warc.gz")
    size = file.stat().st_size
    named = read(file, places["https://a.example/1"][1]).record
    assert tombstones.bury(tmp_path, {named}, {"https://a.example/3"}, "sur demande") == 6
    assert file.stat().st_size == size
    assert [one.url[-1] for one in captures(file)] == ["0", "2", "4"]
    for url, (_, offset) in places.items():
        if url[-1] in "13":
            with pytest.raises(CaptureError):
                read(file, offset)
        else:
            assert read(file, offset).url == url
    found = [part for part in members.walk(file) if isinstance(part, Member)]
    assert not [checks.check(part).wrong for part in found if checks.check(part).wrong]
    assert not [part for part in found if b"Monsieur 1" in part.text or b"example/3" in part.text]
    assert sum(b"why: sur demande" in part.text for part in found) == 2
    assert tombstones.bury(tmp_path, {named}, {"https://a.example/3"}, "sur demande") == 0
