"""``hemero judge``: judge the store with another version of the relevance query."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from crawler import config
from crawler.cli.shown import line
from crawler.db import session
from crawler.db.judgements import judge as judge_all
from crawler.export.cells import cell
from crawler.text import relevance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.db.judgements import Verdict

EXAMPLES: Final = """
\b
Examples:
  hemero judge --dry-run                           what today's query would change
  hemero judge --query deepfakes.toml --dry-run    what a query of your own would keep
  hemero judge                                     make today's query the judge of the whole store
"""

COLUMNS: Final = (
    "article", "was", "label", "was_score", "score", "source", "title", "url", "terms", "is_whole",
)  # fmt: skip


@click.command(epilog=EXAMPLES)
@click.option(
    "--query",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A query of your own, as TOML; default: HEMERO_QUERY, else the query of the corpus.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change; store nothing.")
@click.option(
    "--format", "form", type=click.Choice(("lines", "json", "csv")), default="lines", show_default=True
)
def judge(file: Path | None, *, dry_run: bool, form: str) -> None:
    """Judge every article again, and show which enter the corpus and which leave it.

    An article enters when its label was 0 and is 1 or 2, and leaves when it is the other way round. Earlier
    judgements are kept beside the new one. Where the text was not kept, only the title can be judged: such
    an article is shown with a question mark and nothing is stored of it; let 'hemero replay' read it again.
    """
    settings = config.load()
    query = relevance.load(file) if file else settings.relevance
    counts: Counter[str] = Counter()
    with session.reading(settings.database) as engine:
        changed = _changed(judge_all(engine, query, store=not dry_run), counts)
        {"lines": _lines, "json": _json, "csv": _csv}[form](changed)
    click.echo(
        f"query {query.version}: {counts['all']} articles judged, {counts['enters']} enter, "
        f"{counts['leaves']} leave, {counts['moves']} move between labels 1 and 2, "
        f"{counts['maybe']} may enter by their titles" + (" (nothing was stored)" if dry_run else ""),
        err=True,
    )


def _changed(verdicts: Iterable[Verdict], counts: Counter[str]) -> Iterable[Verdict]:
    """Those whose label changed; all are counted."""
    for verdict in verdicts:
        counts["all"] += 1
        what = _what(verdict)
        if what:
            counts[what] += 1
            yield verdict


def _what(verdict: Verdict) -> str:
    """How an article's place changes; nothing where it does not."""
    was, label = bool(verdict.was), bool(verdict.label)
    if not verdict.is_whole:
        return "maybe" if label and not was else ""
    if was != label:
        return "enters" if label else "leaves"
    return "moves" if verdict.was is not None and verdict.was != verdict.label else ""


SIGNS: Final = {"enters": "+", "leaves": "-", "moves": "~", "maybe": "?"}


def _lines(verdicts: Iterable[Verdict]) -> None:
    for one in verdicts:
        was = "none" if one.was is None else one.was
        score = f"{one.score:.2f}" if one.was_score is None else f"{one.was_score:.2f}→{one.score:.2f}"
        fields = (one.article, f"{was}→{one.label}", score, one.source, one.title, ", ".join(one.terms))
        click.echo("\t".join((SIGNS[_what(one)], *(line(field) for field in fields))))


def _csv(verdicts: Iterable[Verdict]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in verdicts:
        row = asdict(one) | {"terms": "; ".join(one.terms)}
        writer.writerow([cell(row[name]) if isinstance(row[name], str) else row[name] for name in COLUMNS])


def _json(verdicts: Iterable[Verdict]) -> None:
    for one in verdicts:
        click.echo(json.dumps({"change": _what(one), **asdict(one)}, ensure_ascii=False))
