"""Killed at any point, on both databases: the next run finishes, and nothing acknowledged is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from crawler.demo.server import serve
from tests.archive.failpoints import POINTS
from tests.archive.kills import FACTS, User, check_recovery

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import sqlalchemy as sa

EVERY = bool(os.environ.get("HEMERO_TEST_LONG"))
"""Each point on both databases, which takes six minutes; otherwise some, in turn on one and the other."""
SOME = ("mid_member", "before_commit", "after_rotation", "mid_migration")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Any]:
    """What a crawl gives that nobody kills."""
    folder = tmp_path_factory.mktemp("whole")
    with serve() as site:
        user = User(folder, f"sqlite:///{folder}/hemero.db", site)
        user.hemero("crawl", "tribune")
        return user.rows(FACTS)


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
