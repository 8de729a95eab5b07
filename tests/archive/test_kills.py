"""Killed at any point, on both databases: the next run finishes, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from crawler.demo.server import CATALOGUE, serve
from tests.archive.failpoints import AFTER, POINTS
from tests.archive.kills import FACTS, KILLED, User, check_recovery

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import sqlalchemy as sa

EVERY = bool(os.environ.get("HEMERO_TEST_LONG"))
"""Each point on both databases, which takes six minutes; otherwise some, in turn on one and the other."""
SOME = ("mid_member", "before_commit", "after_rotation", "mid_migration")


@pytest.fixture
def user(tmp_path: Path, empty: sa.Engine) -> Iterator[User]:
    with serve() as site:
        yield User(tmp_path, empty.url.render_as_string(hide_password=False), site)


@pytest.mark.parametrize("name", POINTS if EVERY else SOME)
def test_a_killed_run_is_made_good_by_the_next(user: User, whole: Sequence[Any], name: str) -> None:
    if not EVERY and user.url.startswith("sqlite") == SOME.index(name) % 2:
        pytest.skip("in turn on one database and on the other: HEMERO_TEST_LONG=1 for both")
    user.die_at(name)
    check_recovery(user, whole)


ERASING = [name for name in AFTER if name != "mid_switch"]


@pytest.mark.parametrize("name", ERASING if EVERY else ["mid_erasing"])
def test_an_erasure_killed_half_way_is_finished_by_the_next_run(user: User, name: str) -> None:
    user.hemero("crawl", "tribune")
    [(url,)] = user.rows("select min(url) from articles")
    command = ("crawler.cli", "erase", url, "--why", "demande du 12 mai", "--yes")
    user.run("tests.archive.failpoints", name, *command, code=KILLED)
    user.hemero("crawl", "tribune")
    assert url not in {row.url for row in user.rows(FACTS)}
    assert all(row.buried_at for row in user.rows("select buried_at from erasure"))
    assert user.rows(f"select outcome from outcomes where url = '{url}'") == [("address_refused",)]
    user.report()


def test_a_switch_killed_half_way_has_changed_nothing(user: User, tmp_path: Path) -> None:
    user.hemero("crawl", "bledi")
    before = sorted(user.rows(FACTS))
    catalogue = shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    head, _, last = (catalogue / "bledi.toml").read_text("utf-8").rpartition("[[rules]]")
    changed = f'{head}[[rules]]\ndrop = ["//article//p[1]"]\n{last}'
    (catalogue / "bledi.toml").write_text(changed, "utf-8")
    command = ("crawler.cli", "replay", "--source", "bledi", "--switch")
    dying = ("tests.archive.failpoints", "mid_switch", *command)
    user.run(*dying, code=KILLED, HEMERO_CATALOGUE=str(catalogue))
    assert sorted(user.rows(FACTS)) == before
    user.run(*command, HEMERO_CATALOGUE=str(catalogue))
    assert sorted(user.rows(FACTS)) != before
    user.report()
