"""Content codings (RFC 9110 §8.4), undone up to a limit; a stream that is cut is noticed."""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING, Final

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LAYERS: Final = 5
"""Codings upon one another: honest servers use one, curl takes five."""

MEMBERS: Final = 100
"""Members of one gzip stream: each costs a copy of what comes after it."""

STEP: Final = 65_536  # bytes unpacked at once

_EXTRA, _NAME, _COMMENT, _HEADER_CHECK = 4, 8, 16, 2  # flags of a gzip header (RFC 1952 §2.3.1)


class TooLarge(ValueError):
    """A body that unpacks to more than the limit."""


class Corrupt(ValueError):
    """A body that is not what its coding says, or stops before its end."""


CUT: Final = "cut"
"""The flag of a stream that stops before its end."""


def unpack(
    body: bytes, codings: Sequence[str], limit: int, *, partial: bool = False
) -> tuple[bytes, list[str]]:
    """The body without its codings, and what was odd about it.

    :param codings: in the order in which they were applied, small letters
    :param partial: of a stream that is cut, take what it holds, as a browser does
    :raises TooLarge: it unpacks to more than ``limit`` bytes
    :raises Corrupt: it cannot be unpacked, or only in part and not ``partial``
    """
    flags: list[str] = []
    named = [coding for coding in codings if coding not in {"", "identity"}]
    if len(named) > LAYERS:
        raise Corrupt(f"{len(named)} layers of compression")
    for coding in reversed(named):
        if coding not in _UNPACK:
            raise Corrupt(f"unknown content coding {coding[:40]!r}")
        if not body:
            break
        try:
            body = _unpacked(coding, body, limit, flags, partial=partial)
        except Corrupt:
            if body.lstrip()[:1] != b"<":  # as pages begin, and hardly ever a compressed stream
                raise
            flags.append("not-compressed")
    return body, flags


def _unpacked(coding: str, body: bytes, limit: int, flags: list[str], *, partial: bool) -> bytes:
    met: list[str] = []
    body = _UNPACK[coding](body, limit, met)
    if CUT in met and not partial:
        raise Corrupt(f"{coding}: the stream is cut")
    flags += met
    return body


def _gzip(body: bytes, limit: int, flags: list[str]) -> bytes:
    """Every member of a gzip file; its checksum is compared here, since zlib withholds what it fails."""
    out, rest, members = b"", body, 0
    while rest[:2] == b"\x1f\x8b":
        members += 1
        if members > MEMBERS:
            raise Corrupt(f"gzip: more than {MEMBERS} members")
        unpacked, rest = _inflated(rest[_header(rest) :], limit - len(out), "gzip", flags)
        if len(rest) < 8:
            flags.append(CUT)
        elif rest[:4] != zlib.crc32(unpacked).to_bytes(4, "little"):
            flags.append("gzip-checksum")
        out, rest = out + unpacked, rest[8:]
    if rest is body:
        raise Corrupt("gzip: not a gzip stream")
    if rest.strip(b"\0"):
        flags.append("gzip-trailing")
    return out


def _header(member: bytes) -> int:
    """Where the header of a gzip member ends."""
    if len(member) < 18 or member[2] != 8:
        raise Corrupt("gzip: the header is cut or wrong")
    at, said = 10, member[3]
    if said & _EXTRA:
        at += 2 + int.from_bytes(member[10:12], "little")
    for text in (_NAME, _COMMENT):
        if said & text:
            at = member.find(b"\0", at) + 1
            if not at:
                raise Corrupt("gzip: the header is cut")
    return at + 2 * bool(said & _HEADER_CHECK)


def _deflate(body: bytes, limit: int, flags: list[str]) -> bytes:
    """The format of zlib, or the bare stream that some servers send in its place."""
    wrapped = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    if not wrapped:
        return _inflated(body, limit, "deflate", flags)[0]
    out, rest = _inflated(body[2:], limit, "deflate", flags)
    if len(rest) < 4:
        flags.append(CUT)
    elif rest[:4] != zlib.adler32(out).to_bytes(4, "big"):
        flags.append("deflate-checksum")
    return out


def _inflated(body: bytes, limit: int, name: str, flags: list[str]) -> tuple[bytes, bytes]:
    """A deflate stream without a header, and what comes after it."""
    stream, parts, size = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
    try:
        while not stream.eof:
            part = stream.decompress(body, STEP)
            body, size = stream.unconsumed_tail, size + len(part)
            if size > limit:
                raise TooLarge(f"{name}: unpacks to more than {limit} bytes")
            parts.append(part)
            if not part and not body and not stream.eof:
                flags.append(CUT)
                break
    except zlib.error as error:
        raise Corrupt(f"{name}: {error}") from error
    return b"".join(parts), stream.unused_data


def _brotli(body: bytes, limit: int, flags: list[str]) -> bytes:
    stream, parts, size = brotli.Decompressor(), [], 0
    try:
        while not stream.is_finished():
            part = stream.process(body, output_buffer_limit=STEP)
            body, size = b"", size + len(part)
            if size > limit:
                raise TooLarge(f"br: unpacks to more than {limit} bytes")
            parts.append(part)
            if not part and not stream.is_finished():
                flags.append(CUT)
                break
    except brotli.error as error:
        raise Corrupt(f"br: {error}") from error
    return b"".join(parts)


def _zstd(body: bytes, limit: int, flags: list[str]) -> bytes:
    parts, size = [], 0
    try:
        while body:
            frame = zstd.ZstdDecompressor()
            while not frame.eof:
                part = frame.decompress(body, STEP)
                body, size = b"", size + len(part)
                if size > limit:
                    raise TooLarge(f"zstd: unpacks to more than {limit} bytes")
                parts.append(part)
                if not part and frame.needs_input and not frame.eof:
                    flags.append(CUT)
                    return b"".join(parts)
            body = frame.unused_data
    except zstd.ZstdError as error:
        raise Corrupt(f"zstd: {error}") from error
    return b"".join(parts)


_UNPACK: Final[dict[str, Callable[[bytes, int, list[str]], bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
