"""WACZ packages: only the captures asked for, valid by the validator of the format, replayed by pywb."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import shutil
import socket
import subprocess
import time
import urllib.request
import zipfile
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest

from crawler.archive.exchange import Exchange
from crawler.archive.package import package, surt
from crawler.archive.reader import captures, read
from crawler.archive.records import new_id
from crawler.archive.writer import Writer
from crawler.cli import main
from crawler.db import session
from crawler.db.store import Store
from crawler.items import Article, Fetch, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
HOST = "https://www.courrier.example"


def page(name: str) -> bytes:
    return f"<html><head><title>{name}</title></head><body><p>Texte de {name}.</p></body></html>".encode()


def exchange(url: str, body: bytes) -> Exchange:
    return Exchange(
        record=new_id(),
        at=NOW,
        url=url,
        method="GET",
        asked=[("User-Agent", "Hemero")],
        protocol="HTTP/1.1",
        status=200,
        headers=[("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")],
        body=gzip.compress(body),
        decisions=[("robots", "200: allowed")],
    )


@pytest.fixture
def crawled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with three articles: archived, a revisit of another address, and without a capture."""
    monkeypatch.chdir(tmp_path)
    for name in ("HEMERO_DATABASE_URL", "HEMERO_ARCHIVE_FOLDER"):
        monkeypatch.delenv(name, raising=False)
    engine = session.engine(f"sqlite:///{tmp_path / 'hemero.db'}")
    session.prepare(engine)
    store = Store(engine)
    store.declare(key="courrier", name="Courrier", home=HOST, kind="press", country="FR", timezone="UTC")
    writer = Writer(tmp_path / "archive", info={"software": "test"})
    first = exchange(f"{HOST}/un", page("un"))
    other = exchange(f"{HOST}/autre", page("autre"))
    place = writer.append(first.response())[0]
    writer.append(other.response())
    writer.sync()
    again = exchange(f"{HOST}/deux?b=2&a=1", page("un"))
    second = writer.append(again.revisit(read(tmp_path / "archive" / place[0], place[1])))[0]
    writer.close()
    for name, where in (("un", place), ("deux?b=2&a=1", second), ("trois", None)):
        url = f"{HOST}/{name}"
        fetch = Fetch(source="courrier", url=url, kind="article", fetched_at=NOW, status=200)
        fetch.record = Record(new_id(), NOW, *where) if where else None
        body = f"Texte de {name} : contenus haineux."
        store.save(None, [Article(url=url, title=f"Titre {name}", body=body, source="courrier", fetch=fetch)])
    engine.dispose()
    return tmp_path


