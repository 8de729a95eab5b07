"""A corpus that strangers wrote, served as ``hemero serve`` serves it, and a browser to look at it."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from crawler.db import session
from crawler.db.store import Store
from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Engine

ATTACKS = (
    "<script>document.title='PWNED'</script>",
    "<img src=x onerror=\"document.title='PWNED'\">",
    "<svg/onload=\"document.title='PWNED'\">",
    '"><iframe srcdoc="<script>parent.document.title=\'PWNED\'</script>">',
    "</title></textarea></style></script><script>document.title='PWNED'</script>",
    "{{ 7 * 191 }}${7*191}",
    "<a href=\"javascript:document.title='PWNED'\">lien</a>",
)


def attack(engine: Engine) -> None:
    """Articles whose every text is an attack."""
    store = Store(engine)
    name = ATTACKS[0]
    store.declare(key="piege", name=name, home="", kind="press", country="FR", timezone="UTC")
    at = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    items: list[Article | Fetch] = []
    for number, text in enumerate(ATTACKS):
        url = f"https://piege.example/{number}?x='><script>"
        fetch = Fetch(source="piege", url=url, kind="article", fetched_at=at, status=200)
        fields: dict[str, Any] = dict.fromkeys(
            ("title", "lead", "section", "agency", "published_signal"), text
        )
        items.append(
            Article(
                url=url,
                **fields,
                body=f"piège {text}\n\n{text} {number}",
                authors=[text],
                tags=[text],
                terms=[text],
                label=2,
                published_at=at,
                source="piege",
                fetch=fetch,
            )
        )
    store.save(None, items)


@pytest.fixture(scope="module")
def corpus(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, fill: Callable[[Engine], None]
) -> Path:
    """A SQLite database with ordinary articles and attacks."""
    file = tmp_path_factory.mktemp("web") / "presse.db"
    shutil.copy(sqlite_template, file)
    engine = session.engine(f"sqlite:///{file}")
    fill(engine)
    attack(engine)
    engine.dispose()
    return file


@contextmanager
def serving(url: str, *arguments: str) -> Iterator[str]:
    """``hemero serve`` in a process of its own; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bare = {key: value for key, value in os.environ.items() if not key.startswith("HEMERO_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", "serve", "--port", str(port), *arguments],
        env=bare | {"HEMERO_DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            if process.poll() is not None or _answers(address):
                break
            time.sleep(0.1)
        assert process.poll() is None, process.stderr and process.stderr.read().decode()
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _answers(address: str) -> bool:
    try:
        return bool(urllib.request.urlopen(f"{address}/-/versions.json", timeout=10).read())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="module")
def live(corpus: Path) -> Iterator[str]:
    """The address of the live database."""
    with serving(f"sqlite:///{corpus}") as address:
        yield address


class Browser:
    """Debian's chromium without a window: a page as it is once its scripts have run."""

    def __init__(self, program: str, profile: Path) -> None:
        self._base = [
            program,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={profile}",
        ]

    def dom(self, url: str) -> tuple[str, str]:
        """The page, and what its console said."""
        done = self._run("--dump-dom", "--virtual-time-budget=3000", "--enable-logging=stderr", "--v=0", url)
        said = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
        return done.stdout, said

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._base, *arguments], capture_output=True, text=True, timeout=120, check=True
        )


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """A browser; skips where there is none."""
    if not (program := shutil.which("chromium") or shutil.which("chromium-browser")):
        absent = pytest.fail if os.environ.get("HEMERO_TEST_ALL") else pytest.skip
        absent("no browser: apt install chromium")
    return Browser(program, tmp_path_factory.mktemp("chromium"))


def get(datasette: Any, path: str) -> Any:  # noqa: ANN401 -- Datasette is untyped
    """The answer of a Datasette, asked in this process."""
    return asyncio.run(datasette.client.get(path))
