"""The wall: no request leaves for an address that is not on the public internet, however it is spelled.

The middleware refuses what an address says of itself; the resolver refuses what a name resolves to, and hands
the checked addresses, and only those, to the connection: a name that answers differently the second time
(DNS rebinding) is connected to at the address that was checked.
"""

# ruff: noqa: ANN401, N802, N803 -- the names and interfaces of Twisted
from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler import config
from crawler.sources import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IAddress, IHostResolution

    from crawler.text.addresses import Wall


class AddressRefused(IgnoreRequest):
    """A request to an address that is never connected to; the message says which and why."""

    outcome = "address_refused"


class WallMiddleware:
    """Refuses schemes, ports, credentials and hosts that no page of the web has."""

    def __init__(self, wall: Wall) -> None:
        self.wall = wall

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the exceptions that a user has made."""
        return cls(config.load(crawler.settings).wall)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or refuse it."""
        if reason := self.wall.refusal(request.url, declared(request)):
            raise AddressRefused(reason)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a name that leads to a private network from one that leads nowhere."""
        host = urlsplit(request.url).hostname or ""
        if isinstance(exception, CannotResolveHostError) and host in WallResolver.refused:
            raise AddressRefused(
                f"{host} leads to {WallResolver.refused[host]}, which is no address of the public internet"
            ) from exception


def declared(request: Request) -> frozenset[str]:
    """The hosts with a port at which the request's source publishes."""
    source = request.cb_kwargs.get("source")
    if not isinstance(source, Source):
        return frozenset()
    lists = (source.home, *source.feeds, *source.sitemaps, *source.archives)
    return frozenset(urlsplit(url).netloc.lower() for url in lists)


@implementer(IHostnameResolver)
class WallResolver(CachingHostnameResolver):
    """Resolves names to IPv4 and IPv6 addresses, none of them private; a proxy is the user's own choice.

    One forbidden address among several is enough: no honest name has one.
    """

    refused: ClassVar[dict[str, str]] = {}  # name → the address that it led to

    def __init__(self, reactor: ReactorBase, cache_size: int, wall: Wall, proxy: str) -> None:
        super().__init__(reactor, cache_size)
        self.wall = wall
        self.proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Read the exceptions that a user has made."""
        settings = config.load(crawler.settings)
        proxy = urlsplit(settings.proxy).hostname or ""
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), settings.wall, proxy)

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Resolve a name; the receiver hears of no address where one of them is forbidden."""
        receiver: Any = resolutionReceiver
        if hostName != self.proxy:
            receiver = Checked(resolutionReceiver, hostName, self.wall)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class Checked:
    """Holds the answers of a resolution back until all of them are known to be public."""

    def __init__(self, receiver: Any, name: str, wall: Wall) -> None:
        self.receiver = receiver
        self.name = name
        self.wall = wall
        self.answers: list[Any] = []

    def resolutionBegan(self, resolution: Any) -> None:
        """Pass on that the resolution has begun."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        """Hold an answer back."""
        self.answers.append(address)

    def resolutionComplete(self) -> None:
        """Hand all answers on, or none."""
        forbidden = [answer.host for answer in self.answers if not self.wall.admits(answer.host)]
        if forbidden:
            WallResolver.refused[self.name] = forbidden[0]
        else:
            WallResolver.refused.pop(self.name, None)
            for answer in self.answers:
                self.receiver.addressResolved(answer)
        self.receiver.resolutionComplete()
