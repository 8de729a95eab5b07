"""What the end of a crawl finds wrong: exit code, tables, report, e-mail, webhook, canaries."""

from __future__ import annotations

import json
import socket
import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller

from crawler.errors import AlertError
from crawler.health import alerts
from crawler.health.canaries import compare
from tests.crawl import slow
from tests.crawl.test_running import HEMERO, Runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HEALTH = (*HEMERO[:3], "health")
FINDINGS = [{"kind": "yield", "subject": "", "message": "2 articles, où 40 sont d’usage"}]
CANARY = "http://www.lent.example/article-1"


class Hook(HTTPServer):
    """A webhook that keeps what it gets."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hooked)
        self.got: list[Any] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


class _Hooked(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        self.server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


class Box:
    """A mailbox."""

    def __init__(self) -> None:
        self.got: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: ANN401, N802
        self.got.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, str]]:
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    with slow.serve(articles=4) as server:
        yield Runs(tmp_path, server)


def age(runs: Runs) -> None:
    """Make every run so far two days older."""
    connection = sqlite3.connect(runs.file)
    older = "strftime('%Y-%m-%dT%H:%M:%S+00:00', {}, '-2 days')"
    connection.execute(f"update crawl set started_at = {older.format('started_at')}")
    connection.execute("update page set next_due_at = null where kind = 'feed'")
    connection.commit()
    connection.close()


def test_a_source_below_its_expectation(runs: Runs, hook: Hook, box: tuple[Box, str], tmp_path: Path) -> None:
    mails, smtp = box
    file = tmp_path / "lent.toml"
    file.write_text(file.read_text() + "[expect]\narticles_a_day = 500\n")
    told = {"HEMERO_ALERT_WEBHOOK": hook.url, "HEMERO_ALERT_TO": "a@hemero.example, b@hemero.example",
            "HEMERO_ALERT_SMTP": smtp, "HEMERO_ALERT_FROM": "hemero@hemero.example"}  # fmt: skip
    for _ in range(2):
        runs.run(*HEMERO, code=0, **told)
        age(runs)
    report = tmp_path / "report.json"
    said = runs.run(*HEMERO, "--report", str(report), code=9, **told)
    assert "1 health finding: see 'hemero health'" in said
    [finding] = json.loads(report.read_text("utf-8"))["sources"][0]["health"]
    assert "where [expect] says 500 a day" in finding["message"]
    assert [one["findings"] for one in hook.got] == [[finding]]
    [(sender, to, content)] = mails.got
    assert (sender, to) == ("hemero@hemero.example", ["a@hemero.example", "b@hemero.example"])
    assert b"Subject: Hemero: lent: expect" in content
    # it still stands: said again by the exit code, told nobody twice
    runs.run(*HEMERO, code=9, **told)
    assert (len(hook.got), len(mails.got)) == (1, 1)
    assert "lent: expect: 0 new articles" in runs.run(*HEALTH, code=9)
    [same] = json.loads(runs.run(*HEALTH, "lent", "--json", code=9))["lent"]
    assert same["since"]
    file.write_text(slow.DECLARATION)
    runs.run(*HEMERO, code=0, **told)
    assert runs.rows("select kind, ended_at is not null from finding") == [("expect", 1)]
    runs.run(*HEALTH, code=0)


def test_an_alert_that_nobody_takes_is_sent_by_the_next_run(runs: Runs, hook: Hook, tmp_path: Path) -> None:
    file = tmp_path / "lent.toml"
    file.write_text(file.read_text() + "[expect]\nsilence = 1\n")
    runs.run(*HEMERO, code=0)
    age(runs)
    runs.run(*HEMERO, code=0)
    age(runs)
    said = runs.run(*HEMERO, code=9, HEMERO_ALERT_WEBHOOK="http://127.0.0.1:9/hook")
    assert "the alert could not be sent" in said
    assert runs.rows("select told from finding") == [("",)]
    for _ in range(2):
        runs.run(*HEMERO, code=9, HEMERO_ALERT_WEBHOOK=hook.url)
    [alert] = hook.got
    assert [one["kind"] for one in alert["findings"]] == ["silence"]
    assert runs.rows("select told from finding") == [("webhook",)]


def test_a_canary_that_changes_is_told(runs: Runs) -> None:
    runs.run(*HEMERO, code=0)
    runs.run(*HEALTH, "--canary", CANARY, code=0)
    runs.run(*HEALTH, "--canary", "http://www.lent.example/nothing", code=2)
    asked = len(runs.server.asked)
    runs.run(*HEMERO, code=0)
    assert "/article-1" in runs.server.asked[asked:]
    assert runs.rows("select read_at is not null from canary") == [(1,)]
    runs.server.page = slow.PAGE.replace("<p>La cellule", "<div>La cellule")
    day = "strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-1 day')"
    forget = f"update canary set read_at = {day}"  # so small a source is looked at again
    change(runs, forget)
    runs.server.page = "<html><body><h1>Article {0}</h1><p>Abonnez-vous pour lire la suite.</p></body></html>"
    said = runs.run(*HEMERO, code=9)
    assert "health finding" in said
    assert f"lent: canary: {CANARY}: " in runs.run(*HEALTH, code=9)
    change(runs, forget)
    runs.server.page = slow.PAGE
    runs.run(*HEMERO, code=0)
    runs.run(*HEALTH, "--release", CANARY, code=0)
    assert not runs.rows("select * from canary")


def change(runs: Runs, sql: str) -> None:
    connection = sqlite3.connect(runs.file)
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_what_is_a_correction_and_what_is_not() -> None:
    body = "Le ministère compte les contenus signalés. " * 20
    assert compare(("Titre", body, None), ("TITRE", body + " Ajout de trois mots.", None)) == ""
    assert "words are missing" in compare(("Titre", body, None), ("Titre", body[: len(body) // 2], None))
    assert "were not there" in compare(
        ("Titre", body, None), ("Titre", body + "Bravo, bien dit ! " * 20, None)
    )
    assert "title" in compare(("Titre", body, None), ("Accueil", body, None))


def test_no_password_in_what_an_alert_says() -> None:
    sends: list[Callable[[], None]] = [
        lambda: alerts.mail("smtp://u:SECRET@127.0.0.1:9", "a@a.example", "b@b.example", "lent", FINDINGS),
        lambda: alerts.post("http://127.0.0.1:9/SECRET", "lent", FINDINGS),
    ]
    for send in sends:
        with pytest.raises(AlertError) as caught:
            send()
        assert "SECRET" not in str(caught.value)
        assert "127.0.0.1" in str(caught.value)


def test_a_server_that_answers_nonsense_takes_no_alert() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def nonsense() -> None:
            for _ in range(2):
                with server.accept()[0] as asked:
                    asked.sendall(b"nonsense\r\n" * 3)

        threading.Thread(target=nonsense, daemon=True).start()
        sends: list[Callable[[], None]] = [
            lambda: alerts.post(f"http://127.0.0.1:{port}/", "lent", FINDINGS),
            lambda: alerts.mail(f"smtp://127.0.0.1:{port}", "a@a.example", "é@b.example", "lent", FINDINGS),
        ]
        for send in sends:
            with pytest.raises(AlertError, match=r"127\.0\.0\.1"):
                send()
