"""One run at a time, ended from outside or by its limits, and what it says of itself."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from scrapy.crawler import Crawler

from crawler.extensions.exit_code import exit_code
from crawler.extensions.report import of_crawler
from crawler.spiders import page
from tests.crawl import slow
from tests.crawl.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

    from tests.crawl.slow import Slow

HEMERO = (sys.executable, "-m", "crawler.cli", "crawl", "lent")
CODES = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
SCRAPY = (sys.executable, "-m", "scrapy", "crawl", "lent")


class Runs:
    """Crawls of the slow newspaper, in cron's bare environment."""

    def __init__(self, folder: Path, server: Slow) -> None:
        self.server = server
        self.file = folder / "hemero.db"
        (folder / "lent.toml").write_text(slow.DECLARATION)
        self.env = {
            "PATH": "/usr/bin:/bin",
            "HEMERO_CATALOGUE": str(folder),
            "HEMERO_DATA": str(folder),
            "HEMERO_KEEP": "all",
            "HEMERO_PROXY": server.proxy,
        }

    def start(self, *command: str, **env: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.env | env,
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            text=True,
        )

    def run(self, *command: str, code: int, **env: str) -> str:
        started = self.start(*command, **env)
        out, err = started.communicate(timeout=60)
        assert started.returncode == code, (out, err)
        assert "Traceback" not in err
        return out + err

    def end(self, started: subprocess.Popen[str], code: int) -> None:
        """Hold the exit code of a run that is ending."""
        out, err = started.communicate(timeout=30)
        assert started.returncode == code, (out, err)
        assert "Traceback" not in err

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.file)
        found = connection.execute(sql).fetchall()
        connection.close()
        return found


