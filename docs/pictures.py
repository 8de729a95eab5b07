"""Draws what a terminal and a browser show, for README.md: python docs/pictures.py docs/pictures.

A database of invented articles is made (``benchmarks/synthetic.py``); each command is run as a user runs it, in a
terminal of 100 columns, and what it prints becomes FOLDER/<command>.svg. ``hemero serve`` shows the same database to
chromium, which takes FOLDER/<page>.png.
"""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
import tempfile
import time
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
PAGES: Final = {
    "recherche": ("1200,900", "-/recherche?q=%22haine+en+ligne%22"),
    "article": ("420,860", "-/article/42"),
}
PORT: Final = 8123


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
        photograph(url, folder)
    return 0


def photograph(url: str, folder: Path) -> None:
    """What a browser shows of the corpus, wide and on a phone."""
    served = [sys.executable, "-m", "crawler.cli", "serve", "--port", str(PORT)]
    with subprocess.Popen(
        served, stdout=subprocess.DEVNULL, env=os.environ | {"HEMERO_DATABASE_URL": url}
    ) as server:
        time.sleep(8)
        for name, (size, path) in PAGES.items():
            options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={size}"]
            picture = f"--screenshot={folder.resolve() / name}.png"
            address = f"http://127.0.0.1:{PORT}/{path}"
            subprocess.run(["chromium", *options, picture, address], check=True, capture_output=True)
        server.terminate()


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
