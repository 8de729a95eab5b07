"""Redirects are followed within the site that was asked, at most five, and never beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from crawler.sources import Source

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class RedirectRefused(IgnoreRequest):
    """A redirect that is not followed; the message says why."""

    outcome = "redirect_refused"


class SameSiteRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects, but a foreign host is refused, and each host keeps its own pace."""

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002 -- Scrapy's signature
        """Send no Referer, after a redirect as before one."""
        request.headers.pop("Referer", None)

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:  # noqa: ANN401 -- Scrapy's
        source = request.cb_kwargs.get("source")
        if isinstance(source, Source) and not source.owns(redirected.url):
            raise RedirectRefused(f"redirect to another site: {redirected.url}")
        # the slot of the host that answered would let two requests run at once on the host that is asked next
        redirected.meta.pop("download_slot", None)
        try:
            return super()._redirect(redirected, request, reason)
        except RedirectRefused:
            raise
        except IgnoreRequest as error:
            raise RedirectRefused(f"more than {self.max_redirect_times} redirects") from error
