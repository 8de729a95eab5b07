"""What may be connected to: the public internet, and the exceptions that a user names."""

from __future__ import annotations

import json
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.addresses import Wall, allowed, is_public

MANIFEST = Path(__file__).resolve().parents[2] / ".." / "shared" / "hostile" / "manifest.json"
CLOSED = (
    "127.0.0.1", "127.66", "2130706433", "0x7f.1", "0177.0.0.1", "0.0.0.0", "10.1.2.3", "172.31.255.255",
    "192.168.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "[::1]", "[::]", "[::7f00:1]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[fe80::1]",
    "[fd00::1]", "[fec0::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "[2001:0:a00:1:0:0:80ff:fffe]", "[ff02::1]",
    "localhost", "localhost.", "a.localhost", "metadata.google.internal", "imprimante.local",
    "①②⑦.⓪.⓪.①",
)  # fmt: skip
OPEN = ("93.184.216.34", "172.32.0.1", "[2606:2800:220:1:248:1893:25c8:1946]", "www.presse.example")
LOCAL = allowed("127.0.0.1/32, 127.0.1.0/24", "8765")


def test_only_the_public_internet_is_open() -> None:
    assert not [host for host in CLOSED if not Wall().refusal(f"http://{host}/")]
    assert not [host for host in OPEN if Wall().refusal(f"http://{host}/")]


def test_vectors() -> None:
    if not MANIFEST.is_file():
        pytest.skip("needs ../shared/hostile/manifest.json")
    vectors: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))["vectors"]
    for key, refused in (("addresses_refused", True), ("addresses_allowed", False)):
        for address in vectors[key]:
            host = f"[{address}]" if ":" in address else address
            assert bool(Wall().refusal(f"http://{host}/")) is refused, address


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:8765/a", ""),
        ("http://127.0.1.7:8765/a", ""),
        ("http://[::ffff:127.0.0.1]:8765/", ""),
        ("http://127.0.0.66:8765/", "127.0.0.66"),
        ("http://127.0.0.1:22/", "port 22"),
        ("http://localhost:8765/", "localhost"),
        ("http://www.presse.example:8080/", "port 8080"),
        ("file:///etc/passwd", "not an http address"),
        ("http://lecteur:secret@www.presse.example/", "user name"),
    ],
)
def test_exceptions_open_what_they_name_and_nothing_else(url: str, words: str) -> None:
    refusal = LOCAL.refusal(url)
    assert words in refusal
    assert bool(refusal) is bool(words)
    assert "secret" not in refusal


def test_a_port_that_a_source_declares_is_open() -> None:
    assert not Wall().refusal("http://www.presse.example:8080/a", frozenset({"www.presse.example:8080"}))


@pytest.mark.parametrize("networks", ["127.0.0.1/33", "ici", "127.0.0.1/8"])
def test_exceptions_that_make_no_sense(networks: str) -> None:
    with pytest.raises(ValueError, match=networks.partition("/")[0]):
        allowed(networks, "")


@given(st.integers(0, 2**32 - 1))
def test_what_an_ipv6_address_leads_to_counts(number: int) -> None:
    inner = IPv4Address(number)
    for base in (0xFFFF << 32, int(IPv6Address("64:ff9b::")), 0):
        assert not Wall().admits(str(IPv6Address(base + number))) or is_public(inner)
    assert not Wall().admits(str(IPv6Address(0x2002 << 112 | number << 80))) or is_public(inner)
