"""A store with two sources, on each database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.db.store import Store
from tests.db.storing import declare

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


@pytest.fixture
def store(engine: Engine) -> Store:
    made = Store(engine)
    for key in ("courrier", "depeche"):
        declare(made, key)
    return made
