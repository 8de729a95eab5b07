"""Rows of a result as CSV and JSON: what programs read instead of a table for people."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Any, Final

import click
import orjson

from crawler.export.cells import cell, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FORMATS: Final = ("table", "json", "csv")

FORMAT: Final = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True
)
"""The option of every command that lists something."""


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """A header and a line a row; no text acts as a formula, numbers are ours."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        values = [row[name] for name in columns]
        writer.writerow([cell(value) if isinstance(value, str) else plain(value) for value in values])


def as_json(value: object) -> None:
    """One JSON value; times as ISO 8601 in UTC."""
    click.echo(orjson.dumps(value, default=plain, option=orjson.OPT_INDENT_2).decode())
