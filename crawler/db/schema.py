"""Migrations: bring a database to the schema of this program, or say why a crawl may not touch it.

Alembic is loaded where it is needed: a second run of a source is turned away before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

import crawler
from crawler.db.sql import unseen
from crawler.errors import SchemaError

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy.engine import Engine

    from crawler.db.sql import Progress

COMMAND: Final = "hemero db upgrade"

COPYING: Final = "copying"
"""The table that a database has as long as a copy into it is not finished."""


def upgrade(engine: Engine, revision: str = "head", progress: Progress = unseen) -> None:
    """Migrate a database to the newest schema, or to one revision, if it is not there yet.

    :param progress: called with each revision that was reached, and with the rows of an index made anew
    :raises SchemaError: the database comes from a newer program, or its migrations are in disorder
    """
    from alembic import command, util  # noqa: PLC0415 -- as said

    try:
        command.upgrade(_config(engine, progress), revision)
    except util.CommandError as error:
        check(engine)  # a newer schema has a better sentence
        raise SchemaError(f"{_name(engine)}: cannot be migrated: {error}") from error


def downgrade(engine: Engine, revision: str) -> None:
    """Migrate a database back to an older revision, or to ``base``."""
    from alembic import command  # noqa: PLC0415 -- as said

    command.downgrade(_config(engine), revision)


def check(engine: Engine) -> None:
    """Return if the schema of a database is that of this program.

    :raises SchemaError: it is older, newer or unknown; the sentence says what to do
    """
    heads, scripts = _heads(engine), _scripts(engine)
    newest = scripts.get_heads()
    where = _name(engine)
    if len(newest) != 1:
        raise SchemaError(
            f"this installation has {len(newest)} newest revisions ({', '.join(newest)}): reinstall it"
        )
    if sa.inspect(engine).has_table(COPYING):
        raise SchemaError(f"{where}: a copy into it was cut short: run 'hemero db copy' again")
    if len(heads) > 1:
        raise SchemaError(f"{where}: two histories meet in it ({', '.join(sorted(heads))}): restore a backup")
    if not heads:
        raise SchemaError(f"{where}: has no tables of Hemero: run '{COMMAND}'")
    if heads == set(newest):
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if heads <= known:
        raise SchemaError(f"{where}: its schema {heads.pop()} is older than {newest[0]}: run '{COMMAND}'")
    raise SchemaError(
        f"{where}: its schema {heads.pop()} is newer than this program, which knows {newest[0]}: "
        f"install a newer Hemero ('{COMMAND}' cannot help)"
    )


def prepare(engine: Engine) -> None:
    """Migrate an empty database and check any other: what a crawl does before its first request.

    :raises SchemaError: as ``check``
    """
    if sa.inspect(engine).get_table_names():
        check(engine)
    else:
        upgrade(engine)


def migrations() -> Path:
    """The folder of the migrations: beside the package in a clone, inside it once installed."""
    package = Path(crawler.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def _scripts(engine: Engine) -> ScriptDirectory:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 -- as said

    return ScriptDirectory.from_config(_config(engine))


def _config(engine: Engine, progress: Progress = unseen) -> Config:
    from alembic.config import Config  # noqa: PLC0415 -- as said

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.attributes |= {"engine": engine, "progress": progress}
    return config


def _heads(engine: Engine) -> set[str]:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 -- as said

    with engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads())


def _name(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
