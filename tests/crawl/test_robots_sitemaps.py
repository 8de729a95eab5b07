"""The Sitemap lines of robots.txt lead to articles where a source declares no lists, and obey as all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.demo.server import serve
from tests.crawl.conftest import Crawl
from tests.crawl.test_wire import FAST, PAGE

if TYPE_CHECKING:
    from pathlib import Path

HOST = "www.fleuve.example"
URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{}</loc></url></urlset>'


@pytest.mark.parametrize(("declared", "found"), [("", 1), ('feeds = ["http://www.fleuve.example/rss"]', 0)])
def test_sitemaps_of_robots_txt(tmp_path: Path, declared: str, found: int) -> None:
    folder = tmp_path / "papers" / HOST
    folder.mkdir(parents=True)
    lines = [f"http://{HOST}/plan.xml", f"http://{HOST}/interdit.xml", "http://autre.example/plan.xml"]
    said = ["User-agent: *", "Disallow: /interdit", *(f"Sitemap: {line}" for line in lines)]
    (folder / "robots.txt").write_text("\n".join(said), "utf-8")
    (folder / "plan.xml").write_text(URLSET.format(f"http://{HOST}/article-1"), "utf-8")
    (folder / "article-1.html").write_text(PAGE.format("Une plateforme de signalement"), "utf-8")
    (tmp_path / "catalogue").mkdir()
    source = f'name = "Le Fleuve"\nhome = "http://{HOST}/"\narticle = "/article-"\npace = 0\n{declared}\n'
    (tmp_path / "catalogue" / "fleuve.toml").write_text(source, "utf-8")
    with serve(tmp_path / "papers") as site:
        user = Crawl(tmp_path, site, {"HEMERO_CATALOGUE": str(tmp_path / "catalogue")})
        user.scrapy("fleuve", "-s", FAST, "-s", "BACKOFF=0.05", code=None)
        rows = user.rows("select url, outcome, kind, found_in from page where url like '%article-1'")
        assert len(rows) == found
        assert "autre.example" not in {record["host"] for record in site.log}
        assert "/interdit.xml" not in {record["path"] for record in site.log}
        if found:
            assert rows[0]["found_in"] == f"http://{HOST}/plan.xml"
