"""Names: what is connected to is what was checked, whatever the name answers the second time."""

# ruff: noqa: N802, ANN401 -- Twisted's names and interfaces
from __future__ import annotations

from typing import Any

import pytest
from scrapy import resolver
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.middlewares.wall import WallResolver
from crawler.text.addresses import Wall

PUBLIC, PRIVATE = "93.184.216.34", "127.0.0.66"


class Names:
    """A resolver below ours, which answers as it is told: a list for each question."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.nameResolver = self  # as a reactor has it

    def resolveHostName(self, receiver: Any, name: str, port: int, *_: object) -> None:
        receiver.resolutionBegan(name)
        for host in self.answers.pop(0):
            kind = IPv6Address if ":" in host else IPv4Address
            receiver.addressResolved(kind("TCP", host, port))
        receiver.resolutionComplete()


class Connection:
    """What would connect: it hears of addresses, and of their end."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.ended = False

    def resolutionBegan(self, _resolution: object) -> None:
        """Begin."""

    def addressResolved(self, address: Any) -> None:
        self.heard.append(f"{address.host}:{address.port}")

    def resolutionComplete(self) -> None:
        self.ended = True


def ask(names: WallResolver, name: str = "presse.example") -> list[str]:
    """The addresses that a connection to a name would try."""
    connection = Connection()
    names.resolveHostName(connection, name, 443)  # type: ignore[arg-type]
    assert connection.ended
    return connection.heard


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    resolver.dnscache.clear()
    WallResolver.refused.clear()


@pytest.mark.parametrize("answer", [[PRIVATE], [PUBLIC, PRIVATE], ["::ffff:7f00:42"], ["fd00::1"], []])
def test_a_name_that_leads_inside_is_not_connected_to(answer: list[str]) -> None:
    names = WallResolver(Names(answer), 100, Wall(), "")  # type: ignore[arg-type]
    assert ask(names) == []
    assert bool(WallResolver.refused) is bool(answer)


def test_a_name_that_answers_otherwise_the_second_time() -> None:
    names = WallResolver(Names([PUBLIC], [PRIVATE]), 0, Wall(), "")  # type: ignore[arg-type]
    assert ask(names) == [f"{PUBLIC}:443"]  # the connection gets this very address
    assert ask(names) == []


def test_the_proxy_of_the_user_may_be_anywhere() -> None:
    names = WallResolver(Names([PRIVATE], [PRIVATE]), 0, Wall(), "proxy.lan")  # type: ignore[arg-type]
    assert ask(names, "proxy.lan") == [f"{PRIVATE}:443"]
    assert ask(names) == []
