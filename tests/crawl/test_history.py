"""One page, changed again and again on a newspaper of our own: what an archivist would write down of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crawler.demo.server import serve
from tests.crawl.conftest import Crawl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "www.fleuve.example"
URL = f"http://{HOST}/2026/03/04/une-plateforme-de-signalement"
PARAGRAPHS = (
    """Les enquêteurs de la plateforme ont reçu deux cents signalements depuis lundi, dont la moitié visait un
seul compte, ouvert la veille par un inconnu qui appelait à la haine.""",
    """« Nous demandons aux hébergeurs de répondre dans l'heure, et de garder la trace de ce qu'ils
retirent », rappelle la cheffe du service, qui tient le compte des contenus terroristes.""",
    """Les associations réclament un accès aux décisions, afin de savoir ce qui disparaît, pourquoi, et sur
l'ordre de qui, avant que la loi sur la propagande en ligne ne soit revue.""",
)
FIRST: dict[str, Any] = {
    "title": "Une plateforme de signalement débordée par la propagande",
    "lead": "En trois jours, les appels à la haine ont doublé sur les réseaux.",
    "body": PARAGRAPHS,
    "date": "2026-03-04T08:00:00+01:00",
    "comments": 3,
    "related": ("NON Le marché couvert rouvre samedi",),
    "free": True,
}


def page(**changes: Any) -> str:  # noqa: ANN401 -- any part of FIRST
    """An article with everything that may change on it without being its text."""
    now = FIRST | changes
    body = "".join(f"<p>{paragraph}</p>" for paragraph in now["body"])
    related = "".join(f'<li><a href="/x">{title}</a></li>' for title in now["related"])
    wall = "" if now["free"] else '<div class="paywall">Cet article est réservé aux abonnés.</div>'
    return f"""<!DOCTYPE html><html lang="fr"><head><title>{now["title"]} - Le Fleuve</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "{now["title"]}", "datePublished": "{now["date"]}",
"isAccessibleForFree": {str(now["free"]).lower()},
"commentCount": {now["comments"]}, "author": {{"@type": "Person", "name": "Zoé Martin"}}}}</script></head>
<body><article><h1>{now["title"]}</h1><p class="chapo">{now["lead"]}</p>
<time datetime="{now["date"]}">4 mars 2026</time><div class="article-body">{body}</div>{wall}</article>
<aside class="related"><h2>À lire aussi</h2><ul>{related}</ul></aside>
<p class="vues">{now["comments"] * 97} vues</p></body></html>"""


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Crawl]:
    """One newspaper with one article."""
    folder = tmp_path / "papers" / HOST
    folder.mkdir(parents=True)
    (folder / "404.html").write_text("<h1>Page introuvable</h1>", "utf-8")
    (folder / "robots.txt").write_text("")
    with serve(folder.parent) as site:
        yield Crawl(tmp_path, site)


def visit(paper: Crawl, html: str | None) -> None:
    """Print the page anew (or take it away), and let the crawl come by."""
    file = paper.folder / "papers" / HOST / "2026/03/04/une-plateforme-de-signalement.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    if html is not None:
        file.write_text(html, "utf-8")
    paper.scrapy("page", "-a", f"url={URL}", "-s", "DOWNLOAD_DELAY=0.001")


def test_ten_changes_give_the_revisions_an_archivist_would_write_down(paper: Crawl) -> None:
    title = {"title": "La plateforme de signalement débordée par la propagande"}
    lead = title | {"lead": "En quatre jours, les appels à la haine ont triplé sur les réseaux."}
    body = lead | {"body": (*PARAGRAPHS[:2], PARAGRAPHS[2].replace("revue", "votée"))}
    date = body | {"date": "2026-03-05T09:30:00+01:00"}
    counter = date | {"comments": 41}
    related = counter | {"related": ("NON Deux ponts fermés", "NON Le fleuve baisse")}
    wall = related | {"free": False, "body": (PARAGRAPHS[0][:90] + "…",)}
    for changes in ({}, title, lead, body, date, counter, related, wall, None, related):
        visit(paper, None if changes is None else page(**changes))
        [row] = paper.rows("select gone_at from page")
        assert bool(row["gone_at"]) == (changes is None)

    rows = paper.rows("select number, changed, access from revision order by number")
    assert [tuple(row) for row in rows] == [
        (1, "", "free"),
        (2, "title", "free"),
        (3, "lead", "free"),
        (4, "body", "free"),
        (5, "access", "paywalled"),
        (6, "access", "free"),
    ]
    [article] = paper.rows("select * from articles")
    assert (article["published_at"], article["comment_count"]) == ("2026-03-05T08:30:00+00:00", 41)
    assert article["body"].endswith("votée.")
    said = [row["reason"] for row in paper.rows("select reason from fetch where outcome = 'unchanged'")]
    assert len(said) == 3
    assert said[0] == "published_at: 2026-03-04T07:00:00+00:00 → 2026-03-05T08:30:00+00:00"
    assert said[1:] == ["comment_count: 3 → 41", ""]
    log = paper.hemero("diff", "1", "--log").stdout
    events = [line.split(" UTC ")[1].partition(":")[0] for line in log.splitlines()]
    assert events == [
        "first seen", "revision 2", "revision 3", "revision 4", "moved", "moved", "revision 5", "gone",
        "back", "revision 6",
    ]  # fmt: skip


def test_diff_shows_the_words_that_changed(paper: Crawl) -> None:
    visit(paper, page())
    visit(paper, page(lead="En trois jours, les <b>menaces</b> ont doublé sur &lt;script&gt; les réseaux."))
    shown = paper.hemero("diff", URL).stdout
    assert "[-appels à la haine-]{+menaces+}" in shown.replace("\n", "")
    paper.hemero("diff", "1", "--from", "1", "--to", "2", "--html", str(paper.folder / "diff.html"))
    html = (paper.folder / "diff.html").read_text("utf-8")
    assert "<del>appels à la haine</del><ins>menaces</ins>" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "no revision 9" in paper.hemero("diff", "1", "--to", "9", code=2).stderr


def test_an_answer_with_the_same_bytes_is_not_read_again(paper: Crawl) -> None:
    visit(paper, page())
    paper.change("update page set etag = '', last_modified = ''")
    visit(paper, page())
    asked = [record["status"] for record in paper.site.log if URL.endswith(record["path"])]
    assert asked == [200, 200]
    [held] = paper.rows("select outcome, reason, status from page")
    assert tuple(held) == ("unchanged", "the same bytes", 200)
