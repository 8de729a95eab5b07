"""How databases are opened, and what their failures are called."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from crawler.db import session
from crawler.db.lock import RunLock
from crawler.db.store import Store
from crawler.errors import ConfigurationError, DatabaseError, HemeroError, LockedError, StorageError

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


def pragma(engine: Engine, name: str) -> Any:  # noqa: ANN401 -- a number or a word
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_sqlite_is_opened_as_the_design_says(empty: Engine) -> None:
    if empty.dialect.name != "sqlite":
        pytest.skip("pragmas are SQLite's")
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 15000,
        "cache_size": -4096,
    }
    assert {name: pragma(empty, name) for name in wanted} == wanted


def _make_half(engine: Engine) -> None:
    with session.writing(engine).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE half (id integer)")
        connection.exec_driver_sql("SELECT * FROM nothing")


def test_a_failed_transaction_takes_its_tables_back(empty: Engine) -> None:
    with pytest.raises(DatabaseError, match="nothing"):
        _make_half(empty)
    assert sa.inspect(empty).get_table_names() == []


def declare(store: Store) -> None:
    store.declare(key="a", name="A", home="", kind="press", country="FR", timezone="UTC")


def test_a_lock_of_another_program_is_waited_for_and_then_named(
    tmp_path: Path, sqlite_template: Path
) -> None:
    file = tmp_path / "hemero.db"
    file.write_bytes(sqlite_template.read_bytes())
    engine = session.engine(f"sqlite:///{file}")
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 50"))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedError, match=r"hemero\.db: database is locked") as caught:
        declare(Store(engine))
    assert caught.value.exit_code == 5
    assert Store(engine).validators(["https://a.example/"]) == {}  # reading goes on
    other.execute("COMMIT")
    other.close()
    declare(Store(engine))
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "kind", "said"),
    [
        ("nonsense", ConfigurationError, "sqlite:///hemero.db"),
        ("mysql://me:secret@host/news", ConfigurationError, "neither sqlite nor postgresql"),
        ("sqlite://", ConfigurationError, "needs a file"),
        ("sqlite:///hemero.db?mode=ro", ConfigurationError, "nothing can stand behind"),
        ("sqlite:////nowhere/at/all/hemero.db", StorageError, "no folder /nowhere/at/all"),
        ("sqlite:////proc/hemero.db", StorageError, "/proc/hemero.db"),
        ("postgresql://me:secret@127.0.0.1:1/news", DatabaseError, "127.0.0.1:1/news"),
        ("postgres://me:s%40cret@127.0.0.1:1/news", DatabaseError, "127.0.0.1:1/news"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_sentence(url: str, kind: type[HemeroError], said: str) -> None:
    with pytest.raises(kind, match=said) as caught, session.engine(url).connect():
        pass
    message = str(caught.value)
    assert "\n" not in message
    assert not {"secret", "s@cret", "s%40cret"}.intersection(
        message.replace(":", " ").replace("@", " ").split()
    )
    assert "cret" not in message


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="a folder, not a database"):
        session.engine(f"sqlite:///{tmp_path}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError, match="cannot be written"):
        session.engine(f"sqlite:///{tmp_path / 'hemero.db'}")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "hemero.db"
    file.write_text("Ceci n'est pas une base de données. " * 99)
    with pytest.raises(DatabaseError, match=r"hemero\.db: file is not a database"):
        session.prepare(session.engine(f"sqlite:///{file}"))


def test_a_full_disk_is_a_storage_error(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("a page limit is SQLite's")
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
    with pytest.raises(StorageError, match="full") as caught:
        Store(engine).begin(spider="x" * 1_000_000, arguments={}, version="")
    assert caught.value.exit_code == 3


def test_reading_does_not_make_a_database(tmp_path: Path) -> None:
    file = tmp_path / "hemero.db"
    with pytest.raises(DatabaseError, match="there is no database yet"), session.reading(f"sqlite:///{file}"):
        pass
    assert not file.exists()


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigurationError, match=r'pip install "hemero\[postgresql\]"'):
        session.engine("postgresql://host/news")


def test_a_server_that_drops_its_connections_is_asked_again(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no connections to drop")
    store = Store(engine)
    declare(store)
    with engine.connect() as connection:
        mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    killer = session.engine(engine.url)
    with killer.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
    killer.dispose()
    assert store.begin(spider="a", arguments={}, version="1") == 1


def test_a_signal_is_no_failure_of_the_database(engine: Engine) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    sa.event.listen(engine, "do_execute", interrupt)
    with pytest.raises(KeyboardInterrupt), engine.connect() as connection:
        connection.execute(sa.text("select 1"))


def test_a_file_that_cannot_be_written_is_read(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("files are SQLite's")
    declare(Store(engine))
    engine.dispose()
    file = Path(str(engine.url.database))
    assert not Path(f"{file}-wal").exists()
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)  # root may write everywhere
    with pytest.raises(StorageError, match="cannot be written"):
        session.engine(engine.url)
    with session.reading(engine.url) as made:
        with made.connect() as connection:
            assert connection.scalar(sa.text("SELECT count(*) FROM source")) == 1
            assert [path.name for path in file.parent.glob(f"{file.name}-*")] == []
        with pytest.raises(StorageError, match="readonly"), made.begin() as connection:
            connection.exec_driver_sql("DELETE FROM source")


def test_a_lock_whose_file_is_deleted_is_lost(tmp_path: Path) -> None:
    with RunLock(f"sqlite:///{tmp_path}/hemero.db") as lock:
        lock.take(["a"])
        lock.check()
        (tmp_path / "hemero.db.lock").unlink()
        with pytest.raises(LockedError, match=r"hemero\.db\.lock: the file was deleted"):
            lock.check()
