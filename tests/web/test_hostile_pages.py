"""Pages of a site that attacks its readers, crawled as they are served and looked at in a browser.

The site is ../shared/hostile, served and crawled in a network namespace of its own; where it is absent this
is skipped, and test_serve.py has attacks of our own.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import pytest

from tests.web.conftest import Browser, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SITE = (ROOT / ".." / "shared" / "hostile").resolve()
CRAWL = """
ip link set lo up
"$PYTHON" "$SITE/hostile_server.py" --port 8765 --max-seconds 120 > "$HEMERO_DATA/server" 2>&1 &
server=$!
for i in $(seq 100); do (echo > /dev/tcp/127.0.0.1/8765) 2> /dev/null && break; sleep 0.1; done
cd "$HEMERO_DATA" && ln -s "$ROOT/scrapy.cfg" .
"$PYTHON" -m scrapy crawl page -a urls=urls.txt -s DOWNLOAD_DELAY=0.001 > log 2>&1
kill $server
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a crawl of all pages in which an author attacks."""
    if not (SITE / "hostile_server.py").is_file():
        pytest.skip("needs ../shared/hostile")
    if not shutil.which("unshare") or subprocess.run(["unshare", "-n", "true"], check=False).returncode:
        pytest.skip("needs a network namespace: unshare -n")
    folder = tmp_path_factory.mktemp("hostile")
    cases = json.loads((SITE / "manifest.json").read_text("utf-8"))["cases"]
    asked = [case["url"] for case in cases if case["group"] == "a" and len(case["url"]) < 1000]
    (folder / "urls.txt").write_text("\n".join(asked) + "\n", "utf-8")
    bare = {key: value for key, value in os.environ.items() if not key.startswith(("HEMERO_", "http"))}
    mine = {
        "HEMERO_ALLOW_ADDRESSES": "127.0.0.1/32",
        "HEMERO_ALLOW_PORTS": "8765",
        "HEMERO_DATABASE_URL": f"sqlite:///{folder}/hemero.db",
        "HEMERO_DATA": str(folder),
        "HEMERO_KEEP": "all",
        "PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "ROOT": str(ROOT),
        "SITE": str(SITE),
    }
    subprocess.run(["unshare", "-n", "bash", "-c", CRAWL], cwd=ROOT, env=bare | mine, timeout=300, check=True)
    return folder / "hemero.db"


@pytest.fixture(scope="module")
def served(hostile: Path) -> Iterator[str]:
    with serving(f"sqlite:///{hostile}") as address:
        yield address


def looked_at(browser: Browser, url: str) -> lxml.html.HtmlElement:
    """A page as it is once its scripts have run; it holds no script, handler or link of a stranger."""
    dom, said = browser.dom(url)
    page = lxml.html.document_fromstring(dom)
    assert page.find(".//h1") is not None, url
    assert "Content Security Policy" not in said, f"{url}: {said}"  # nothing was there to be refused
    for script in page.iter("script"):
        source, text = script.get("src"), script.text or ""
        assert source.startswith("/-/static/") if source else "DATASETTE" in text, url
    assert not page.xpath("//@*[starts-with(name(), 'on') or starts-with(., 'javascript:')]"), url
    assert not page.xpath("//iframe | //object | //embed | //base | //meta[@http-equiv]"), url
    return page


def test_no_stored_script_runs_and_titles_are_text(hostile: Path, served: str, browser: Browser) -> None:
    with closing(sqlite3.connect(hostile)) as database:
        titles = dict(database.execute("SELECT id, title FROM articles WHERE url NOT LIKE '%titre-long'"))
    attacks = {key: title for key, title in titles.items() if any(sign in title for sign in "<{;|\\'")}
    assert len(attacks) >= 3
    assert any("<script>" in title for title in titles.values())
    for key, title in attacks.items():
        page = looked_at(browser, f"{served}/-/article/{key}")
        assert " ".join(page.find(".//h1").text_content().split()) == " ".join(title.split())
        assert page.find(".//title").text_content().startswith(title[:20])
    for path in ("/hemero/articles", "/-/recherche?q=script", "/-/graphiques", "/hemero/derniers"):
        looked_at(browser, served + path)
