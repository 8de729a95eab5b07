"""``hemero sources``: the catalogue."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.sources import load, load_all


@click.group()
def sources() -> None:
    """Show whom Hemero can read."""


@sources.command(
    "list", epilog="\b\nExamples:\n  hemero sources list\n  hemero sources list --country PF --json"
)
@click.option("--country", metavar="CODE", help="Only those of a country: FR, MA, PF, …")
@click.option("--kind", metavar="KIND", help="Only those of a kind: press, institution, …")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for other programs.")
def list_sources(country: str | None, kind: str | None, *, as_json: bool) -> None:
    """List the declared sources; lists are the feeds, sitemaps and listings that lead to articles."""
    chosen = [
        source
        for source in load_all().values()
        if (not country or source.country == country.upper()) and (not kind or source.kind == kind)
    ]
    if as_json:
        click.echo(json.dumps([_plain(source) for source in chosen], ensure_ascii=False, indent=1))
        return
    table = Table("key", "name", "kind", "country", "pace", "lists", "layouts", box=None)
    for source in chosen:
        lists = len(source.feeds) + len(source.sitemaps) + len(source.listings)
        cells = (
            source.key,
            source.name,
            source.kind,
            source.country,
            f"{source.pace:g} s",
            lists,
            len(source.rules),
        )
        table.add_row(*(Text(str(cell)) for cell in cells))
    Console().print(table)


@sources.command(
    "show", epilog="\b\nExamples:\n  hemero sources show latribune\n  hemero sources show bladi --json"
)
@click.argument("key", metavar="SOURCE")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for other programs.")
def show_source(key: str, *, as_json: bool) -> None:
    """Show one declaration whole, the defaults filled in."""
    said = _plain(load(key))
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    for name, value in said.items():
        lines = [_shown(part) for part in (value if isinstance(value, list) else [value])]
        click.echo(f"{name:<12} " + f"\n{'':<12} ".join("\n".join(lines).splitlines() or [""]))


def _plain(declaration: object) -> dict[str, Any]:
    """A declaration as JSON has it: days as text."""
    assert dataclasses.is_dataclass(declaration)  # noqa: S101 -- every declaration is one
    assert not isinstance(declaration, type)  # noqa: S101
    plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(declaration), default=str))
    return plain


def _shown(value: object) -> str:
    """A value on one line, what is empty left out."""
    if not isinstance(value, dict):
        return str(value).strip()
    return ", ".join(f"{name}: {part}" for name, part in value.items() if part)
