"""``hemero show``: one article with its provenance."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any, Final

import click

from crawler import config
from crawler.cli.shown import line, printable
from crawler.corpus import provenance
from crawler.db import session
from crawler.export.cells import plain
from crawler.items import explained

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLES: Final = """
\b
Examples:
  hemero show 42
  hemero show https://www.latribune.fr/opinions/20150115trib1234/un-titre.html?utm_source=x
  hemero show 42 --json
"""

WIDTH: Final = 100


@click.command(epilog=EXAMPLES)
@click.argument("what", metavar="ID|URL")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for other programs.")
def show(what: str, *, as_json: bool) -> None:
    """Show one article and where it comes from.

    The text comes first, then the request that brought it, the record of its capture and its address in a
    replay of the archive (pywb's, or the nearest one that the Internet Archive may have), the list that named
    it, what robots.txt said, which signal gave each field, why it was judged relevant, its other addresses
    and its revisions. Of an address that is no article you see what became of it.
    """
    with session.reading(config.load().database) as engine:
        record = provenance.show(engine, what)
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False, indent=1, default=plain))
        return
    if "article" in record:
        _text(record["article"], reserved=record["fetch"]["outcome"] == "tdm_reserved")
        _provenance(record)
    else:
        click.echo(f"{line(record['page']['url'])}: no article")
    _page(record)


def _text(article: dict[str, Any], *, reserved: bool) -> None:
    """The article as one reads it."""
    click.secho(line(article["title"]), bold=True)
    by = [article["authors"], article["agency"], article["source"], article["section"]]
    click.echo(" · ".join(line(part) for part in by if part))
    access = article["access"] + (", cut short" if article["truncated"] else "")
    click.echo(f"{_time(article['published_at'])} · {article['words']} words · access: {access}")
    click.echo(line(article["url"]))
    for paragraph in (article["lead"], *article["body"].split("\n\n")):
        if paragraph:
            click.echo("\n" + textwrap.fill(printable(paragraph), WIDTH))
    if not article["body"] and not article["lead"]:
        why = "its rights are reserved" if reserved else "the article was judged not relevant"
        click.echo(f"\n(the text is not kept: {why})")


def _provenance(record: dict[str, Any]) -> None:
    article, fetch, crawl = record["article"], record["fetch"], record["crawl"]
    _section(
        "provenance",
        {
            "article": f"{article['id']}, first seen {_time(article['first_seen_at'])}",
            "fetched": f"{_time(fetch.get('fetched_at'))}, status {fetch.get('status')}",
            "asked as": fetch.get("url"),
            "came from": fetch.get("location"),
            "named by": fetch.get("found_in") or record["page"].get("found_in"),
            "robots.txt": fetch.get("robots_rule"),
            "crawl": f"{crawl['id']}: {crawl['spider']}, Hemero {crawl['version']}" if crawl else "",
            "capture": record["capture"].get("record"),
            "held in": f"{fetch['warc_file']} at {fetch['warc_offset']}" if fetch.get("warc_file") else "",
            "replay at": record["capture"].get("replay"),
            "wayback": record["capture"].get("wayback"),
            "read by": record["extractor"],
            "published": _date(record, "published"),
            "modified": _date(record, "modified"),
            "tags": article["tags"],
            "comments": article["comment_count"],
        },
    )
    _section("flags", (explained(flag).partition(": ")[::2] for flag in record["flags"].split("; ") if flag))
    _section("signals", record["signals"])
    _section("candidates", ((f"{name}, {signal}", value) for name, signal, value in record["candidates"]))
    _section("relevance", ((_judged(one), one["terms"]) for one in record["judgements"]))
    _section("other addresses", ((str(place), url) for place, url in enumerate(record["alternates"], 1)))
    _section("revisions", ((str(one["number"]), _revision(one)) for one in record["revisions"]))


def _page(record: dict[str, Any]) -> None:
    page, fetch = record["page"], record["fetch"]
    _section(
        "address",
        {
            "outcome": f"{page['outcome']} {page['flags']}".strip(),
            "reason": page["reason"],
            "robots.txt": "" if "article" in record else fetch.get("robots_rule"),
            "named by": "" if "article" in record else page["found_in"],
            "last asked": _time(page["last_fetched_at"]),
            "next time": _time(page["next_due_at"]),
            "gone since": _time(page["gone_at"]) if page["gone_at"] else "",
            "redirects to": page["redirected_to"],
        },
    )


def _section(name: str, values: dict[str, Any] | Iterable[tuple[str, Any]]) -> None:
    """A heading and its lines; what is empty is left out."""
    pairs = values.items() if isinstance(values, dict) else values
    lines = [(key, line(plain(value))) for key, value in pairs if value not in {None, ""}]
    if lines:
        click.secho(f"\n{name}", bold=True)
        for key, value in lines:
            click.echo(f"  {line(key):<16} {value}")


def _date(record: dict[str, Any], name: str) -> str:
    at = record["article"][f"{name}_at"]
    raw = record[f"{name}_raw"]
    return f"{_time(at)}, from {raw!r}" if at and raw else _time(at) if at else ""


def _judged(one: dict[str, Any]) -> str:
    score = "" if one["score"] is None else f" {one['score']:.2f}"
    return f"label {one['label']}{score} {one['query']}".strip()


def _revision(one: dict[str, Any]) -> str:
    changed = f", changed: {one['changed']}" if one["changed"] else ""
    return (
        f"{_time(one['fetched_at'])}, {one['words']} words, access {one['access']}{changed}: {one['title']}"
    )


def _time(at: Any) -> str:  # noqa: ANN401 -- a column
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "never" if at is None else str(at)
