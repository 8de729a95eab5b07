"""The command line itself, whatever the command."""

from __future__ import annotations

import pytest

from crawler import cli


class _Interrupted:
    """Ctrl-C comes while a class is being defined."""

    def __set_name__(self, owner: type, name: str) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_while_a_command_is_being_loaded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(_module: str) -> type:
        return type("HalfLoaded", (), {"field": _Interrupted()})

    monkeypatch.setattr(cli, "import_module", load)
    with pytest.raises(SystemExit) as ended:
        cli.main(["crawl", "bladi"])
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "Aborted!"
