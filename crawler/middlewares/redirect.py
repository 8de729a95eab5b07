"""Redirects are followed within the site that was asked, at most five, each hop checked and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from crawler import config
from crawler.middlewares.wall import AddressRefused, declared
from crawler.sources import Source
from crawler.text import urls

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.text.addresses import Wall

STATUSES = frozenset({301, 302, 303, 307, 308})


class RedirectRefused(IgnoreRequest):
    """A redirect that is not followed; the message says why."""

    outcome = "redirect_refused"


class SameSiteRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects, but a foreign host is refused, and each host keeps its own pace."""

    wall: Wall

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the exceptions that a user has made to the wall."""
        made = super().from_crawler(crawler)
        made.wall = config.load(crawler.settings).wall
        return made

    def _engine_started(self) -> None:
        """Scrapy would warn that no Referer is sent: none is meant to be."""

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002 -- Scrapy's signature
        """Send no Referer, after a redirect as before one."""
        request.headers.pop("Referer", None)

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 -- Scrapy's signature
    ) -> Request | Response:
        """Follow a redirect, or refuse it with the reason."""
        if response.status not in STATUSES:
            return response
        url = self._target(request, response)
        redirects = [*request.meta.get("redirects", []), f"{response.status} {urls.shown(request.url)}"]
        request.meta["redirects"] = redirects
        followed = self._build_redirect_request(request, response, url=url)
        followed.meta["redirects"] = redirects
        # the slot of the host that answered would let two requests run at once on the host that is asked next
        followed.meta.pop("download_slot", None)
        return self._redirect(followed, request, response.status)

    def _target(self, request: Request, response: Response) -> str:
        """Where the answer leads to, if that may be followed."""
        written = response.headers.get("Location")
        if not written:
            raise RedirectRefused(f"status {response.status} without an address to go to")
        link = urljoin(request.url, _text(written))
        try:
            url = urls.normalise(link)
        except ValueError as error:
            bare = urls.without_credentials(link)
            if bare != link and (reason := self.wall.refusal(bare, declared(request))):
                raise AddressRefused(f"redirect: {reason}") from error
            raise RedirectRefused(f"redirect: {error}") from error
        if reason := self.wall.refusal(url, declared(request)):
            raise AddressRefused(f"redirect: {reason}")
        source = request.cb_kwargs.get("source")
        if isinstance(source, Source) and not source.owns(url):
            raise RedirectRefused(f"redirect to another site: {url}")
        if url == urls.normalise(request.url):
            raise RedirectRefused("redirect to itself")
        return url

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:  # noqa: ANN401 -- Scrapy's
        if redirected.url in request.meta.get("redirect_urls", []):
            raise RedirectRefused(f"redirects in circles: {redirected.url}")
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            raise RedirectRefused(f"more than {self.max_redirect_times} redirects") from error


def _text(location: bytes) -> str:
    """A Location header as text: UTF-8 as browsers read it, else each byte as it is."""
    try:
        return location.decode("utf-8")
    except UnicodeDecodeError:
        return urls.quoted(location)
