"""What a real crawl leaves in the archive, and the way from a row to its bytes."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from crawler.archive import checks, members
from crawler.archive.members import Member
from crawler.archive.reader import Capture, captures, read
from crawler.demo.server import serve
from tests.crawl.conftest import Crawl, crawl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["crawl"]

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>{0}</title>
<script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "{0}", "comment": [{{"text": "NON"}}]}}</script>
<script>window.fil = ["NON"]</script></head>
<body><article><h1>{0}</h1>
<p>Les enquêteurs ont reçu deux cents signalements depuis lundi, dont la moitié visait un seul compte.</p>
<p>« Nous demandons aux hébergeurs de répondre dans l'heure », rappelle la cheffe du service.</p>
<p>Les associations réclament un accès aux décisions, afin de savoir ce qui disparaît et pourquoi.</p>
</article><section id="commentaires"><h2>2 commentaires</h2>
<div class="comment"><p>Toto a écrit le 3 mars : NON, je ne suis pas de cet avis.</p></div>
<div class="comment"><p>Lulu a écrit le 4 mars : NON, moi non plus.</p></div></section></body></html>"""
SITE = """
["/ancien"]
status = 301
redirect = "http://www.fleuve.example/nouveau"
["/ailleurs"]
status = 302
redirect = "http://autre.example/"
["/ferme"]
status = 410
file = "nouveau.html"
["/panne"]
fail_first = 99
["/cookie"]
file = "nouveau.html"
headers = { Set-Cookie = "session=secret" }
"""
ASKED = ("nouveau", "ancien", "ailleurs", "ferme", "panne", "nulle-part", "interdit", "cookie")


@pytest.fixture
def river(tmp_path: Path) -> Iterator[Crawl]:
    """A newspaper that redirects, refuses, fails and forgets."""
    host = tmp_path / "papers" / "www.fleuve.example"
    host.mkdir(parents=True)
    (host / "nouveau.html").write_text(PAGE.format("Une plateforme de signalement"), "utf-8")
    (host / "404.html").write_text(PAGE.format("Page introuvable"), "utf-8")
    (host / "site.toml").write_text(SITE, "utf-8")
    (host / "robots.txt").write_text("User-agent: *\nDisallow: /interdit\n")
    with serve(tmp_path / "papers") as site:
        yield Crawl(tmp_path, site)


def ask(river: Crawl, *names: str, code: int | None = None, **env: str) -> None:
    urls = " ".join(f"http://www.fleuve.example/{name}" for name in names)
    river.scrapy("page", "-a", f"url={urls}", "-s", "DOWNLOAD_DELAY=0.001", code=code, **env)


def files(crawl: Crawl) -> list[Path]:
    return sorted((crawl.folder / "archive").iterdir())


def archived(crawl: Crawl) -> list[Capture]:
    return [capture for file in files(crawl) for capture in captures(file)]


def records(crawl: Crawl) -> list[checks.Record]:
    walked = (part for file in files(crawl) for part in members.walk(file))
    return [checks.check(part) for part in walked if isinstance(part, Member)]


def report(crawl: Crawl) -> Any:  # noqa: ANN401 -- JSON is anything
    return json.loads(crawl.hemero("archive", "verify", "--all", "--json", code=None).stdout)


def test_every_article_leads_to_its_bytes(crawl: Crawl) -> None:
    crawl.hemero("crawl", "tribune", "bledi")
    [file] = files(crawl)
    assert (file.suffix, file.stat().st_mode & 0o777) == (".gz", 0o600)
    rows = crawl.rows("select url, warc_file, warc_offset from articles")
    assert rows
    for row in rows:
        capture = read(crawl.folder / "archive" / row["warc_file"], row["warc_offset"])
        assert row["url"].rpartition("-")[2] in capture.url  # an AMP page has another address
        assert capture.headers["content-encoding"] == "gzip"
        assert capture.body.lstrip().lower().startswith(b"<!doctype html")
    for row in crawl.rows("select * from fetch where outcome = 'stored'"):
        capture = read(crawl.folder / "archive" / row["warc_file"], row["warc_offset"])
        assert capture.record == row["warc_record"]
        assert row["digest"] == f"sha256:{sha256(capture.body).hexdigest()}"
        assert row["fetched_at"][:19] == capture.fetched_at.isoformat()[:19]
    said = report(crawl)
    assert (said["sound"], said["orphans"], said["unarchived"]) == (True, [], 0)


