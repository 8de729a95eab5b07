"""``hemero db``: the schema of the database."""

from __future__ import annotations

import click

from crawler import config
from crawler.db import session


@click.group()
def db() -> None:
    """Migrate the database, or check that it fits this program."""


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
        session.upgrade(engine)
        session.check(engine)
    finally:
        engine.dispose()
    click.echo(f"{engine.url.render_as_string(hide_password=True)}: up to date")


@db.command(epilog="\b\nExamples:\n  hemero db check && hemero crawl --all")
def check() -> None:
    """Say whether the schema is that of this program; if not, exit with code 4 and say what to do."""
    with session.reading(config.load().database) as engine:
        click.echo(f"{engine.url.render_as_string(hide_password=True)}: up to date")
