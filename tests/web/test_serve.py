"""``hemero serve``: what it shows, and what nobody can do with it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from crawler.cli import main
from crawler.db import session
from crawler.errors import DatabaseError
from crawler.export.run import export
from crawler.web import site
from crawler.web.metadata import COLUMNS, QUERIES
from tests.web.conftest import ATTACKS, Browser, attack, get, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Engine

    from crawler.web.site import Site

PAGES = ["/", "/-/recherche?q=piege", "/-/article/{id}", "/-/graphiques", "/presse", "/presse/articles"]
PAGES += [f"/presse/{query}" for query in QUERIES]


@pytest.fixture(scope="module", params=["live", "snapshot", "file"])
def shown(
    request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A Datasette on the live database, on a snapshot beside it, on a snapshot alone."""
    engine = session.engine(f"sqlite:///{corpus}")
    if request.param == "live":
        yield site.make(corpus, live=True, engine=engine)
    else:
        file = tmp_path_factory.mktemp("snapshot") / "presse.db"
        export(engine, "sqlite", "", file, archive=file.parent)
        yield site.make(file, engine=engine if request.param == "snapshot" else None)
    engine.dispose()


def attacked(shown: Site) -> int:
    rows = get(shown, "/presse/articles.json?_shape=array&source=piege&_size=1").json()
    return int(rows[0]["id"])


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_shown_and_holds_no_strangers_markup(shown: Site, page: str) -> None:
    answer = get(shown, page.format(id=attacked(shown)))
    assert answer.status_code == 200
    for text in ATTACKS:
        assert text not in answer.text or "<" not in text
    assert "1337" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]


def test_a_search_finds_what_the_command_finds(shown: Site) -> None:
    found = get(shown, "/-/recherche?q=elysee").text
    assert len(re.findall(r"/-/article/\d+", found)) == 1
    assert "<mark>Élysée</mark>" in found
    assert "0 article<" in get(shown, "/-/recherche?q=zzzz").text
    for nasty in ("%22", "(", "AND OR", "*", "%00", "a" * 3000, "since:hier", "-", "NEAR("):
        assert get(shown, f"/-/recherche?q={nasty}").status_code == 200, nasty
    assert get(shown, "/-/recherche?q=fin&page=999999999999").status_code == 200


def test_nothing_can_be_written_downloaded_or_asked_for(shown: Site) -> None:
    for path in ("/presse.db", "/presse?sql=select+1", "/presse.json?sql=attach+'x'+as+y"):
        assert get(shown, path).status_code in {403, 400}, path
    for table in ("page", "fetch", "robots", "crawl", "alembic_version", "erasure"):
        assert get(shown, f"/presse/{table}").status_code in {403, 404}, table
        assert get(shown, f"/presse/{table}.json").status_code in {403, 404}, table
    assert get(shown, "/-/article/999999").status_code == 404


def test_sql_that_is_allowed_is_read_only_and_short(corpus: Path) -> None:
    open_to_all = site.make(corpus, live=True, sql=True)
    assert get(open_to_all, "/presse.json?sql=select+count(*)+from+articles&_shape=arrayfirst").json() == [14]
    assert get(open_to_all, "/presse.json?sql=delete+from+page").status_code == 400
    endless = "with+recursive+n(x)+as+(select+1+union+all+select+x%2B1+from+n)+select+count(*)+from+n"
    assert "time limit" in get(open_to_all, f"/presse.json?sql={endless}").text


def test_columns_and_facets_have_their_labels(shown: Site) -> None:
    page = get(shown, "/presse/articles").text
    assert COLUMNS["lead"] in page
    facets = get(shown, "/presse/articles.json?_size=0").json()["facet_results"]
    assert {"source", "access", "label"} <= set(facets)


def test_pictures_count_what_there_is(shown: Site) -> None:
    page = get(shown, "/-/graphiques").text
    shown_months = re.findall(r"<title>(\d{4}-\d\d) : (\d+)</title>", page)
    assert shown_months[:3] == [("2024-01", "1"), ("2024-02", "0"), ("2024-03", "1")]
    assert shown_months[-1] == ("2026-01", str(len(ATTACKS)))
    assert re.search(rf'<th scope="row">piege</th><td>{len(ATTACKS)}</td>', page)


def test_silent_sources_are_asked_with_a_number_of_days(shown: Site) -> None:
    rows = [
        get(shown, f"/presse/sources_silencieuses.json?jours={days}&_shape=array").json()
        for days in ("0", "99999")
    ]
    assert (len(rows[0]), rows[1]) == (3, [])


def test_the_labels_are_those_of_the_columns() -> None:
    from crawler.corpus import codebook  # noqa: PLC0415

    assert set(COLUMNS) == set(codebook.ARTICLES)


def test_what_is_no_corpus_is_said_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.db").write_text("no database at all")
    with closing(sqlite3.connect(tmp_path / "b.db")) as made:
        made.execute("CREATE TABLE x (y)")
    for name in ("a.db", "b.db"):
        with pytest.raises(DatabaseError, match=name):
            site.make(tmp_path / name)
        with pytest.raises(SystemExit) as ended:
            main(["serve", str(tmp_path / name)])
        assert ended.value.code == 6
        assert name in capsys.readouterr().err


def test_a_browser_runs_no_stored_script(live: str, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "trap.html").write_text(f"<title>x</title>{ATTACKS[0]}", "utf-8")
    assert "<title>PWNED" in browser.dom((tmp_path / "trap.html").as_uri())[0]  # it would be seen
    for page in (
        "/presse/articles?source=piege",
        "/-/recherche?q=piege",
        "/-/article/8",
        "/-/graphiques",
        "/presse",
    ):
        dom, said = browser.dom(live + page)
        assert "</html>" in dom
        assert "<title>PWNED" not in dom, page
        assert "Content Security Policy" not in said, f"{page}: {said}"
    assert "<title>&lt;script&gt;" in browser.dom(f"{live}/-/article/8")[0]


def test_pages_are_as_wide_as_a_phone(shown: Site) -> None:
    for page in ("/", "/-/article/1", "/-/recherche?q=fin", "/-/graphiques"):
        assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in get(shown, page).text
    style = get(shown, "/-/hemero/hemero.css").text
    assert "overflow-wrap: anywhere" in style
    assert not re.search(r"(?<!-)width: ?\d+px", style), "a width that a phone has not"


def test_postgresql_is_shown_as_a_snapshot(postgresql_url: str) -> None:
    import urllib.request  # noqa: PLC0415

    with serving(postgresql_url) as address:
        found = urllib.request.urlopen(f"{address}/-/recherche?q=haineuse", timeout=30).read().decode()
        assert found.count("/-/article/") == 2
        assert b"Chronologie" in urllib.request.urlopen(f"{address}/hemero", timeout=30).read()
        # As most databases are called: nothing of our own may stand there.
        assert b"</table>" in urllib.request.urlopen(f"{address}/hemero/articles", timeout=30).read()


@pytest.fixture
def postgresql_url(both: list[Engine], fill: Callable[[Engine], None]) -> str:
    fill(both[1])
    attack(both[1])
    return both[1].url.render_as_string(hide_password=False)