@pytest.fixture(autouse=True)
def _started_from_a_terminal() -> Iterator[None]:
    """A hang-up ends what is started, also where these tests themselves run under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture
def stalled(tmp_path: Path) -> Iterator[Runs]:
    """A newspaper whose articles do not come."""
    with slow.serve(wait=60) as server:
        yield Runs(tmp_path, server)


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Runs]:
    """A newspaper that answers at once."""
    with slow.serve(articles=40) as server:
        yield Runs(tmp_path, server)


def test_a_second_run_is_turned_away_without_a_request(stalled: Runs) -> None:
    first = stalled.start(*HEMERO)
    assert stalled.server.stalled.wait(30)
    asked = len(stalled.server.asked)
    for command in (HEMERO, SCRAPY):
        said = stalled.run(*command, code=5)
        assert "lent: another run" in said
        assert str(stalled.file) in said
    assert len(stalled.server.asked) == asked
    first.kill()
    first.communicate()


def test_what_a_killed_run_leaves_blocks_nobody(stalled: Runs) -> None:
    first = stalled.start(*HEMERO)
    assert stalled.server.stalled.wait(30)
    first.kill()
    first.communicate()
    assert stalled.rows("select outcome, finished_at from crawl") == [("running", None)]
    stalled.server.over.set()
    stalled.run(*HEMERO, code=0)
    outcomes = stalled.rows("select outcome, finished_at is null from crawl order by id")
    assert outcomes == [("killed", 0), ("finished", 0)]
    assert len(stalled.rows("select * from articles")) == 3


def test_two_machines_on_one_postgresql(stalled: Runs, engine: sa.Engine) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite's lock is the file's, see above")
    url = engine.url.render_as_string(hide_password=False)
    first = stalled.start(*HEMERO, HEMERO_DATABASE_URL=url)
    assert stalled.server.stalled.wait(30)
    elsewhere = {"HEMERO_DATA": str(ROOT), "HEMERO_DATABASE_URL": url}
    assert "advisory lock" in stalled.run(*HEMERO, code=5, **elsewhere)
    first.kill()
    first.communicate()
    stalled.server.over.set()
    stalled.run(*HEMERO, code=0, **elsewhere)


@pytest.mark.parametrize(
    ("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_one_signal_finishes_what_is_in_flight(stalled: Runs, signum: int, code: int) -> None:
    started = stalled.start(*HEMERO)
    assert stalled.server.stalled.wait(30)
    started.send_signal(signum)
    time.sleep(0.5)
    assert started.poll() is None
    stalled.server.over.set()
    stalled.end(started, code)
    assert stalled.rows("select outcome, exit_code from crawl") == [("shutdown", code)]
    articles = stalled.rows("select * from articles")
    asked = [path for path in stalled.server.asked if "article" in path]
    assert len(articles) == len(asked) == 1
    assert len(stalled.rows("select * from page where outcome = 'pending'")) == 2
    [(told,)] = stalled.rows("select report from crawl")
    report = json.loads(str(told))
    assert report["counts"]["asked"] == len(stalled.server.asked)  # not what was dropped
    assert report["left"] == 2


@pytest.mark.parametrize(("what", "code"), [("hemero.db", 6), ("archive", 3)])
def test_a_run_whose_files_are_deleted_does_not_end_well(stalled: Runs, what: str, code: int) -> None:
    started = stalled.start(*HEMERO)
    assert stalled.server.stalled.wait(30)
    while not list(stalled.file.parent.glob("archive/*")):
        time.sleep(0.05)
    for file in [*stalled.file.parent.glob(f"{what}*"), *stalled.file.parent.glob(f"{what}/*")]:
        if file.is_file():
            file.unlink()
    stalled.server.over.set()
    out, err = started.communicate(timeout=30)
    assert started.returncode == code, (out, err)
    assert ("was deleted" if code == 6 else "No such file") in err
    assert "Traceback" not in err


def test_a_run_under_nohup_outlives_its_terminal(stalled: Runs) -> None:
    started = stalled.start("nohup", *HEMERO)
    assert stalled.server.stalled.wait(30)
    started.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    stalled.server.over.set()
    stalled.end(started, 0)
    assert len(stalled.rows("select * from articles")) == 3


def test_a_run_that_is_stopped_does_not_wait_for_ever(stalled: Runs) -> None:
    started = stalled.start(*SCRAPY, "-s", "STOP_WAIT=1")
    assert stalled.server.stalled.wait(30)
    started.send_signal(signal.SIGTERM)
    stalled.end(started, 143)
    assert stalled.rows("select outcome, exit_code from crawl") == [("shutdown", 143)]


def test_two_signals_end_a_run_at_once(stalled: Runs) -> None:
    started = stalled.start(*HEMERO)
    assert stalled.server.stalled.wait(30)
    started.send_signal(signal.SIGINT)
    time.sleep(0.3)
    started.send_signal(signal.SIGINT)
    stalled.end(started, 130)
    assert stalled.rows("select outcome, exit_code from crawl") == [("shutdown", 130)]
    stalled.server.over.set()
    stalled.run(*HEMERO, code=0)
    assert len(stalled.rows("select * from articles")) == 3


def test_a_signal_at_any_moment_leaves_no_open_run(quick: Runs) -> None:
    """From the first moments, before anything is open, to the crawl itself."""
    for milliseconds in range(150, 1650, 250):
        started = quick.start(*HEMERO)
        time.sleep(milliseconds / 1000)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=30)
        assert started.returncode in {130, -signal.SIGINT, 0}, (milliseconds, out, err)
        if quick.file.exists() and quick.rows("select * from sqlite_master where name = 'crawl'"):
            assert not quick.rows("select * from crawl where finished_at is null"), milliseconds
            quick.rows("pragma integrity_check")
    quick.run(*HEMERO, code=0)
    assert len(quick.rows("select * from articles")) == 40


@pytest.mark.parametrize("limit", ["--max-time=1s", "--max-bytes=1k"])
def test_a_limit_ends_the_run(stalled: Runs, limit: str) -> None:
    if limit.startswith("--max-bytes"):
        stalled.server.wait = 0.5
    stalled.run(*SCRAPY, "-s", "STOP_WAIT=0.5", "-s", _setting(limit), code=8)
    assert stalled.rows("select substr(outcome, 1, 6), exit_code from crawl") == [("limit:", 8)]
    stalled.server.over.set()
    stalled.run(*HEMERO, limit.replace("1k", "1G").replace("1s", "1h"), code=0)
    assert len(stalled.rows("select * from articles")) == 3


def _setting(limit: str) -> str:
    return "RUN_MAX_SECONDS=1" if "time" in limit else "RUN_MAX_BYTES=1000"


@pytest.mark.parametrize("limit", ["--max-time=1d", "--max-time=0s", "--max-bytes=5MB", "--max-time=soon"])
def test_a_limit_that_means_nothing(quick: Runs, limit: str) -> None:
    assert limit.partition("=")[2] in quick.run(*HEMERO, limit, code=2)


def test_the_report_and_the_summary(quick: Runs, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    said = quick.run(*HEMERO, "--report", str(file), code=0)
    [line] = [line for line in said.splitlines() if line.startswith("run: ")]
    assert line.startswith("run: exit 0: 1 source, ")
    assert "40 new" in line
    report = json.loads(file.read_text("utf-8"))
    assert (report["exit_code"], report["locked"]) == (0, [])
    [source] = report["sources"]
    assert source["counts"]["new"] == source["outcomes"]["article"]["stored"] == 40
    [(kept,)] = quick.rows("select report from crawl")
    kept = json.loads(str(kept))
    assert {name: kept[name] for name in kept if name != "seconds"} == {
        name: source[name] for name in source if name != "seconds"
    }


def test_a_report_that_cannot_be_written_is_told_before_the_crawl(quick: Runs) -> None:
    assert "/nowhere/report.json" in quick.run(*HEMERO, "--report", "/nowhere/report.json", code=3)
    database = sqlite3.connect(quick.file.with_name("other.db"))
    database.execute("create table kept (name)")
    database.close()
    assert "other.db" in quick.run(*HEMERO, "--report", str(quick.file.with_name("other.db")), code=2)
    assert not quick.server.asked


def test_a_query_that_cannot_be_read_is_told_before_the_crawl(quick: Runs) -> None:
    for command in (HEMERO, SCRAPY):
        assert "nowhere.toml" in quick.run(*command, code=2, HEMERO_QUERY="nowhere.toml")
    assert not quick.server.asked


def test_certificates_that_are_not_there_are_told_before_the_crawl(quick: Runs) -> None:
    said = quick.run(*HEMERO, code=2, SSL_CERT_FILE="/nowhere/ca.pem")
    assert "SSL_CERT_FILE: no such file: /nowhere/ca.pem" in said
    assert not quick.server.asked


def test_a_network_that_is_down_is_told_though_some_feeds_rest() -> None:
    failed = {"listing/network_error": 2, "frontier/resting": 1}
    assert exit_code(failed, "finished") == 7
    assert exit_code(failed | {"downloader/response_count": 3}, "finished") == 0


def test_a_crawl_that_has_not_begun_is_reported_as_such() -> None:
    """The table on a terminal asks while sources wait for their turn."""
    told = of_crawler(Crawler(page.PageSpider))
    assert (told["source"], told["outcome"], set(told["counts"].values())) == ("page", "not started", {0})


def test_on_a_terminal_a_table_shows_how_far_it_is(quick: Runs) -> None:
    ours, theirs = pty.openpty()
    env = quick.env | {"TERM": "xterm", "COLUMNS": "120"}
    started = subprocess.Popen(
        HEMERO, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    with os.fdopen(ours, "rb", buffering=0) as terminal, contextlib.suppress(OSError):  # at its end
        while part := terminal.read(4096):
            said += part
    assert started.wait(60) == 0
    assert b"Traceback" not in said
    assert b"running" in said
    assert b"run: exit 0: 1 source, " in said


def test_the_log_is_json_that_no_page_can_forge(quick: Runs) -> None:
    said = quick.start(*HEMERO, "--verbose", "--json-log")
    _, err = said.communicate(timeout=60)
    records = [json.loads(line) for line in err.splitlines()]
    assert {"time", "level", "logger", "message"} <= set(records[0])
    assert any(record.get("source") == "lent" for record in records)


def test_a_closed_pipe_is_no_failure(quick: Runs) -> None:
    quick.run(*HEMERO, code=0)
    hemero = f"{sys.executable} -m crawler.cli"
    searches = ("search article --limit 1000", "search article --format csv", "sources list", "crawl lent")
    for command in searches:
        done = subprocess.run(
            f"{hemero} {command} | head -c 0; exit ${{PIPESTATUS[0]}}",
            shell=True,
            executable="/bin/bash",
            cwd=ROOT,
            env=quick.env | {"HOME": os.devnull},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr.replace("40 articles found\n", "")) == (0, ""), command
