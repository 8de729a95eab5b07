"""``hemero export``: articles as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from crawler import config
from crawler.cli.queries import COPIES_OPTION, QUERY, hint, joined, typed
from crawler.cli.shown import counted
from crawler.db import session
from crawler.export.formats import FORMATS
from crawler.export.run import export as write

FORMS: Final = "\n".join(f"  {one.name:<12} {one.about}" for one in FORMATS.values())
EXAMPLES: Final = f"""
\b
Examples:
  hemero export csv
  hemero export ris 'radicalis* agency:AFP' --output afp.ris
  hemero export iramuteq '"haine en ligne"' --since 2024 --output haine.txt

\b
Formats:
{FORMS}
"""


@click.command(epilog=EXAMPLES, context_settings=QUERY)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("words", metavar="[QUERY]...", nargs=-1, callback=typed)
@click.option(
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Default: corpus and the format's ending.",
)
@click.option("--force", is_flag=True, help="Replace a file, or a folder that an export made.")
@click.option("--source", "keys", metavar="KEY", multiple=True, help="Only of this source; may be repeated.")
@click.option(
    "--since", metavar="DAY", help="Published on this day or later: 2024-06-30, 2024-06 or 2024 (UTC)."
)
@click.option("--until", metavar="DAY", help="Published on this day or earlier.")
@COPIES_OPTION
def export(
    form: str,
    words: tuple[str, ...],
    *,
    output: Path | None,
    force: bool,
    keys: tuple[str, ...],
    since: str | None,
    until: str | None,
    copies: str,
) -> None:
    """Write the articles of a query, or all, to a file or a folder.

    QUERY is that of 'hemero search'. Beside the target stand a codebook (PATH.codebook.csv), which says what
    everything means, and a manifest (PATH.manifest.json): the query, versions, counts, what was left out and
    why, and digests. Nothing has its name before all is written.
    """
    target = output or Path(FORMATS[form].default)
    if target == Path("-"):
        raise click.UsageError("an export is several files, which do not fit into the standard output")
    settings = config.load()
    with session.reading(settings.database) as engine:
        query = joined(words, keys, since, until)
        manifest = write(engine, form, query, target, archive=settings.archive, copies=copies, force=force)
        if not manifest["articles"]:
            hint(engine, query)
    click.echo(f"{target}: {counted(manifest['articles'], 'article')}", err=True)
    for reason, left in manifest["left_out"].items():
        click.echo(f"left out: {left['count']}: {reason}", err=True)