def test_what_is_archived_and_what_is_not(river: Crawl) -> None:
    ask(river, *ASKED)
    found = {capture.url.rpartition("/")[2]: capture.status for capture in archived(river)}
    expected = {"robots.txt": 200, "nouveau": 200, "ancien": 301, "ailleurs": 302, "ferme": 410}
    expected |= {"nulle-part": 404, "cookie": 200}
    assert {name: found[name] for name in expected} == expected
    assert not set(found) & {"panne", "interdit"}
    assert not [record for record in records(river) if record.wrong]
    refused = {record.fields["warc-target-uri"]: record.block.decode() for record in records(river)
               if record.kind == "metadata" and "warc-concurrent-to" not in record.fields}  # fmt: skip
    assert "outcome: robots_denied" in refused["http://www.fleuve.example/interdit"]
    assert b"secret" not in b"".join(record.block for record in records(river))
    said = report(river)
    assert (said["sound"], said["orphans"]) == (True, [])


def test_requests_and_decisions_stand_beside_their_answers(river: Crawl) -> None:
    ask(river, "ancien")
    held = records(river)
    [last] = [
        one for one in held if one.kind == "response" and one.fields["warc-target-uri"].endswith("nouveau")
    ]
    beside = {one.kind: one for one in held if one.fields.get("warc-concurrent-to") == f"<{last.name}>"}
    assert beside["request"].block.startswith(b"GET /nouveau HTTP/1.1\r\nHost: www.fleuve.example\r\n")
    said = dict(line.split(": ", 1) for line in beside["metadata"].block.decode().splitlines())
    [hop] = [
        one for one in held if one.kind == "response" and one.fields["warc-target-uri"].endswith("ancien")
    ]
    assert said["redirected-by"] == f"<{hop.name}>"
    assert (said["found-in"], said["kind"]) == ("by hand", "article")
    assert said["robots"].startswith("rules")


def test_a_page_that_has_not_changed_is_a_revisit(river: Crawl) -> None:
    """Once because the server says so (304), once because the same bytes came again."""
    ask(river, "nouveau")
    ask(river, "nouveau")
    river.change("update page set etag = '', last_modified = ''")
    ask(river, "nouveau")
    visits = [capture for capture in archived(river) if capture.url.endswith("nouveau")]
    assert [(one.kind, one.status) for one in visits] == [
        ("response", 200),
        ("revisit", 304),
        ("revisit", 200),
    ]
    for row in river.rows("select * from fetch where url like '%nouveau' order by id"):
        capture = read(river.folder / "archive" / row["warc_file"], row["warc_offset"])
        assert "signalements" in capture.body.decode()
    assert report(river)["sound"]


def test_pages_are_archived_without_comments_where_that_is_asked_for(river: Crawl) -> None:
    (river.folder / "hemero.toml").write_text('archive.comments = "strip"\n', "utf-8")
    ask(river, "nouveau", "nulle-part")
    everything = b"".join(record.block for record in records(river))
    assert b"NON" not in everything
    assert b"introuvable" not in everything
    [page] = [capture for capture in archived(river) if capture.kind == "conversion"]
    assert "signalements" in page.body.decode()
    assert '"headline": "Une plateforme de signalement"' in page.body.decode()
    [row] = river.rows("select warc_record from fetch where outcome in ('stored', 'stored_flagged')")
    assert row["warc_record"] == page.record
    assert report(river)["sound"]


def test_the_archive_can_be_switched_off(river: Crawl) -> None:
    ask(river, "nouveau", HEMERO_ARCHIVE_WRITE="off", code=0)
    assert not (river.folder / "archive").exists()
    said = report(river)
    assert (said["sound"], said["unarchived"]) == (True, 1)


def test_verify_says_what_is_wrong_and_ends_with_7(river: Crawl) -> None:
    ask(river, "nouveau")
    river.change("update fetch set digest = 'sha256:0' where outcome = 'stored'")
    river.change("update page set next_due_at = null, outcome = 'pending'")
    said = river.hemero("archive", "verify", "--all", code=7).stdout
    assert "the page is not the one that the row was read from" in said
    assert "I1: http://www.fleuve.example/nouveau: taken on, but nobody will ask for it" in said
    words = river.folder / "words.txt"
    words.write_text("plateforme\nnulle part ailleurs\n", "utf-8")
    said = river.hemero("archive", "verify", "--all", "--absent", str(words), code=7).stdout
    assert "I7: revision.title: holds 'plateforme'" in said
    assert "ailleurs" not in said
    files(river)[0].unlink()
    said = river.hemero("archive", "verify", code=7).stdout
    assert "the file is missing: 1 rows name it" in said
