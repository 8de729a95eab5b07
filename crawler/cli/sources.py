"""``hemero sources``: the catalogue."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.cli.adding import add
from crawler.cli.checking import check
from crawler.cli.compliance import compliance
from crawler.cli.shown import counted
from crawler.sources import load, load_all
from crawler.sources.declaration import CONFIDENCES, KINDS

if TYPE_CHECKING:
    from crawler.sources import Source


@click.group()
def sources() -> None:
    """Show whom Hemero can read."""


EXAMPLES = """
\b
Examples:
  hemero sources list
  hemero sources list --country be --kind press
  hemero sources list --platform ebra --json
  hemero sources list --refused               those that turn robots away
"""


@sources.command("list", epilog=EXAMPLES)
@click.option("--country", metavar="CODE", help="Only those of a country: FR, BE, MA, PF, …")
@click.option("--kind", type=click.Choice(KINDS), help="Only those of a kind.")
@click.option("--platform", metavar="NAME", help="Only those of a shared platform: ebra, spip, …")
@click.option("--confidence", type=click.Choice(CONFIDENCES[1:]), help="Only those so surely declared.")
@click.option("--crawled/--refused", default=None, help="Only those that are crawled, or that refuse robots.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for other programs.")
def list_sources(*, crawled: bool | None, as_json: bool, **wanted: str | None) -> None:
    """List the declared sources; lists are the feeds, sitemaps and listings that lead to articles."""
    if wanted["country"]:
        wanted["country"] = wanted["country"].upper()
    chosen = [
        source
        for source in load_all().values()
        if all(not value or getattr(source, name) == value for name, value in wanted.items())
        and crawled in {None, not source.refused}
    ]
    if as_json:
        click.echo(json.dumps([_plain(source) for source in chosen], ensure_ascii=False, indent=1))
        return
    table = Table(*COLUMNS, box=None)
    table.columns[0].min_width = max((len(source.key) for source in chosen), default=0)
    for source in chosen:
        table.add_row(*(Text(cell) for cell in _cells(source)))
    console = Console()
    (console if console.is_terminal else Console(width=WIDE)).print(table)
    refusing = sum(bool(source.refused) for source in chosen)
    click.echo(f"{counted(len(chosen), 'source')}, {refusing} of them not crawled")


WIDE: Final = 150  # characters of a line in a pipe or a file
COLUMNS: Final = ("key", "name", "kind", "country", "platform", "paywall", "lists", "confidence", "crawled")


def _cells(source: Source) -> tuple[str, ...]:
    """A source as a row of the table."""
    lists = len(source.feeds) + len(source.sitemaps) + len(source.archives) + len(source.listings)
    return (
        source.key,
        source.name,
        source.kind,
        source.country,
        source.platform,
        "" if source.paywall == "unknown" else source.paywall,
        str(lists),
        source.confidence,
        "refuses robots" if source.refused else "headlines first" if source.preselect else "all",
    )


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


sources.add_command(add)
sources.add_command(check)
sources.add_command(compliance)
