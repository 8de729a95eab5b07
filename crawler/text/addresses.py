"""Which network addresses a crawl may connect to: the public internet's, and no others unless allowed."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from crawler.text import urls

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS: Final = frozenset({80, 443})

TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052 §2.1): the last 32 bits are an IPv4 address."""

SPECIAL: Final = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv4Network("192.88.99.0/24"))
"""Special-purpose networks that some versions of Python call global (RFC 6890 §2.2.2, RFC 7526)."""

COMPATIBLE: Final = ipaddress.IPv6Network("::/96")
"""IPv4-compatible addresses, deprecated by RFC 4291 §2.5.5.1."""

PRIVATE_NAMES: Final = frozenset({"localhost", "local", "internal", "localdomain", "home.arpa", "intranet"})
"""Names that only mean something inside a network (RFC 6761, RFC 6762, RFC 8375; clouds: ``.internal``)."""


@dataclass(frozen=True, slots=True)
class Wall:
    """What may be connected to; ``networks`` and ``ports`` are the explicit exceptions."""

    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset()

    def admits(self, address: str) -> bool:
        """Whether an IP address may be connected to."""
        found = ipaddress.ip_address(address.partition("%")[0])
        inner = _inner(found)
        if any(one in network for network in self.networks for one in (found, inner)):
            return True
        return is_public(found) and is_public(inner)

    def refusal(self, url: str, declared: frozenset[str] = frozenset()) -> str:
        """Why an address may not be asked for; "" where nothing in its spelling forbids it.

        Only a name's resolution tells the rest: see the resolver of ``middlewares.wall``.

        :param declared: hosts with a port (``www.example.org:8080``) that a source declares
        """
        try:
            parts = urlsplit(urls.normalise(url))
        except ValueError as error:
            return str(error)
        host = (parts.hostname or "").removesuffix(".")
        if any(host == name or host.endswith(f".{name}") for name in PRIVATE_NAMES):
            return f"{host} is a name of a private network"
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if port not in PORTS | self.ports and parts.netloc not in declared:
            return f"port {port} is none of the web's"
        if _is_literal(host) and not self.admits(host):
            return f"{host} is no address of the public internet"
        return ""


def allowed(networks: str, ports: str) -> Wall:
    """The wall with the exceptions of HEMERO_ALLOW_ADDRESSES and HEMERO_ALLOW_PORTS, between commas.

    :raises ValueError: a part is neither a network such as 127.0.1.0/24 nor a port
    """
    return Wall(
        tuple(ipaddress.ip_network(part.strip()) for part in networks.split(",") if part.strip()),
        frozenset(_port(part.strip()) for part in ports.split(",") if part.strip()),
    )


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet (IANA's special-purpose registries)."""
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    local = address.is_link_local or address.is_private or getattr(address, "is_site_local", False)
    return not (special or local or not address.is_global or any(address in network for network in SPECIAL))


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address leads to, where it leads to one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in TRANSLATED or address in COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ValueError(f"{text!r} is no port")
    return int(text)
