"""``hemero serve``: the corpus in a browser."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from crawler import config
from crawler.cli.shown import counted
from crawler.db import session
from crawler.errors import ConfigurationError
from crawler.export.run import export

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

EXAMPLES: Final = """
\b
Examples:
  hemero serve                     the database in use, at http://127.0.0.1:8001/
  hemero serve corpus.db           what 'hemero export sqlite' wrote
  hemero serve --snapshot --port 8080
"""


@click.command(epilog=EXAMPLES)
@click.argument(
    "file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Another address shows the texts to others."
)
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option("--snapshot", is_flag=True, help="Show a copy as it is now, not the live SQLite file.")
@click.option(
    "--sql", is_flag=True, help="Let readers write SQL of their own: read-only, one second a query."
)
def serve(file: Path | None, *, host: str, port: int, snapshot: bool, sql: bool) -> None:
    """Show the corpus in a browser: search, articles, facets, queries, pictures; nothing can be changed.

    It is Datasette (pip install "hemero[serve]"). A SQLite database is shown as it stands, while a crawl may
    write it; of one on PostgreSQL, or where nothing may be written, a snapshot is made first. FILE is a
    snapshot that stands for itself.
    """
    site, uvicorn = _libraries()
    with ExitStack() as stack:
        if file:
            made = site.make(file, sql=sql)
        else:
            settings = config.load()
            engine = stack.enter_context(session.reading(settings.database))
            shown = Path(engine.url.database or "")
            live = engine.dialect.name == "sqlite" and not snapshot and os.access(shown.parent, os.W_OK)
            shown = shown if live else _snapshot(stack, engine, settings.archive)
            made = site.make(shown, live=live, engine=engine, sql=sql)
        click.echo(f"http://{host}:{port}/", err=True)
        uvicorn.run(made.app(), host=host, port=port, log_level="warning", lifespan="on")


def _libraries() -> tuple[Any, Any]:
    """What an installation has that was asked to serve.

    :raises ConfigurationError: it has not
    """
    try:
        import uvicorn  # noqa: PLC0415

        from crawler.web import site  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ConfigurationError(f'hemero serve needs {error.name}: pip install "hemero[serve]"') from error
    return site, uvicorn


def _snapshot(stack: ExitStack, engine: Engine, archive: Path) -> Path:
    """A snapshot that lasts as long as it is shown."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hemero-")))
    told = export(engine, "sqlite", "", folder / "hemero.db", archive=archive)
    click.echo(f"a snapshot of {counted(told['articles'], 'article')}", err=True)
    return folder / "hemero.db"
