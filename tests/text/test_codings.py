"""Compressed bodies: whole ones are unpacked, cut ones noticed, bombs defused."""

from __future__ import annotations

import gzip
import sys
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.text.codings import LAYERS, Corrupt, TooLarge, unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 1_000_000
PAGE = "<p>Un service de signalement, ouvert à tous, reçoit trois cents messages.</p>".encode() * 40


def raw_deflate(body: bytes) -> bytes:
    """What some servers send for deflate: no zlib header, no checksum."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
}


@pytest.fixture(params=PACKERS)
def packer(request: pytest.FixtureRequest) -> tuple[str, Callable[[bytes], bytes]]:
    return PACKERS[request.param]


@given(body=st.binary(max_size=5000), name=st.sampled_from(sorted(PACKERS)))
@example(body=b"Q\xc0", name="raw deflate")  # packed, it begins as a page does
def test_what_was_packed_is_unpacked(body: bytes, name: str) -> None:
    coding, pack = PACKERS[name]
    assert unpack(pack(body), [coding], LIMIT) == (body, [])


def test_every_cut_is_noticed(packer: tuple[str, Callable[[bytes], bytes]]) -> None:
    coding, pack = packer
    packed = pack(PAGE)
    for end in range(1, len(packed)):
        with pytest.raises(Corrupt):
            unpack(packed[:end], [coding], LIMIT)


def test_a_bomb_is_refused_before_it_goes_off(packer: tuple[str, Callable[[bytes], bytes]]) -> None:
    coding, pack = packer
    with pytest.raises(TooLarge, match="1000000"):
        unpack(pack(bytes(50_000_000)), [coding], LIMIT)
    assert unpack(pack(bytes(LIMIT)), [coding], LIMIT) == (bytes(LIMIT), [])


@given(body=st.binary(min_size=1, max_size=300), coding=st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_noise_is_unpacked_or_refused(body: bytes, coding: str) -> None:
    with suppress(Corrupt, TooLarge):
        assert len(unpack(body, [coding], LIMIT)[0]) <= LIMIT


def test_odd_gzip_is_read_and_flagged() -> None:
    packed = gzip.compress(PAGE)
    wrong = packed[:-8] + bytes(byte ^ 1 for byte in packed[-8:-4]) + packed[-4:]
    assert unpack(wrong, ["gzip"], LIMIT) == (PAGE, ["gzip-checksum"])
    assert unpack(packed + b"garbage", ["gzip"], LIMIT) == (PAGE, ["gzip-trailing"])
    assert unpack(packed + bytes(512), ["gzip"], LIMIT) == (PAGE, [])
    assert unpack(packed + packed, ["x-gzip"], LIMIT) == (PAGE * 2, [])
    assert unpack(PAGE, ["gzip"], LIMIT) == (PAGE, ["not-compressed"])
    assert unpack(b"", ["gzip"], LIMIT) == (b"", [])


@pytest.mark.parametrize("method", [0, 7, 9])
def test_a_gzip_of_no_known_method_is_refused(method: int) -> None:
    packed = bytearray(gzip.compress(PAGE))
    packed[2] = method
    with pytest.raises(Corrupt, match="header"):
        unpack(bytes(packed), ["gzip"], LIMIT)


def test_layers_have_an_end() -> None:
    packed = PAGE
    for _ in range(LAYERS):
        packed = gzip.compress(packed)
    assert unpack(packed, ["gzip"] * LAYERS, LIMIT)[0] == PAGE
    with pytest.raises(Corrupt, match="6 layers"):
        unpack(gzip.compress(packed), ["gzip"] * (LAYERS + 1), LIMIT)
    with pytest.raises(Corrupt, match="unknown"):
        unpack(PAGE, ["compress"], LIMIT)
