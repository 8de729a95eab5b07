"""Draws what a terminal shows, for README.md: python docs/pictures.py FOLDER.

A database of invented articles is made (``benchmarks/synthetic.py``); each command is run as a user runs it, in a
terminal of 100 columns, and what it prints becomes FOLDER/<command>.svg.
"""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from benchmarks import synthetic
from crawler.db import session

COMMANDS: Final = {
    "search": "hemero search '\"haine en ligne\" agency:AFP' --copies one --limit 3",
    "kwic": "hemero kwic 'signalement NEAR haineux' --sort right --limit 8",
    "stats": "hemero stats haine propagande --by year --limit 6",
    "cite": "hemero cite 42 --capture",
}
COLUMNS: Final = 100


def main() -> int:
    """Draw every command."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{Path(place, 'hemero.db')}"
        engine = session.engine(url)
        session.prepare(engine)
        synthetic.fill(engine, 2000)
        engine.dispose()
        for name, command in COMMANDS.items():
            draw(command, run(command, url), folder / f"{name}.svg")
    return 0


def run(command: str, url: str) -> str:
    """What a command prints on a terminal, colours included."""
    ours, theirs = pty.openpty()
    size = {"COLUMNS": str(COLUMNS), "LINES": "50", "TERM": "xterm-256color", "HEMERO_DATABASE_URL": url}
    arguments = [sys.executable, "-m", "crawler.cli", *shlex.split(command)[1:]]
    with subprocess.Popen(arguments, stdout=theirs, stderr=theirs, env=os.environ | size):
        os.close(theirs)
        printed = b""
        while part := _read(ours):
            printed += part
    os.close(ours)
    return printed.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other side has closed
        return b""


def draw(command: str, printed: str, file: Path) -> None:
    """A terminal with a command and what it printed."""
    console = Console(record=True, width=COLUMNS, file=Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text.from_ansi(printed.rstrip()))
    console.save_svg(str(file), title="Hemero", unique_id=file.stem)


if __name__ == "__main__":
    sys.exit(main())
