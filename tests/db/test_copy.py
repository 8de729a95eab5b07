"""``hemero db copy``: between both databases, cut short and taken up, verified, and never over other data."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from crawler.cli import main
from crawler.corpus.search import search
from crawler.db import session
from crawler.db.copy import TABLES, copy
from crawler.db.models import Page
from crawler.db.views import ARTICLES
from crawler.errors import ConfigurationError, DatabaseError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.engine import Engine

    Fill = Callable[[Engine], None]


def url(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def rows(engine: Engine) -> Sequence[sa.Row[tuple[object, ...]]]:
    with engine.connect() as connection:
        return connection.execute(sa.select(ARTICLES).order_by(ARTICLES.c.id)).all()


def test_a_copy_is_what_the_source_is(
    engine: Engine, empty: Engine, fill: Fill, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(engine)
    with pytest.raises(SystemExit) as ended:
        main(["db", "copy", url(engine), url(empty)])
    assert ended.value.code == 0, capsys.readouterr().err
    assert "a verified copy" in capsys.readouterr().out
    assert rows(empty) == rows(engine)
    assert search(empty, "haine en ligne").total == search(engine, "haine en ligne").total > 0
    assert not sa.inspect(empty).has_table("copying")
    assert sum(table.rows for table in copy(engine, empty)) > 10  # a copy already: it is verified
    fill(empty)  # keys go on, and what is known is not stored twice
    assert rows(empty) == rows(engine)
    assert search(empty, "haine en ligne").total == search(engine, "haine en ligne").total


KILLED = """
import os, sys
from crawler.db import copy
copy.BATCH = 2
left = 4

def progress(table, rows):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), 9)

from crawler.db import session
copy.copy(session.engine(sys.argv[1]), session.engine(sys.argv[2]), progress)
"""


def test_a_killed_copy_goes_on_where_it_stopped(engine: Engine, empty: Engine, fill: Fill) -> None:
    fill(engine)
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", KILLED, url(engine), url(empty)], env=env, check=False)
    assert done.returncode == -9
    with pytest.raises(SchemaError, match="cut short"), session.reading(url(empty)):
        pass
    written: dict[str, int] = {}
    copy(engine, empty, lambda table, count: written.update({table: written.get(table, 0) + count}))
    with engine.connect() as connection:
        total = sum(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in TABLES)
    assert 0 < sum(count for table, count in written.items() if table != "fulltext") < total
    assert rows(empty) == rows(engine)


def test_other_data_is_never_mixed_with(engine: Engine, empty: Engine, fill: Fill) -> None:
    fill(engine)
    with pytest.raises(ConfigurationError, match="onto itself"):
        copy(engine, engine)
    with empty.begin() as connection:
        connection.execute(sa.text("CREATE TABLE mine (x integer)"))
    with pytest.raises(ConfigurationError, match="not Hemero's"):
        copy(engine, empty)
    with empty.begin() as connection:
        connection.execute(sa.text("DROP TABLE mine"))
    session.prepare(empty)
    fill(empty)
    with session.writing(empty).begin() as connection:
        connection.execute(sa.update(Page).values(title="another"))
    with pytest.raises(ConfigurationError, match="no copy of"):
        copy(engine, empty)


def test_a_source_that_changes_is_noticed(engine: Engine, empty: Engine, fill: Fill) -> None:
    fill(engine)

    def change(table: str, _rows: int) -> None:
        if table == "page":
            with session.writing(empty).begin() as connection:
                connection.execute(sa.update(Page).values(title="another"))

    with pytest.raises(DatabaseError, match="page is not what it is"):
        copy(engine, empty, change)
    with pytest.raises(SchemaError, match="cut short"), session.reading(url(empty)):
        pass
