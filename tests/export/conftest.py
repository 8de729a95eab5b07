"""``hemero export`` on a filled database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.export.articles import runner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Engine


@pytest.fixture
def hemero(tmp_path: Path, engine: Engine, fill: Callable[[Engine], None]) -> Callable[..., Any]:
    """Runs ``hemero`` on a filled database, in a folder of its own."""
    fill(engine)
    return runner(engine.url.render_as_string(hide_password=False), tmp_path)
