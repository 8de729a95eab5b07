"""Records that must not be kept any more: each gives way to a tombstone of its own length.

No other record moves, so every offset that a database holds stays right, whenever a program is killed: a file
is either the old one or the new one.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from crawler.archive import members, records
from crawler.archive.members import Member
from crawler.archive.writer import sync_folder
from crawler.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HALF: Final = ".erasing"
"""Ends the name of a file that is not yet in the other one's place."""
HEADER: Final = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # of gzip: deflate, no flags, no time, no system (RFC 1952)
FRAME: Final = 18  # bytes: that header, CRC and size
BLOCK: Final = 65_535  # bytes of one stored block, which costs five more (RFC 1951 §3.2.4)

_FIELD: Final = re.compile(
    rb"^(WARC-Record-ID|WARC-Concurrent-To|WARC-Target-URI):\s*<?([^>\r\n]*)", re.IGNORECASE | re.MULTILINE
)


def bury(folder: Path, names: Iterable[str], addresses: Iterable[str], why: str) -> int:
    """Replace records, and what stands beside them, by tombstones; how many records those were.

    :param names: of records, without angle brackets
    :param addresses: everything that was asked of them goes too
    :raises StorageError: a file cannot be read or written; the others may have been rewritten
    """
    gone = {name.encode() for name in names}
    urls = {records.address(url).encode() for url in addresses}
    count = 0
    try:
        for half in folder.glob(f"*{HALF}"):
            half.unlink()  # of a run that was killed
        for path in sorted(folder.glob("*.warc.gz")):  # what a run still writes is not ours to touch
            if spans := _spans(path, gone, urls):
                _rewrite(path, spans, why)
                count += sum(number for _, _, number in spans)
    except OSError as error:
        raise StorageError(f"{error.filename or folder}: {error.strerror}") from error
    return count


def tombstone(length: int, why: str) -> bytes:
    """A gzip member of that many bytes: a ``metadata`` record that says when and why, and blanks.

    :raises ValueError: not even a bare record has room
    """
    blocks = -(-(length - FRAME) // (BLOCK + 5))
    size = length - FRAME - 5 * blocks
    for said in (why, ""):
        head = _head(said, 0)
        if (room := size - len(head)) >= 0:
            text = _head(said, room)
            return _stored(text, blocks)
    raise ValueError(f"no tombstone has {length} bytes")


def _head(why: str, room: int) -> bytes:
    """The record, its block filled up with so many blanks."""
    now = datetime.now(UTC)
    block = records.lines([("erased", records.instant(now)), *([("why", why)] if why else [])]) + b" " * room
    named = [
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", f"<{records.new_id()}>"),
        ("WARC-Date", records.instant(now)),
        ("Content-Type", records.FIELDS),
        ("Content-Length", f"{len(block):010}"),
    ]
    return b"WARC/1.1\r\n" + records.lines(named) + b"\r\n" + block + b"\r\n\r\n"


def _stored(text: bytes, blocks: int) -> bytes:
    """A text as a gzip member of stored blocks, whose length can be reckoned beforehand."""
    parts = [HEADER]
    for number in range(blocks):
        part = text[number * BLOCK : (number + 1) * BLOCK]
        parts.append(struct.pack("<BHH", number == blocks - 1, len(part), len(part) ^ 0xFFFF) + part)
    return b"".join(parts) + struct.pack("<II", zlib.crc32(text), len(text))


def _spans(path: Path, gone: set[bytes], urls: set[bytes]) -> list[tuple[int, int, int]]:
    """Where records go: offset, length and number of each stretch of neighbours."""
    spans: list[tuple[int, int, int]] = []
    for part in members.walk(path):
        if not isinstance(part, Member):
            continue
        said = {name.lower(): value for name, value in _FIELD.findall(part.text.partition(b"\r\n\r\n")[0])}
        record, about = said.get(b"warc-record-id", b""), said.get(b"warc-concurrent-to", b"")
        if not (record in gone or about in gone or said.get(b"warc-target-uri") in urls):
            continue
        gone.add(record)
        if spans and spans[-1][0] + spans[-1][1] == part.offset:
            offset, length, number = spans.pop()
            spans.append((offset, length + part.length, number + 1))
        else:
            spans.append((part.offset, part.length, 1))
    return spans


def _rewrite(path: Path, spans: Iterable[tuple[int, int, int]], why: str) -> None:
    """Put a copy with tombstones into a file's place."""
    half = path.with_name(path.name + HALF)
    shutil.copy2(path, half)
    with half.open("r+b") as file:
        for offset, length, _ in spans:
            file.seek(offset)
            file.write(tombstone(length, why))
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    sync_folder(path.parent)
