"""The command line, run as a user runs it, on a filled database."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Engine

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def hemero(tmp_path: Path, engine: Engine, fill: Callable[[Engine], None]) -> Run:
    """Runs ``hemero`` on a filled database, in a folder of its own."""
    fill(engine)
    url = engine.url.render_as_string(hide_password=False)
    bare = {key: value for key, value in os.environ.items() if not key.startswith("HEMERO_")}

    def run(
        *arguments: str, code: int = 0, answer: str | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "crawler.cli", *arguments],
            env=bare | {"HEMERO_DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)} | env,
            cwd=tmp_path,
            input=answer,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run
