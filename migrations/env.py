"""How Alembic reaches the database: for ``alembic`` on the command line and for ``hemero db upgrade``."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.util import CommandError

from crawler import config
from crawler.db import clusters, fulltext
from crawler.db.lock import RunLock
from crawler.db.models import Base
from crawler.db.session import engine, writing
from crawler.db.sql import unseen
from crawler.errors import HemeroError, LockedError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alembic.operations import MigrationScript
    from alembic.runtime.migration import MigrationContext, MigrationInfo
    from sqlalchemy.engine import Connection, Engine

LOCK = 4_368_365_082_702_014_836
"""Of PostgreSQL's advisory locks, the one of whoever migrates ("<hemero>" in bytes)."""


def our_engine() -> Engine:
    """The database asked for, without foreign keys on SQLite.

    Rebuilding a table there means dropping it; with foreign keys on, the rows that refer to it would go too.
    """
    given = context.config.attributes.get("engine")
    url = given.url if given is not None else context.config.attributes.get("url") or config.load().database
    return writing(engine(url, foreign_keys=False))


def is_ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Whether the models speak of it: the full-text index differs by database and is in migrations only."""
    return not (kind in {"table", "index"} and (name or "").startswith("fulltext"))


def number(ctx: MigrationContext, _revision: object, directives: Iterable[MigrationScript]) -> None:
    """Number revisions 0001, 0002, … instead of drawing a name."""
    heads = ctx.script.get_heads() if ctx.script else []
    for script in directives:
        script.rev_id = f"{int(max(heads, default='0')) + 1:04d}"


def plain_type(kind: str, thing: Any, autogen: Any) -> str | Literal[False]:  # noqa: ANN401 -- whatever Alembic renders
    """Write our column types as the plain ones they stand for: history must not import today's code."""
    if kind != "type" or not type(thing).__module__.startswith("crawler."):
        return False
    autogen.imports.add("import sqlalchemy as sa")
    return {
        "UTCDateTime": 'sa.DateTime(timezone=True).with_variant(sa.String(25), "sqlite")',
        "CleanText": "sa.Text()",
        "CleanJSON": 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")',
    }[type(thing).__name__]


def lock_runs(connection: Connection, held: ExitStack) -> None:
    """Keep every crawl away until the migration has ended: one at work would go on to write the old schema.

    Called once a step was made, since a database that is up to date may be crawled meanwhile.

    :raises LockedError: a crawl is at work; the transaction then leaves everything as it was
    """
    if not sa.inspect(connection).has_table("crawl"):
        return
    spiders = set(connection.exec_driver_sql("SELECT DISTINCT spider FROM crawl").scalars())
    if spiders:
        lock = held.enter_context(RunLock(connection.engine.url.render_as_string(hide_password=False)))
        if busy := spiders.difference(lock.take(sorted(spiders))):
            raise LockedError(f"{', '.join(sorted(busy))}: a run is at work on it: migrate when it has ended")


def migrate(connection: Connection, held: ExitStack) -> None:
    """Run what was asked for in one transaction: the old schema or the new one, nothing between."""
    progress = context.config.attributes.get("progress", unseen)

    steps = count()

    def made(step: MigrationInfo) -> None:
        if next(steps) == 0:
            lock_runs(connection, held)
        progress(f"schema {step.up_revision_id}", 0)

    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
        include_object=is_ours,
        process_revision_directives=number,
        render_item=plain_type,
        on_version_apply=lambda step, **_: made(step),
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        context.run_migrations()
        if sa.inspect(connection).has_table("fulltext"):
            fulltext.fill(connection, progress)
        if sa.inspect(connection).has_table("fingerprint"):
            clusters.fill(connection, progress)
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise SchemaError(
                    f"the migration would lose what {len(broken)} rows refer to: nothing was changed"
                )


def run() -> None:
    """Migrate the database asked for.

    :raises SchemaError: SQL alone was asked for, or rows would be lost
    """
    if context.is_offline_mode():
        raise SchemaError("migrations need the database: 'alembic upgrade --sql' is not supported")
    migrator = our_engine()
    try:
        with ExitStack() as locks, migrator.connect() as opened:
            migrate(opened, locks)
    finally:
        migrator.dispose()


try:
    run()
except HemeroError as error:
    if context.config.cmd_opts is None:  # ours: it has an exit code for each kind
        raise
    raise CommandError(str(error)) from error  # which ``alembic`` prints as one sentence
