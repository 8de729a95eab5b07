"""A report as one web page that needs nothing else: no script, no font, no picture from elsewhere.

Whatever strangers wrote is escaped; the policy of the page allows its own style sheet, by its digest, and
nothing else, so that even an error in the escaping could load and run nothing.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.corpus import codebook
from crawler.report.shapes import figures, items, linked, marked, table, timeline

if TYPE_CHECKING:
    from crawler.corpus.search import Hit
    from crawler.corpus.statistics import Count
    from crawler.corpus.summary import Summary

STYLE: Final = Path(__file__).with_name("page.css").read_text("utf-8")
ROWS: Final = 30
"""Rows of a table of sources or agencies."""

_OUTCOMES: Final = "what became of every address that was taken on as an article's"


def page(made: Summary, title: str) -> str:
    """The page of a summary."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    parts = (
        _head(made, title),
        _time(made),
        _places(made),
        _words(made),
        _sample(made),
        _method(made),
        _codebook(),
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Hemero {escape(made.version)}">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
{"".join(parts)}
</body>
</html>
"""


def _head(made: Summary, title: str) -> str:
    dated = [one.bucket for one in made.times if one.articles and one.bucket[:1].isdigit()]
    numbers = {
        "articles": f"{made.total:,}",
        "texts, copies once": f"{made.texts:,}",
        "sources": f"{len(made.sources):,}",
        "from": dated[0] if dated else "–",
        "to": dated[-1] if dated else "–",
    }
    return f"""<header><h1>{escape(title)}</h1>
<p class="quiet">Query <code>{escape(made.query)}</code> · {made.made_at:%Y-%m-%d %H:%M} UTC
· Hemero {escape(made.version)}</p>
{figures(numbers)}</header>
"""


def _time(made: Summary) -> str:
    values = [(one.bucket, _counted(one, made)) for one in made.times if one.bucket[:1].isdigit()]
    undated = sum(one.articles for one in made.times if not one.bucket[:1].isdigit())
    note = f" {undated:,} without a date are not shown." if undated else ""
    what = "Articles" if made.copies == "all" else "Texts, near-identical ones once,"
    caption = f"{what} by {made.by_time} of publication, in the newspapers’ own time.{note}"
    return f"<section><h2>When</h2>{timeline(values, caption)}</section>\n"


def _places(made: Summary) -> str:
    rows = [_row(one, made, made.sources) for one in made.sources[:ROWS]]
    found = f"<section><h2>Where</h2>{table(('source', '#articles', '#texts', '#share of it', ' '), rows)}"
    if made.agencies:
        rows = [_row(one, made, made.agencies) for one in made.agencies[:ROWS]]
        found += (
            f"<h2>Wire agencies</h2>{table(('agency', '#articles', '#texts', '#share of it', ' '), rows)}"
        )
    access = [(one.bucket, f"{one.articles:,}") for one in made.access]
    return f"{found}<h2>Access</h2>{table(('access', '#articles'), access)}</section>\n"


def _row(one: Count, made: Summary, counts: list[Count]) -> tuple[str, ...]:
    most = max(_counted(each, made) for each in counts) or 1
    part = _counted(one, made) / most
    return (
        one.bucket, f"{one.articles:,}", f"{one.texts:,}", f"{one.share(made.copies):.1%}", f"\0{part:.4f}"
    )  # fmt: skip


def _counted(one: Count, made: Summary) -> int:
    return one.articles if made.copies == "all" else one.texts


def _words(made: Summary) -> str:
    if not made.words:
        return ""
    note = (
        "Words that stand in these articles more often than in others of the corpus, the surest first: "
        f"Dunning’s log-likelihood over {made.read:,} of them and as many others, without function words."
    )
    words = [(each.word, f"{each.count} times, log-likelihood {each.log_likelihood}") for each in made.words]
    return f'<section><h2>Words</h2><p class="quiet">{note}</p>{items(words)}</section>\n'


def _sample(made: Summary) -> str:
    note = f"The first {len(made.sample)} of {made.total:,}, the most relevant first."
    articles = "".join(map(_article, made.sample))
    return f'<section><h2>Articles</h2><p class="quiet">{note}</p>{articles}</section>\n'


def _article(hit: Hit) -> str:
    day = f"{hit.published_at:%Y-%m-%d}" if hit.published_at else "no date"
    about = " · ".join(part for part in (day, hit.source, hit.authors, hit.agency, hit.access) if part)
    copies = f" · {hit.copies} copies" if hit.copies > 1 else ""
    return f"""<article><h3>{linked(hit.url, marked(hit.marked_title))}</h3>
<p class="quiet">{escape(about)}{copies} · article {hit.id}</p><p>{marked(hit.snippet)}</p></article>
"""


def _method(made: Summary) -> str:
    crawls = made.crawls
    runs = (
        f"{crawls['runs']:,} runs of {crawls['spiders']:,} spiders, from {crawls['first']:%Y-%m-%d} "
        f"to {crawls['last']:%Y-%m-%d}."
        if crawls["runs"]
        else "No run is recorded."
    )
    left = (
        f"{made.without_text:,} articles that the filters of the query allow are kept without their text, "
        "since they were judged not relevant or their rights are reserved: no words can find them."
    )
    lists = (
        ("Versions of Hemero", "programs", "version"),
        ("Readers that understood the pages", "readers", "reader"),
        ("Relevance queries that judged them", "judges", "query"),
        (f"Outcomes: {_OUTCOMES}", "outcomes", "outcome"),
        ("Erasures", "erasures", "kind"),
        ("Schema of the database", "schema", "revision"),
    )
    tables = "".join(
        f"<h3>{escape(name)}</h3>{table((column, '#count'), [(one, f'{n:,}') for one, n in made.made[key]])}"
        for name, key, column in lists
        if made.made[key]
    )
    return f"""<section><h2>How the corpus was made</h2><p>{escape(runs)}</p><p>{left}</p>
<p>Readers’ comments are cut before anything is read, and never stored. Copies: articles of several outlets
that share their text are one text. Share of it: the part of all that is kept of that source or agency.</p>
{tables}</section>
"""


def _codebook() -> str:
    rows = [(name, meaning.replace("`", "")) for name, meaning in codebook.ARTICLES.items()]
    return f"<section><h2>Codebook</h2>{table(('column', 'holds'), rows)}</section>\n"
