"""The documents say what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import sqlalchemy as sa

from crawler import sources
from crawler.cli import COMMANDS, hemero
from crawler.corpus import codebook
from crawler.db.models import Base
from crawler.errors import HemeroError, NotAnArticle
from crawler.items import FLAGS, OUTCOMES, explained

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]


def test_what_is_made_from_the_code_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(DOCS / "build.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_codebook_has_the_columns_of_the_view(engine: sa.Engine) -> None:
    assert [column["name"] for column in sa.inspect(engine).get_columns("articles")] == list(
        codebook.ARTICLES
    )


def test_every_column_of_every_table_is_explained() -> None:
    told = tomllib.loads((DOCS / "columns.toml").read_text("utf-8"))
    tables = {table.name: {column.name for column in table.columns} for table in Base.metadata.sorted_tables}
    silent = [
        f"{table}.{column}"
        for table, columns in tables.items()
        for column in columns
        if column not in told.get(table, {}) and column not in told["common"]
    ]
    assert silent == [], "docs/columns.toml says nothing of them"
    gone = [
        f"{table}.{column}"
        for table in told.keys() - {"common"}
        for column in told[table].keys() - tables[table]
    ]
    assert gone == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = hemero.get_command(click.Context(hemero), name)
    assert command is not None
    found = list(command.commands.values()) if isinstance(command, click.Group) else [command]
    for one in found:
        assert one.help
        assert f"hemero {name}" in (one.epilog or ""), f"hemero {name} {one.name} has no example"


def test_every_outcome_and_exit_code_is_explained() -> None:
    text = (DOCS / "operations.md").read_text("utf-8")
    assert [outcome for outcome in OUTCOMES if f"`{outcome}`" not in text] == []
    codes = {kind.exit_code for kind in HemeroError.__subclasses__() if kind is not NotAnArticle}
    assert [code for code in codes if f"| {code} |" not in text] == []


def test_every_key_of_a_declaration_is_explained() -> None:
    text = (DOCS / "adding-a-source.md").read_text("utf-8")
    keys = set(sources.Source.__dataclass_fields__) - {"key", "rules", "listings"}
    assert [key for key in keys if f"`{key}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert link.startswith("http") or (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_readmes_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [block] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    page = min((ROOT / "tests" / "sources").glob("latribune/*/page.html"))
    (tmp_path / "page.html").write_bytes(page.read_bytes())
    monkeypatch.chdir(tmp_path)
    printed = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, check=True)
    assert len(printed.stdout.splitlines()) > 5


def test_the_readmes_commands_exist() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"^hemero (\w+)", text, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make (\w+)", text)) <= targets


def test_every_flag_that_is_set_is_explained() -> None:
    """Flags are set by appending them to a list of that name, or by ``flag()``."""
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "crawler").rglob("*.py"))
    said = re.findall(r'(?:flags\.append|odd\.append|\bflag)\(f?"([a-z_-]+)', code)
    said += re.findall(r'\[f?"([a-z]+(?:[-_][a-z]+)+-?)(?:"|\{)\] if', code)
    assert len(said) > 25
    assert not {name for name in said if name not in FLAGS and name != "date_"}
    elsewhere = re.sub(r'"[a-z_-]+": "', "", code)  # without the list itself
    assert not [name for name in FLAGS if f'"{name.removeprefix("date_")}' not in elsewhere]
    assert explained("charset-declared-cp1252").endswith("another one")
