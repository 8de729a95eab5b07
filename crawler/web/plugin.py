"""Datasette's hooks: our pages, headers that let no script in, links to the page of an article."""

from __future__ import annotations

import base64
import hashlib
import sys
from typing import TYPE_CHECKING, Any, Final

from datasette import handle_exception, hookimpl
from datasette.plugins import pm
from markupsafe import Markup

from crawler.web import pages
from crawler.web.metadata import LIVE_VIEWS
from crawler.web.site import Site

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable

_FACET: Final = "DATASETTE_ALLOW_FACET = true;"
"""The one script that stands inside Datasette's own pages; the policy names it by its digest."""

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' 'sha256-{base64.b64encode(hashlib.sha256(_FACET.encode()).digest()).decode()}'",
        "style-src 'self' 'unsafe-inline'",  # Datasette colours its pages by attributes
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",  # the texts are their publishers' own
}


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    """Every answer says what it may load."""
    added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

    def wrap(app: Any) -> Any:  # noqa: ANN401
        if not isinstance(datasette, Site):
            return app

        async def wrapped(scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:  # noqa: ANN401
            async def send_with_headers(event: Any) -> None:  # noqa: ANN401
                if event["type"] == "http.response.start":
                    event = {**event, "headers": [*event["headers"], *added]}
                await send(event)

            await app(scope, receive, send_with_headers)

        return wrapped

    return wrap


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:  # noqa: ANN401
    """Give a live database the names of a snapshot; it is open for reading, they live in this connection."""
    if isinstance(datasette, Site) and datasette.live and database == datasette.database:
        for name, select in LIVE_VIEWS.items():
            conn.execute(f"CREATE TEMP VIEW {name} AS {select}")


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
    """Our pages."""
    if not isinstance(datasette, Site):
        return []
    return [
        (r"^/-/article/(?P<id>\d{1,9})$", pages.article),
        (r"^/-/recherche$", pages.search),
        (r"^/-/graphiques$", pages.plots),
    ]


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:  # noqa: ANN401
    """The menu of Datasette's own pages."""
    if not isinstance(datasette, Site):
        return []
    return [
        {"href": datasette.urls.path("/-/recherche"), "label": "Recherche"},
        {"href": datasette.urls.path("/-/graphiques"), "label": "Graphiques"},
    ]


@hookimpl
def extra_template_vars(datasette: Any) -> dict[str, Any]:  # noqa: ANN401
    """What the templates name."""
    return {"hemero_database": datasette.database} if isinstance(datasette, Site) else {}


@hookimpl
def extra_css_urls(datasette: Any) -> list[str]:  # noqa: ANN401
    """One style sheet for all pages."""
    return [datasette.urls.path("/-/hemero/hemero.css")] if isinstance(datasette, Site) else []


@hookimpl
def render_cell(value: Any, column: str, datasette: Any) -> Markup | None:  # noqa: ANN401
    """The number of an article leads to its page."""
    if not isinstance(datasette, Site) or column not in {"id", "article_id"} or not isinstance(value, int):
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/-/article/{value}"), value)


def register() -> None:
    """Make these hooks known to Datasette, once; they leave every Datasette but ours alone."""
    # With rich at hand it would print every 404 with all variables: a second's work, and what they hold.
    handle_exception.rich = None
    if not pm.has_plugin("hemero"):
        pm.register(sys.modules[__name__], name="hemero")
