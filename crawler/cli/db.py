"""``hemero db``: the schema of the database, and copies of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn

from crawler import config
from crawler.db import session
from crawler.db.copy import copy as copy_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.db.sql import Progress as ShowProgress


@contextmanager
def _progress(what: str) -> Iterator[ShowProgress]:
    """What is being written and how many rows were, on a terminal only."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), "{task.description}", "{task.completed:,} rows", TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        task = shown.add_task(what, total=None)
        yield lambda what, rows: shown.update(task, advance=rows, description=what)


@click.group()
def db() -> None:
    """Migrate the database, check that it fits this program, or copy it."""


@db.command(
    epilog="\b\nExamples:\n  hemero db upgrade\n  HEMERO_DATABASE_URL=postgresql:///news hemero db upgrade"
)
def upgrade() -> None:
    """Bring the database to the newest schema; an empty or missing one is made.

    It happens in one transaction: a migration that is cut short leaves the old schema. Make a copy of the
    database before a migration all the same.
    """
    engine = session.engine(config.load().database)
    try:
        with _progress("migrating") as progress:
            session.upgrade(engine, progress=progress)
        session.check(engine)
    finally:
        engine.dispose()
    click.echo(f"{engine.url.render_as_string(hide_password=True)}: up to date")


@db.command(epilog="\b\nExamples:\n  hemero db check && hemero crawl --all")
def check() -> None:
    """Say whether the schema is that of this program; if not, exit with code 4 and say what to do."""
    with session.reading(config.load().database) as engine:
        click.echo(f"{engine.url.render_as_string(hide_password=True)}: up to date")


@db.command(
    epilog="\b\nExamples:\n"
    "  hemero db copy sqlite:///hemero.db postgresql:///news\n"
    "  hemero db copy postgresql:///news sqlite:///copy.db"
)
@click.argument("source", metavar="SRC")
@click.argument("target", metavar="DEST")
def copy(source: str, target: str) -> None:
    """Copy a whole database to another, between SQLite and PostgreSQL or within one of them.

    DEST is empty, or missing, or holds the beginning of this very copy: one that was cut short goes on where
    it stopped. At the end every table is counted and digested on both sides; only then other commands take
    DEST. A crawl may go on while it is read; what it adds meanwhile is not copied.
    """
    made = session.engine(target)
    try:
        with session.reading(source) as held, _progress("copying") as progress:
            found = copy_all(held, made, progress)
    finally:
        made.dispose()
    for table in found:
        click.echo(f"{table.rows:>10}  {table.table:<16} {table.digest[:16]}")
    click.echo(f"{made.url.render_as_string(hide_password=True)}: a verified copy")
