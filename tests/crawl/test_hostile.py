"""A site that misbehaves in 381 ways: each address ends as its manifest expects, and nothing is harmed.

The site is ../shared/hostile; where it is absent this is skipped; test_misbehaviour.py has our own cases.
It is served in a network namespace of its own, which holds nothing but a loopback, and crawled in one run of
``scrapy crawl page -a urls=FILE`` in the order of its manifest; a second run asks again for what may be
unchanged by then.
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
from typing import TYPE_CHECKING, Any

import pytest

from crawler.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / ".." / "shared" / "hostile"
PORT = 8765
SECRETS = ("MOTDEPASSE", "Jean-Michel Exemple", "jm.exemple@courriel.test", "06 39 98 00 00", "JETON-INJECTE")

RUNS = """
ip link set lo up
"$PYTHON" "$SITE/hostile_server.py" --port 8765 --hold 25 --big-mb 60 --max-seconds 600 \\
  > "$OUT/server.log" 2>&1 &
server=$!
for i in $(seq 100); do (echo > /dev/tcp/127.0.0.1/8765) 2> /dev/null && break; sleep 0.1; done
for round in first second; do
  HEMERO_DATABASE_URL="sqlite:///$OUT/hemero.db" HEMERO_DATA="$OUT" "$PYTHON" "$WATCH" "$OUT/memory" \\
    crawl page -a "urls=$OUT/$round.txt" -s DOWNLOAD_DELAY=0.001 -s DOWNLOAD_TIMEOUT=8 -s BACKOFF=0.1 \\
    -s BACKOFF_MAX=1 -s CRAWL_DELAY_MAX=3 -s ORIGIN_PATIENCE=1 > "$OUT/$round.log" 2>&1
  echo $? > "$OUT/$round.exit"
done
"$PYTHON" -c "import urllib.request as u; print(u.urlopen('$LOG').read().decode())" > "$OUT/log.json"
kill $server
"""

WATCH = '''
"""Scrapy's command, watched: the longest stall of its reactor, and the most memory that it held."""
import asyncio, pathlib, resource, sys, time

stalls = [0.0]

async def tick():
    while True:
        before = time.monotonic()
        await asyncio.sleep(0.05)
        stalls.append(time.monotonic() - before - 0.05)

def begin(self, *args, **kwargs):
    begin.task = begin.task or asyncio.get_event_loop().create_task(tick())

begin.task = None
from scrapy.crawler import Crawler
crawl_async = Crawler.crawl_async

async def watched(self, *args, **kwargs):
    begin(self)
    return await crawl_async(self, *args, **kwargs)

Crawler.crawl_async = watched
from scrapy.cmdline import execute
try:
    execute(["scrapy", *sys.argv[2:]])
finally:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with pathlib.Path(sys.argv[1]).open("a") as file:
        file.write(f"{most} {max(stalls):.2f}\\n")
