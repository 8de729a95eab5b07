"""``hemero recall``: how much of the subject the corpus holds, from a sample that people have read."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Final

import click

from crawler import config
from crawler.corpus.recall import COLUMNS, draw
from crawler.corpus.recall import estimate as estimate_from
from crawler.db import session
from crawler.errors import QueryError
from crawler.export.cells import cell

EXAMPLES: Final = """
\b
Examples:
  hemero recall sample 150 > sample.csv     then write 1 or 0 into the column "relevant"
  hemero recall estimate sample.csv
"""


@click.group(epilog=EXAMPLES)
def recall() -> None:
    """Estimate recall and precision of the relevance query from a sample that people have read."""


@recall.command(epilog="\b\nExamples:\n  hemero recall sample 150 > sample.csv")
@click.argument("size", type=click.IntRange(3), default=150)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed draws other articles.")
def sample(size: int, seed: int) -> None:
    """Draw articles to be read: a third that the query keeps, a third near misses, a third of the rest."""
    settings = config.load()
    with session.reading(settings.database) as engine:
        rows = draw(engine, size, settings.relevance.partly / 2, seed)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        values = [f"{row[name]:.4f}" if name == "score" else row[name] for name in COLUMNS]
        writer.writerow([value if isinstance(value, int) else cell(value) for value in values])


@recall.command(epilog="\b\nExamples:\n  hemero recall estimate sample.csv")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def estimate(file: Path) -> None:
    """Say what the answers in a sample mean for the whole corpus, with 95 % intervals."""
    try:
        # French spreadsheets save with semicolons and in windows-1252; no column that counts has accents
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            parted = max(",;\t", key=lines.readline().count)
            lines.seek(0)
            found = estimate_from(csv.DictReader(lines, delimiter=parted, restval=""))
    except OSError as error:
        raise QueryError(f"{file}: {error.strerror}") from error
    except (csv.Error, QueryError) as error:
        raise QueryError(f"{file}: {error}") from error
    for name, share in found.items():
        click.echo(f"{name:<10} {share.value:.3f}  (95 %: {share.low:.3f} to {share.high:.3f})")
