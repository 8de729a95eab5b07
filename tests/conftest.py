"""Databases for every test: SQLite always, PostgreSQL where a server or its binaries are.

``engine`` is a migrated database without rows, ``empty`` one without tables; both come once a kind.
PostgreSQL is a real server, started once a session in a folder of its own, or HEMERO_TEST_POSTGRESQL_URL's,
whose user must be allowed to create databases.
"""

from __future__ import annotations

import datetime as dt
import os
import pwd
import shutil
import subprocess
import tempfile
import tomllib
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import sqlalchemy as sa

from crawler.db import session
from crawler.db.store import Store
from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Engine

# A slow machine is no failure; print_blob lets anyone repeat what was found elsewhere. CI judges the change,
# not the dice: there the examples are the same each time, everywhere else they are new ones.
hypothesis.settings.register_profile(
    "hemero",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("hemero")

KINDS = ("sqlite", "postgresql")
OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c max_connections=30"
NUMBERS = count()
FIRST = dt.datetime(2024, 1, 31, 23, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[sa.URL]:
    """A PostgreSQL server; skips where there is none to be had."""
    if given := os.environ.get("HEMERO_TEST_POSTGRESQL_URL"):
        yield sa.make_url(given).set(drivername="postgresql+psycopg")
        return
    pytest.importorskip("psycopg", reason="PostgreSQL's driver is not installed: pip install psycopg[binary]")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb") or next((str(folder / "initdb") for folder in reversed(folders)), "")
    if not found:
        absent = pytest.fail if os.environ.get("HEMERO_TEST_ALL") else pytest.skip
        absent("no PostgreSQL: neither initdb nor HEMERO_TEST_POSTGRESQL_URL is there")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        run = _as_server(Path(folder))
        data, binaries = f"{folder}/data", Path(found).parent
        run(found, "-D", data, "-A", "trust", "-U", "hemero", "-E", "UTF8", "--locale=C", "--no-sync")
        control = str(binaries / "pg_ctl")
        run(control, "-D", data, "-w", "-l", f"{folder}/log", "-o", f"{OPTIONS} -k {folder}", "start")
        try:
            yield sa.URL.create(
                "postgresql+psycopg", username="hemero", database="postgres", query={"host": folder}
            )
        finally:
            run(control, "-D", data, "-w", "-m", "immediate", "stop")


def _as_server(folder: Path) -> Callable[..., None]:
    """Runs commands as somebody whom PostgreSQL takes: it refuses root."""
    user = None
    if os.geteuid() == 0:
        user = next(name for name in ("postgres", "nobody") if _exists(name))
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)

    def run(*command: str) -> None:
        done = subprocess.run(  # noqa: PLW1510 -- checked below, with what the command said
            command,
            user=user,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"

    return run


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    file = tmp_path_factory.mktemp("template") / "hemero.db"
    made = session.engine(f"sqlite:///{file}")
    session.prepare(made)
    made.dispose()
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql: sa.URL) -> str:
    """The name of a migrated PostgreSQL database, to be copied."""
    name = _create(postgresql)
    made = session.engine(postgresql.set(database=name))
    session.prepare(made)
    made.dispose()
    return name


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated database without rows, of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "hemero.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        url = sa.make_url(f"sqlite:///{file}")
    else:
        server: sa.URL = request.getfixturevalue("postgresql")
        url = server.set(database=_create(server, request.getfixturevalue("postgresql_template")))
    made = session.engine(url)
    yield made
    made.dispose()


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables, of each kind."""
    if request.param == "sqlite":
        url = sa.make_url(f"sqlite:///{tmp_path / 'empty.db'}")
    else:
        server: sa.URL = request.getfixturevalue("postgresql")
        url = server.set(database=_create(server))
    made = session.engine(url)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    postgresql: sa.URL,
    postgresql_template: str,
) -> Iterator[list[Engine]]:
    """One migrated database of each kind, to compare."""
    file = tmp_path_factory.mktemp("both") / "hemero.db"
    shutil.copy(sqlite_template, file)
    urls: list[str | sa.URL] = [
        f"sqlite:///{file}",
        postgresql.set(database=_create(postgresql, postgresql_template)),
    ]
    made = [session.engine(url) for url in urls]
    yield made
    for one in made:
        one.dispose()


@pytest.fixture(scope="session")
def fill() -> Callable[[Engine], None]:
    """Stores the articles of corpus/articles.toml, the same on every database."""
    articles = tomllib.loads(Path(__file__).with_name("corpus").joinpath("articles.toml").read_text("utf-8"))[
        "article"
    ]

    def store_all(engine: Engine) -> None:
        store = Store(engine)
        for key in ("courrier", "depeche"):
            store.declare(key=key, name=key, home="", kind="press", country="FR", timezone="UTC")
        store.save(None, [_article(number, given) for number, given in enumerate(articles)])

    return store_all


def _article(number: int, given: dict[str, Any]) -> Article:
    given = {"access": "free", "source": "courrier", **given}
    undated, slug = given.pop("undated", False), given.pop("slug")
    at = FIRST + dt.timedelta(days=31 * number)
    fetch = Fetch(
        source=given["source"],
        url=f"https://{given['source']}.example/{slug}",
        kind="article",
        fetched_at=at,
        status=200,
        robots_rule="200: allowed",
    )
    given["body"] = f"{given['body']}\n\nFin de l'article {slug}."
    judged: dict[str, Any] = {"label": number % 3, "relevance": number / 10, "terms": ["contenus haineux"]}
    return Article(url=fetch.url, fetch=fetch, published_at=None if undated else at, **given, **judged)


def _create(server: sa.URL, template: str = "template0") -> str:
    """A new database on a server."""
    name = f"hemero_test_{os.getpid()}_{next(NUMBERS)}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {template}")
    return name
