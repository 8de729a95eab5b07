"""``hemero copies``: one text in several outlets, and what each made of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from crawler import config
from crawler.cli.queries import hint, joined
from crawler.cli.shown import counted, line
from crawler.corpus import provenance
from crawler.corpus.copies import clusters
from crawler.corpus.copies import copies as copies_of
from crawler.db import session
from crawler.export.cells import plain

if TYPE_CHECKING:
    import datetime as dt

    from crawler.corpus.copies import Copy

EXAMPLES: Final = """
\b
Examples:
  hemero copies                      the texts that most articles carry
  hemero copies --source bladi       those that Bladi carries too
  hemero copies 42                   who else has article 42, and what each outlet changed
  hemero copies 42 --format json
"""


@click.command(epilog=EXAMPLES)
@click.argument("what", metavar="[ID|URL]", default="")
@click.option(
    "--source", metavar="KEY", default="", help="Without an article: only texts this source carries."
)
@click.option("--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True)
@click.option("--format", "form", type=click.Choice(("lines", "json")), default="lines", show_default=True)
def copies(what: str, *, source: str, limit: int, form: str) -> None:
    """Show copies: near-identical texts, mostly an agency's dispatch, found when an article is stored.

    Of an article: every article with its text, the first published first; how much of the first one's text
    each has, and how much of each is the first one's; its headline and paragraphs where they were changed.
    """
    with session.reading(config.load().database) as engine:
        if not what:
            rows = clusters(engine, limit=limit, source=source)
            if source and not rows:
                hint(engine, joined((), (source,), None, None))
            return _json(rows) if form == "json" else _clusters(rows)
        found = provenance.show(engine, what)
        held = copies_of(engine, found["article"]["id"]) if "article" in found else []
    if form == "json":
        return _json([asdict(one) for one in held])
    return _copies(held, what)


def _clusters(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        carried = f"{row['articles']} articles in {row['sources']} source{'s'[: row['sources'] > 1]}"
        fields = (row["first_article_id"], _day(row["published_at"]), carried, row["agency"], row["title"])
        click.echo("\t".join(line(plain(field)) for field in fields))
    click.echo(f"{counted(len(rows), 'text')} that several articles carry", err=True)


def _copies(held: list[Copy], what: str) -> None:
    if not held:
        click.echo(f"{line(what)}: nobody else carries its text", err=True)
    for one in held:
        changes = ", ".join(one.changes) or ("the first" if one is held[0] else "nothing changed")
        click.echo(
            f"{one.id}\t{_day(one.published_at)}\t{line(one.source)}\t{line(one.agency)}\t{line(one.title)}"
        )
        click.echo(
            f"\t{one.of_first:.0%} of the first, {one.of_own:.0%} of its own {one.words} words: {changes}\n"
            f"\t{line(one.url)}"
        )


def _json(rows: list[dict[str, Any]]) -> None:
    click.echo(json.dumps(rows, ensure_ascii=False, default=plain, indent=2))


def _day(at: dt.datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "no date"
