"""Every migration up and down with rows kept, models and migrations in step, other schemas refused."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from crawler.db import schema, session
from crawler.db.models import Base
from crawler.db.store import Store
from crawler.errors import LockedError, SchemaError
from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

NOW = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
VIEW = """
    id url source title lead body authors agency section tags published_at published_signal modified_at
    language access truncated comment_count words relevance label terms cluster_id copies revisions
    first_seen_at fetched_at warc_file warc_offset
    """.split()  # noqa: SIM905 -- as the design writes it


def revisions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(schema.migrations()))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def save_one(engine: Engine) -> None:
    store = Store(engine)
    store.declare(
        key="a", name="A", home="https://a.example/", kind="press", country="FR", timezone="Europe/Paris"
    )
    fetch = Fetch(source="a", url="https://a.example/1", kind="article", fetched_at=NOW, status=200)
    body = "La cellule de veille signale des contenus."
    item = Article(
        url=fetch.url, title="Veille", body=body, source="a", fetch=fetch, authors=["Zoé"], published_at=NOW
    )
    item.alternates = ["https://a.example/amp/1"]
    store.save(store.begin(spider="a", arguments={"n": 1}, version="1"), [item])


def content(engine: Engine) -> dict[str, dict[str, list[str]]]:
    """Table → column → its values, of those that the models have."""
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        return {
            table.name: {
                column.name: sorted(repr(row) for row in connection.execute(sa.select(column)))
                for column in table.columns
                if column.name in {one["name"] for one in inspector.get_columns(table.name)}
            }
            for table in Base.metadata.sorted_tables
            if inspector.has_table(table.name)
        }


def run(engine: Engine, query: str) -> list[sa.Row[tuple[object, ...]]]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text(query)))


def test_revisions_are_numbered() -> None:
    assert revisions() == [f"{number:04d}" for number in range(1, len(revisions()) + 1)]


@pytest.mark.parametrize("revision", revisions()[:-1])
def test_every_revision_goes_down_and_up_with_its_rows(engine: Engine, revision: str) -> None:
    save_one(engine)
    before, view = content(engine), run(engine, "SELECT * FROM articles")
    schema.downgrade(engine, revision)
    older = content(engine)
    assert older == {name: {column: before[name][column] for column in older[name]} for name in older}
    schema.upgrade(engine)
    kept, now = {(name, column) for name in older for column in older[name]}, content(engine)
    assert {name: set(now[name]) for name in now} == {name: set(before[name]) for name in before}
    assert all(now[name][column] == before[name][column] for name, column in kept)
    assert run(engine, "SELECT * FROM articles") == view
    assert run(engine, "SELECT count(*) FROM fulltext") == [(1,)]


def test_an_upgrade_says_how_far_it_is(engine: Engine) -> None:
    save_one(engine)
    schema.downgrade(engine, "0007")
    seen: list[tuple[str, int]] = []
    schema.upgrade(engine, progress=lambda what, rows: seen.append((what, rows)))
    assert seen == [
        *((f"schema {revision}", 0) for revision in revisions() if revision > "0007"),
        ("fulltext", 1),
        ("fingerprint", 1),
    ]


def test_a_database_that_a_crawl_is_at_work_on_is_not_migrated(engine: Engine) -> None:
    save_one(engine)
    schema.downgrade(engine, "0007")
    before = content(engine)
    url = engine.url.render_as_string(hide_password=False)
    code = f"from crawler.db.lock import RunLock; lock = RunLock({url!r}); lock.take('a'); print(); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        run.stdout.readline()
        with pytest.raises(LockedError, match=r"^a: .*run is at work on it"):
            schema.upgrade(engine)
        with pytest.raises(SchemaError, match="0007 is older"):
            schema.check(engine)
        assert content(engine) == before
        run.communicate("\n")
    schema.upgrade(engine)
    session.check(engine)


def test_the_first_revision_goes_down_to_nothing(engine: Engine) -> None:
    schema.downgrade(engine, "base")
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    schema.upgrade(engine)
    session.check(engine)


def test_models_equal_migrations(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"include_object": lambda _o, name, *_: not str(name).startswith("fulltext")}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []
        inspector = sa.inspect(connection)
        for table in Base.metadata.sorted_tables:
            found = {
                (c["name"], " ".join(c["sqltext"].split()).count("'"))
                for c in inspector.get_check_constraints(table.name)
            }
            declared = {
                (c.name, str(c.sqltext).count("'"))
                for c in table.constraints
                if isinstance(c, sa.CheckConstraint)
            }
            assert {name for name, _ in found} == {name for name, _ in declared}, table.name
            assert {count for _, count in found if count} == {count for _, count in declared if count}, (
                table.name
            )


def test_the_view_has_the_columns_of_the_design(engine: Engine) -> None:
    with engine.connect() as connection:
        assert list(connection.execute(sa.text("SELECT * FROM articles")).keys()) == VIEW


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(engine: Engine) -> None:
    """SQLite's batch mode drops the old table: with foreign keys on, what refers to it would go too."""
    if engine.dialect.name != "sqlite":
        pytest.skip("only SQLite rebuilds tables")
    save_one(engine)
    before = run(engine, "SELECT count(*) FROM revision")
    migrator = session.writing(session.engine(engine.url, foreign_keys=False))
    with migrator.begin() as connection:
        for view in ("clusters", "outcomes", "articles"):
            connection.exec_driver_sql(f"DROP VIEW {view}")
        with Operations(MigrationContext.configure(connection)).batch_alter_table(
            "article", recreate="always"
        ) as batch:
            batch.add_column(sa.Column("note", sa.Text()))
    migrator.dispose()
    assert run(engine, "SELECT count(*) FROM revision") == before == [(1,)]
    assert run(engine, "SELECT count(*) FROM alternate") == [(1,)]


def test_migrations_run_with_foreign_keys_off_and_a_crawl_with_them_on(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("only SQLite rebuilds tables")
    for on in (True, False):
        made = session.engine(engine.url, foreign_keys=on)
        assert run(made, "PRAGMA foreign_keys") == [(int(on),)]
        made.dispose()


def test_a_migration_that_fails_leaves_the_old_schema(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.db.fulltext.fill", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        schema.upgrade(empty)
    assert sa.inspect(empty).get_table_names() == []
    monkeypatch.undo()
    session.prepare(empty)
    session.check(empty)


def test_an_empty_database_is_prepared_and_a_ready_one_left_alone(empty: Engine) -> None:
    session.prepare(empty)
    save_one(empty)
    before = content(empty)
    session.prepare(empty)
    assert content(empty) == before


def _stamp(engine: Engine, *versions: str) -> None:
    with session.writing(engine).begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
        for version in versions:
            connection.execute(sa.text("INSERT INTO alembic_version VALUES (:v)"), {"v": version})


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        (("0001",), "older than .*hemero db upgrade"),
        (("9999",), "newer than this program"),
        (("0001", "0002"), "two histories"),
        ((), "no tables of Hemero"),
    ],
)
def test_another_schema_stops_a_crawl(engine: Engine, versions: tuple[str, ...], said: str) -> None:
    _stamp(engine, *versions)
    with pytest.raises(SchemaError, match=said) as caught:
        session.prepare(engine)
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)


def test_a_newer_schema_cannot_be_migrated(engine: Engine) -> None:
    _stamp(engine, "9999")
    with pytest.raises(SchemaError, match="9999"):
        session.upgrade(engine)


def test_migrations_do_not_import_the_program() -> None:
    for file in (schema.migrations() / "versions").glob("*.py"):
        assert "crawler" not in file.read_text("utf-8"), file.name