def hemero(*arguments: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0


def test_a_package_holds_the_captures_of_the_articles_and_no_others(crawled: Path) -> None:
    hemero("export", "wacz", "haineux", "--output", "sujet.wacz")
    found = {capture.url: capture for capture in captures(crawled / "sujet.wacz")}
    assert list(found) == [f"{HOST}/un", f"{HOST}/deux?b=2&a=1"]
    assert found[f"{HOST}/un"].body == page("un")
    assert found[f"{HOST}/deux?b=2&a=1"].kind == "revisit"
    with zipfile.ZipFile(crawled / "sujet.wacz") as package:
        assert package.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
        described = json.loads(package.read("datapackage.json"))
        for one in described["resources"]:
            data = package.read(one["path"])
            assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        index = package.read("indexes/index.cdx").decode().splitlines()
        pages = [json.loads(one) for one in package.read("pages/pages.jsonl").splitlines()[1:]]
        assert b"cookie" not in gzip.decompress(package.read("archive/data.warc.gz")).lower()
    assert [line.split(" ")[:2] for line in index] == [
        ["example,courrier)/deux?a=1&b=2", "20260304050607"],
        ["example,courrier)/un", "20260304050607"],
    ]
    assert [(one["title"], one["article"], one["ts"]) for one in pages] == [
        ("Titre un", 1, "2026-03-04T05:06:07Z"),
        ("Titre deux?b=2&a=1", 2, "2026-03-04T05:06:07Z"),
    ]
    manifest = json.loads((crawled / "sujet.wacz.manifest.json").read_text("utf-8"))
    assert (manifest["articles"], [one["ids"] for one in manifest["left_out"].values()]) == (2, [[3]])


@pytest.mark.parametrize("form", ["a member a record", "plain", "one member", "a package"])
def test_captures_are_copied_from_archives_of_every_form(form: str, crawled: Path) -> None:
    [file] = (crawled / "archive").iterdir()
    text = gzip.decompress(file.read_bytes())
    folder = crawled / "taken"
    folder.mkdir()
    name = "week.wacz" if form == "a package" else "week.warc"
    if form == "a package":
        with zipfile.ZipFile(folder / name, "w") as made:
            made.write(file, f"archive/{file.name}")
    else:
        (folder / file.name).write_bytes(
            {"plain": text, "one member": gzip.compress(text)}.get(form, file.read_bytes())
        )
        name = file.name
    moved = form in {
        "plain",
        "one member",
    }  # a visit names the place of its first capture, which is another now
    held = [one for one in captures(folder / name) if one.url.endswith("/un" if moved else ("/un", "a=1"))]
    with package(crawled / "again.wacz", folder, software="test") as copied:
        for one in held:
            copied.add(one.file.removeprefix(f"{folder}/"), one.offset, {"title": one.url})
        copied.finish(title="", description="", software="test")
    again = list(captures(crawled / "again.wacz"))
    assert [(one.record, one.url, one.payload) for one in again] == [
        (one.record, one.url, one.payload) for one in held
    ]
    with zipfile.ZipFile(crawled / "again.wacz") as made:
        told = gzip.decompress(made.read("archive/data.warc.gz"))
    copied_texts = told.split(b"WARC/1.1\r\n")[2:]  # below its own warcinfo
    assert copied_texts
    assert set(copied_texts) <= set(text.split(b"WARC/1.1\r\n"))


def test_a_lost_capture_is_left_out_and_said(crawled: Path) -> None:
    for file in (crawled / "archive").iterdir():
        file.unlink()
    hemero("export", "wacz", "--output", "rien.wacz")
    manifest = json.loads((crawled / "rien.wacz.manifest.json").read_text("utf-8"))
    assert manifest["articles"] == 0
    assert {reason: one["ids"] for reason, one in manifest["left_out"].items()} == {
        "the capture cannot be read from the archive": [1, 2],
        "no capture: the archive was off when it was fetched": [3],
    }


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: pip install wacz pywb, in an environment of its own")
    return found


@pytest.mark.usefixtures("crawled")
def test_the_validator_of_the_format_finds_nothing() -> None:
    wacz = tool("wacz")
    hemero("export", "wacz", "--output", "sujet.wacz")
    done = subprocess.run([wacz, "validate", "-f", "sujet.wacz"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "invalid" not in done.stdout.lower()


@pytest.fixture
def replayed(crawled: Path) -> Iterator[str]:
    """The address of a pywb that serves the package."""
    wayback, manager = tool("wayback"), tool("wb-manager")
    hemero("export", "wacz", "--output", "sujet.wacz")
    for arguments in (["init", "sujet"], ["add", "--unpack-wacz", "sujet", "sujet.wacz"]):
        subprocess.run([manager, *arguments], cwd=crawled, capture_output=True, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [wayback, "-p", str(port), "-b", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=crawled, stderr=subprocess.DEVNULL)
    try:
        for _ in range(150):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                    break
            except URLError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/sujet"
    finally:
        server.kill()
        server.wait()


def test_pywb_replays_the_package(replayed: str) -> None:
    for name in ("un", "deux?a=1&b=2"):
        with urllib.request.urlopen(f"{replayed}/20260304050607id_/{HOST}/{name}", timeout=20) as answer:
            body = answer.read()
            assert (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body) == page("un")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.courrier.example/", "example,courrier)/"),
        ("http://www2.Courrier.example:80/A/B/", "example,courrier)/a/b"),
        ("https://courrier.example:8443/x?b=2&a=1#c", "example,courrier:8443)/x?a=1&b=2"),
    ],
)
def test_addresses_are_looked_up_as_archives_sort_them(url: str, key: str) -> None:
    assert surt(url) == key
