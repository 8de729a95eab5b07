"""Writes what can be known from the code: docs/commands.md, docs/data-model.md, docs/catalogue.md.

python docs/build.py          write all
python docs/build.py --check  exit with 1 if one of them is stale
"""

from __future__ import annotations

import inspect
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import hemero
from crawler.corpus.codebook import ARTICLES
from crawler.db.models import Base
from crawler.items import FLAGS
from crawler.sources.declaration import EVIDENCE
from crawler.sources.files import CATALOGUE, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

    from crawler.sources import Source

DOCS = Path(__file__).parent
COLUMNS = tomllib.loads((DOCS / "columns.toml").read_text("utf-8"))


def commands() -> str:
    """Every command with its help, as the program prints it."""
    parts = ["# Commands\n\nWhat `hemero COMMAND --help` prints.\n"]
    for name, command in _walk(hemero, "hemero"):
        context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
        parts.append(f"## {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command, info_name=name)
    for child in command.list_commands(context):
        found = command.get_command(context, child)
        assert found is not None
        yield from _walk(found, f"{name} {child}")


def data_model() -> str:
    """The view ``articles``, every flag and every table."""
    rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in ARTICLES.items())
    flags = "\n".join(f"| `{name}{'…' * name.endswith('-')}` | {said} |" for name, said in FLAGS.items())
    tables = "\n\n".join(_table(mapper.class_) for mapper in sorted(Base.registry.mappers, key=_name))
    return f"""# Data model

The view `articles` is the front door, the same on SQLite and PostgreSQL: one row an article, its current revision. On SQLite
times are text such as `2024-05-07T08:30:00+00:00`, in UTC, which sorts rightly and which `datetime.fromisoformat` reads;
true and false are 1 and 0.

| column | holds |
|---|---|
{rows}

The view `outcomes` has one row an address that was ever taken on: `url, outcome, reason, flags, status, fetched_at,
next_attempt_at`. What the outcomes mean stands in [operations.md](operations.md).

## Flags

What was odd about an answer, a page or a list, in the columns `flags` of `page`, `fetch` and `revision`.

| flag | says |
|---|---|
{flags}

## Tables

{tables}
"""


def _name(mapper: object) -> str:
    return str(mapper.local_table.name)  # type: ignore[attr-defined]


def _table(model: type[Base]) -> str:
    table: sa.Table = model.__table__  # type: ignore[assignment]
    rows = "\n".join(_column(column) for column in table.columns)
    return f"### {table.name}\n\n{inspect.getdoc(model)}\n\n| column | type | holds | |\n|---|---|---|---|\n{rows}"


def _column(column: sa.Column[object]) -> str:
    keys = [f"→ `{key.column.table.name}.{key.column.name}`" for key in column.foreign_keys]
    notes = ["primary key"] * column.primary_key + ["unique"] * bool(column.unique)
    notes += ["may be null"] * (bool(column.nullable) and not column.primary_key) + keys
    kind = getattr(column.type, "impl", column.type)
    holds = meaning(column.table.name, column.name)
    return f"| `{column.name}` | {type(kind).__name__.lower()} | {holds} | {', '.join(notes)} |"


def meaning(table: str, column: str) -> str:
    """What a column holds, by columns.toml; nothing where nobody says so."""
    return str(COLUMNS.get(table, {}).get(column) or COLUMNS["common"].get(column, ""))


def catalogue() -> str:
    """Every source of the catalogue, and what the codes of the evidence mean."""
    every = [read(file) for file in sorted(CATALOGUE.glob("*.toml"))]
    codes = "\n".join(f"| {code} | {meaning} |" for code, meaning in EVIDENCE.items())
    rows = "\n".join(_source(source) for source in every)
    refused = "\n".join(f"- **{source.name}**: {source.refused}" for source in every if source.refused)
    return f"""# The catalogue

{len(every)} sources in {len({source.country for source in every})} countries. No live site was seen when they were declared: each key
rests on what the column *evidence* says, and `hemero sources check KEY` asks the site itself.

| code | rests on |
|---|---|
{codes}

## Not crawled

These refuse robots. `hemero crawl` names the reason and asks them nothing; `--all` leaves them out.

{refused}

## Sources

*Headlines*: only articles whose headline may be on the subject are asked for.

| key | name | kind | country | platform | paywall | headlines | sure | evidence |
|---|---|---|---|---|---|---|---|---|
{rows}
"""


def _source(source: Source) -> str:
    said = "; ".join(f"{name} {codes}" for name, codes in source.evidence.items())
    cells = (f"`{source.key}`", f"[{source.name}]({source.home})", source.kind, source.country, source.platform,
             source.paywall, "first" if source.preselect else "", source.confidence, said)  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Write or check."""
    pages = {"commands.md": commands(), "data-model.md": data_model(), "catalogue.md": catalogue()}
    if "--check" not in sys.argv:
        for name, text in pages.items():
            (DOCS / name).write_text(text, "utf-8")
        return 0
    files = {name: DOCS / name for name in pages}
    stale = [
        name for name, file in files.items() if not file.is_file() or file.read_text("utf-8") != pages[name]
    ]
    for name in stale:
        sys.stderr.write(f"docs/{name} is stale: run python docs/build.py\n")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