'''

SAME = {
    f"t-{case}"
    for case in (
        "chunked",
        *("sans-longueur", "deux-reponses", "longueur-et-chunked", "chunk-remorque", "cent-continue"),
        *("entete-plie", "entete-sans-deux-points", "entete-nul", "entete-latin1", "type-multiple"),
    )
}
"""Cases that have one page to the letter: by the rule that a-copie sets all are duplicates but the first.

That is /t/chunked unless it had to be asked for again.
"""

FLAGGED = {
    "longueur-et-chunked": "length-and-chunks",
    "entete-nul": "header-characters",
    "type-multiple": "content-type-twice",
    "trop-court": "surplus",
}
"""What is odd about an answer is told of a duplicate too."""

EXCUSED = {
    # where the manifest leaves it open ("or" in its ``must``), or its own rules contradict it
    "t-ferme": {"robots_unreachable"},  # where nothing listens there is no robots.txt either
    "robots-429:public": {"retry_later"},  # its minute of quiet is longer than the patience of this crawl
    "robots-429:prive": {"retry_later"},
    "r-a%20b": {"unchanged"},  # /r/espaces has led to it before
    "h-liens-schemas": {"stored_flagged"},  # the control characters in its links are flagged
    # what the reader decides: too little text; the reason is recorded
    "t-sans-longueur-coupe": {"archived_only"},  # cut within its first paragraph, and flagged as partial
    "ailleurs:hors-site": {"stored"},  # asked for by hand it is a page like any other
    "robots-agent:public": {"robots_denied"},  # the group is another crawler's: everybody else is refused
    "robots-agent:prive": {"robots_denied"},
    "robots-agent:robots.txt": {"robots_denied"},
    "robots-joker:prive": {"robots_denied"},  # its robots.txt says Disallow: /prive
    "robots-delai:prive": {"robots_denied"},
    "robots-delai-an:prive": {"robots_denied"},
    "robots-change:prive": {"robots_denied"},
    "robots-redirige:regles.txt": {"robots_denied"},  # forbidden by the rules that it holds
    "robots.txt": {"stored"},  # it stands in the table robots, as every other one
    "z-page-8mo": {"too_large"},  # "stored, or too_large: the limit is stated in the settings"
    "h-attribut-12mo": {"too_large"},
    "h-script-12mo": {"too_large"},
    "f-entree-12mo": {"too_large"},  # "or the cut is recorded"
    "r-utf8": {"duplicate"},  # its target is asked for too: one of the two is stored
    "r-latin1": {"duplicate"},
    "r-espaces": {"duplicate"},
    "h-plaintext": {"stored"},  # "whatever is decided is recorded": libxml2 reads it
    "mobile:accueil": {"archived_only"},  # a page of links
    "mobile:a-source": {"stored"},  # another host: nothing declares that they are one source
    "m-a.xml": {"stored"},  # what an index given by hand names is not followed
    "m-b.xml": {"stored"},
    "m-sans-fin-": {"stored"},
    "f-html": {"archived_only"},  # asked for as pages, these are pages
    "f-parking": {"archived_only"},
    "f-parti": {"http_error"},
    "f-bombe": {"too_large"},
}


def manifest() -> dict[str, Any]:
    """What the site does, and what is expected."""
    found: dict[str, Any] = json.loads((SITE / "manifest.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a crawl of the whole site."""
    if not (SITE / "hostile_server.py").is_file():
        pytest.skip("needs ../shared/hostile")
    if not os.environ.get("HEMERO_TEST_ALL"):
        pytest.skip("takes three minutes: HEMERO_TEST_ALL=1 runs it")
    if not shutil.which("unshare") or subprocess.run(["unshare", "-n", "true"], check=False).returncode:
        pytest.skip("needs a network namespace: unshare -n")
    folder = tmp_path_factory.mktemp("hostile")
    asked = [address(case) for case in manifest()["cases"]]
    again = [url for url in asked if url.endswith(("/s/etag", "/f/conditionnel"))]
    (folder / "first.txt").write_text("\n".join(asked) + "\n", "utf-8")
    (folder / "second.txt").write_text("\n".join(again) + "\n", "utf-8")
    (folder / "watch.py").write_text(WATCH, "utf-8")
    bare = {key: value for key, value in os.environ.items() if not key.startswith(("HEMERO_", "http"))}
    mine = {
        "HEMERO_ALLOW_ADDRESSES": "127.0.0.1/32,127.0.1.0/24",
        "HEMERO_ALLOW_PORTS": f"{PORT},1",
        "LOG": f"http://127.0.0.1:{PORT}/__log__",
        "OUT": str(folder),
        "PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "SITE": str(SITE.resolve()),
        "WATCH": str(folder / "watch.py"),
    }
    command = ["unshare", "-n", "bash", "-c", RUNS]
    subprocess.run(command, cwd=ROOT, env=bare | mine, timeout=900, check=True)
    return folder


def address(case: dict[str, Any]) -> str:
    """Where a case is."""
    return str(case.get("detail", {}).get("url") if case["id"] == "t-ferme" else case["url"])


@pytest.fixture(scope="module")
def outcomes(out: Path) -> dict[str, tuple[str, str, str]]:
    """Address → outcome, reason and flags after both runs."""
    with closing(sqlite3.connect(out / "hemero.db")) as database:
        rows = database.execute("select url, outcome, reason, flags from outcomes").fetchall()
    return {row[0]: row[1:] for row in rows}


def test_every_case_ends_as_expected(outcomes: dict[str, tuple[str, str, str]]) -> None:
    wrong, first = [], 0
    for case in manifest()["cases"]:
        asked = address(case)
        url = urls.normalise(asked) if len(asked) <= urls.LONGEST else asked[: urls.LONGEST]
        got = outcomes.get(url, ("nothing", "", ""))
        expected = {case["expect"]} | EXCUSED.get(case["id"], set())
        if case["id"] in SAME:
            first += got[0] == "stored"
            expected = {"duplicate", "stored"}
        if got[0] not in expected:
            wrong.append(f"{case['id'][:60]}: {case['expect']} expected, not {got}")
    assert not wrong, f"{len(wrong)} cases:\n" + "\n".join(wrong)
    assert first == 1
    flags = {case: outcomes[f"http://127.0.0.1:{PORT}/t/{case}"][2] for case in FLAGGED}
    assert flags == FLAGGED


def test_nothing_was_asked_of_the_canary_and_no_secret_was_kept(out: Path) -> None:
    asked = json.loads((out / "log.json").read_text("utf-8"))
    assert not [entry for entry in asked if "/canari/" in str(entry) or "127.0.0.66" in str(entry)]
    sent = [str(entry.get("headers", "")).lower() for entry in asked]
    assert not [headers for headers in sent if "authorization" in headers or "'cookie'" in headers]
    for file in (*out.glob("*.log"), *out.glob("hemero.db*")):
        kept = file.read_bytes()
        assert not [secret for secret in SECRETS if secret.encode() in kept], file


def test_memory(out: Path, record_property: Callable[[str, object], None]) -> None:
    runs = [line.split() for line in (out / "memory").read_text().splitlines()]
    assert len(runs) == 2
    assert max(int(memory) for memory, _ in runs) <= 512, "megabytes"
    record_property("longest stall of a reactor, seconds", max(float(stall) for _, stall in runs))
