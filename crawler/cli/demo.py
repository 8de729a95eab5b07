"""``hemero demo``: the main job on this machine alone."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.demo.server import CATALOGUE, NEWSPAPERS, serve
from crawler.errors import ConfigurationError

FILE: Final = "hemero-demo.db"
ARCHIVE: Final = "hemero-demo-archive"
QUERY: Final = '"retrait de contenus" OR "contre-discours"'

ASK: Final = "select source, count(*), sum(words) from articles group by source"

EXAMPLES: Final = """
\b
Examples:
  hemero demo
  hemero demo --folder /tmp
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    show_default="this one",
    help=f"Where to write {FILE} and {ARCHIVE}.",
)
def demo(folder: Path) -> int:
    """Crawl six invented newspapers into a fresh database, and show what a query gives.

    The newspapers are served on the loopback: nothing leaves this machine. Five of them are declared sources,
    which 'hemero crawl' walks; pages of the sixth, which nobody declares, are read by 'scrapy crawl page'.
    The exit code is that of the crawl.
    """
    file = folder / FILE
    _make_room(file)
    with serve() as site:
        user = {
            "HEMERO_ARCHIVE_FOLDER": str(folder / ARCHIVE),
            "HEMERO_CATALOGUE": str(CATALOGUE),
            "HEMERO_DATA": str(folder),
            "HEMERO_DATABASE_URL": f"sqlite:///{file}",
            "HEMERO_KEEP": "all",
            "HEMERO_PROXY": site.proxy,
            "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        }
        keys = sorted(declaration.stem for declaration in CATALOGUE.glob("*.toml"))
        code = _run(user, "crawler.cli", "crawl", *keys)
        code = code or _run(user, "scrapy", "crawl", "page", "-a", f"url={_undeclared(keys)}", "-L", "ERROR")
    if code == 0:
        _show(file, user)
    return code


def _make_room(file: Path) -> None:
    """Remove the database of an earlier demo.

    :raises ConfigurationError: the file holds anything else
    """
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            (others,) = database.execute(
                "select count(*) from page where url not like 'http://%.example/%'"
            ).fetchone()
    except sqlite3.Error as error:
        raise ConfigurationError(f"{file}: no demo database, so it is not replaced: {error}") from error
    if others:
        raise ConfigurationError(f"{file}: holds {others} pages beside the demo's, so it is not replaced")
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
    shutil.rmtree(file.with_name(ARCHIVE), ignore_errors=True)


def _undeclared(keys: list[str]) -> str:
    """The articles of the newspaper that no file declares."""
    expected = json.loads((NEWSPAPERS / "expected.json").read_text("utf-8"))
    return " ".join(article["url"] for article in expected if article["source"] not in keys)


def _run(user: dict[str, str], module: str, *arguments: str) -> int:
    """Run a command as its user would, in a process of its own; return its exit code."""
    typed = shlex.join([module.replace("crawler.cli", "hemero"), *arguments])
    click.secho(f"$ {textwrap.shorten(typed, 100, placeholder=' …')}", bold=True)
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=os.environ | user, check=False).returncode  # noqa: S603 -- our own


def _show(file: Path, user: dict[str, str]) -> None:
    """The stored articles, a query, and how to go on."""
    table = Table("published", "source", "title", "words", "label", box=None)
    for column in table.columns:
        column.no_wrap = column.header != "title"
    with closing(sqlite3.connect(file)) as database:
        for row in database.execute(
            "select substr(published_at, 1, 10), source, title, words, label from articles order by 1, 3"
        ):
            table.add_row(*(Text("" if value is None else str(value)) for value in row))
    Console().print(table)
    click.echo(f"{table.row_count} articles; label 0 is not relevant, 1 and 2 are\n")
    _run(user, "crawler.cli", "search", QUERY, "--limit", "5")
    click.echo("\nThe database is yours to ask:")
    click.echo(f"  sqlite3 {file} {shlex.quote(ASK)}")
    hemero = "hemero" if shutil.which("hemero") else os.path.relpath(Path(sys.executable).with_name("hemero"))
    folders = {"HEMERO_ARCHIVE_FOLDER": file.with_name(ARCHIVE), "HEMERO_CATALOGUE": CATALOGUE}
    told = " ".join(f"{name}={shlex.quote(str(folder))}" for name, folder in folders.items())
    click.echo(f"  export HEMERO_DATABASE_URL=sqlite:///{file} {told}")
    click.echo(f"  {hemero} search radicalisation")
    click.echo(f"  {hemero} archive verify --all")
