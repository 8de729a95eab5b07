"""The gzip members of a WARC file, one after another, with what is damaged between them.

``gzip`` and ``warcio`` stop at the first bad byte, or pass over it in silence; a record that stands behind it
is still whole and still found by its offset. This walk goes on.
"""

from __future__ import annotations

import mmap
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC: Final = b"\x1f\x8b\x08"
LARGEST: Final = 256 * 1024 * 1024  # bytes of one record in clear: more is an attack


@dataclass(frozen=True, slots=True)
class Member:
    """A whole member, its CRC right."""

    offset: int
    length: int
    head: bytes  # its first ten bytes, which no CRC covers
    text: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no whole member."""

    offset: int
    length: int
    why: str  # "filled with zeros", "cut short", …


def walk(path: Path, at: int = 0) -> Iterator[Member | Damage]:
    """Every member and every damaged stretch of a file from a place on; an empty file has neither.

    :raises OSError: it cannot be read
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if not size:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            while at < size:
                found = _member(data, at)
                if isinstance(found, str):
                    end = _next(data, at + 1)
                    yield Damage(at, end - at, _why(data, at, end, found))
                    at = end
                else:
                    yield found
                    at += found.length


def _member(data: mmap.mmap, at: int) -> Member | str:
    """The member at a place, or what is wrong with it."""
    if data[at : at + 3] != MAGIC:
        return "no gzip member begins here"
    unpack, parts, size, place = zlib.decompressobj(31), [], 0, at
    try:
        while not unpack.eof and place < len(data) and size <= LARGEST:
            chunk = data[place : place + 65536]
            parts.append(unpack.decompress(chunk))
            size += len(parts[-1])
            place += len(chunk)
    except zlib.error as error:
        return f"damaged: {error}"
    if not unpack.eof:
        return "cut short" if size <= LARGEST else f"a record of more than {LARGEST} bytes"
    return Member(at, place - len(unpack.unused_data) - at, data[at : at + 10], b"".join(parts))


def _next(data: mmap.mmap, at: int) -> int:
    """Where the next whole member begins, or the end of the file."""
    while (at := data.find(MAGIC, at)) >= 0:
        found = _member(data, at)
        if not isinstance(found, str) and found.text.startswith(b"WARC/"):
            return at
        at += 1
    return len(data)


def _why(data: mmap.mmap, at: int, end: int, found: str) -> str:
    return "filled with zeros" if not data[at:end].strip(b"\0") else found
