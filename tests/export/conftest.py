"""``hemero`` on a filled database, in this process: what its console script calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Engine

    Hemero = Callable[..., str]


@pytest.fixture
def hemero(
    tmp_path: Path,
    engine: Engine,
    fill: Callable[[Engine], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Hemero:
    """Runs ``hemero`` in a folder of its own; gives what it said."""
    fill(engine)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEMERO_DATABASE_URL", engine.url.render_as_string(hide_password=False))

    def run(*arguments: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capsys.readouterr()
        assert ended.value.code == code, err
        return out + err

    return run
