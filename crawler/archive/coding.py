"""Content-Encoding undone (RFC 9110 §8.4.1): gzip, deflate, br and zstd, several of them, up to a size."""

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
    from collections.abc import Callable

LAYERS: Final = 5  # curl takes as many; more are an attack


def decode(payload: bytes, coding: str, largest: int) -> bytes:
    """The payload in clear; a stream that is cut short gives what it holds, as in a browser.

    :param coding: the header's value, such as "gzip" or "gzip, br"
    :raises ValueError: the coding is unknown or wrong, or the text is larger than ``largest``
    """
    names = [name.strip().lower() for name in coding.split(",")]
    layers = [name for name in names if name not in {"", "identity"}]
    if len(layers) > LAYERS:
        raise ValueError(f"{len(layers)} codings on top of one another")
    for name in reversed(layers):
        if name not in _CODINGS:
            raise ValueError(f"unknown Content-Encoding {name!r}")
        try:
            payload = _CODINGS[name](payload, largest) if payload else payload
        except (zlib.error, brotli.error, zstd.ZstdError) as error:
            raise ValueError(f"Content-Encoding {name}: {error}") from error
        if len(payload) > largest:
            raise ValueError(f"Content-Encoding {name}: more than {largest} bytes")
    return payload


def _gzip(payload: bytes, largest: int) -> bytes:
    """Every member of the stream; what stands behind the last one is nothing."""
    parts, size = [], 0
    while payload[:2] == b"\x1f\x8b" and size <= largest:
        unpack = zlib.decompressobj(31)
        parts.append(unpack.decompress(payload, largest + 1))
        size += len(parts[-1])
        payload = unpack.unused_data
    if not parts:
        raise ValueError("Content-Encoding gzip: it is none")
    return b"".join(parts)


def _deflate(payload: bytes, largest: int) -> bytes:
    """With zlib's header, as the RFC says, or without, as many servers send it."""
    try:
        return zlib.decompressobj().decompress(payload, largest + 1)
    except zlib.error:
        return zlib.decompressobj(-15).decompress(payload, largest + 1)


def _brotli(payload: bytes, largest: int) -> bytes:
    unpack = brotli.Decompressor()
    return bytes(unpack.process(payload, output_buffer_limit=largest + 1))


def _zstd(payload: bytes, largest: int) -> bytes:
    return zstd.ZstdDecompressor().decompress(payload, largest + 1)


_CODINGS: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
