"""WACZ 1.1.1: a few captures as one file that replays in a browser, with their index and a list of pages.

Records are copied from the archive as they are, so that they and their digests are those of the archive; each
becomes a gzip member, whatever it was: https://specs.webrecorder.net/wacz/1.1.1/.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from crawler.archive import records
from crawler.archive.reader import Capture, read, referred, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ARCHIVE: Final = "archive/data.warc.gz"
INDEX: Final = "indexes/index.cdx"  # of CDXJ lines; pywb looks for this ending
PAGES: Final = "pages/pages.jsonl"
HEADING: Final = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
DEFAULT_PORTS: Final = {"http": "80", "https": "443"}

_WWW: Final = re.compile(r"^www\d*\.")


@dataclass(slots=True)
class Package:
    """A WACZ file that is being written; captures are added, ``finish`` writes the rest."""

    archive: Path  # the folder of the WARC files that captures are copied from
    zip: zipfile.ZipFile
    stream: IO[bytes]  # the entry of the WARC file
    offset: int = 0
    held: set[tuple[str, int]] = field(default_factory=set)
    index: list[str] = field(default_factory=list)
    pages: list[bytes] = field(default_factory=list)
    resources: list[dict[str, Any]] = field(default_factory=list)
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, name: str, offset: int, page: Mapping[str, Any]) -> None:
        """Add a capture, its request and what was decided on it; of a revisit, what it refers to as well.

        :param name: the WARC file in the archive
        :param page: what the list of pages says besides the address and the time: ``title``, ids of ours
        :raises CaptureError: the archive does not hold it any more
        """
        capture = read(self.archive / name, offset)
        if first := referred(capture):
            self._copy(*first)
        self._copy(capture.file, offset)
        told = {"url": capture.url, "ts": f"{capture.fetched_at:%Y-%m-%dT%H:%M:%SZ}", **page}
        self.pages.append(json.dumps(told, ensure_ascii=False).encode() + b"\n")

    def _copy(self, file: str, offset: int) -> None:
        """Copy a capture's record and those tied to it, and index it."""
        if (file, offset) in self.held:
            return
        capture, members = read(file, offset), [*map(records.member, texts(file, offset))]
        self.held.add((file, offset))
        self._index(capture, len(members[0]))
        self._write(b"".join(members))

    def _write(self, data: bytes) -> None:
        self.stream.write(data)
        self.digest.update(data)
        self.offset += len(data)

    def _index(self, capture: Capture, length: int) -> None:
        """A line of the index: where the record is, by the address as archives sort it."""
        mime = capture.headers.get("content-type", "").partition(";")[0].strip() or "application/octet-stream"
        said = {
            "url": capture.url,
            "mime": "warc/revisit" if capture.kind == "revisit" else mime,
            "status": str(capture.status),
            "digest": capture.digest,
            "length": str(length),
            "offset": str(self.offset),
            "filename": Path(ARCHIVE).name,
        }
        stamp = f"{capture.fetched_at:%Y%m%d%H%M%S}"
        self.index.append(f"{surt(capture.url)} {stamp} {json.dumps(said)}\n")

    def finish(self, *, title: str, description: str, software: str) -> None:
        """Close the WARC file and write index, pages and the description of the package."""
        self.stream.close()
        self._listed(ARCHIVE, self.digest.hexdigest(), self.offset)
        self._entry(INDEX, "".join(sorted(self.index)).encode())
        self._entry(PAGES, json.dumps(HEADING).encode() + b"\n" + b"".join(self.pages))
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        described = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": title,
            "description": description,
            "created": now,
            "modified": now,
            "software": software,
            "resources": self.resources,
        }
        package = json.dumps(described, indent=2, ensure_ascii=False).encode()
        self._entry("datapackage.json", package, listed=False)
        sealed = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        self._entry("datapackage-digest.json", json.dumps(sealed).encode(), listed=False)

    def _entry(self, path: str, data: bytes, *, listed: bool = True) -> None:
        self.zip.writestr(path, data, zipfile.ZIP_DEFLATED)
        if listed:
            self._listed(path, hashlib.sha256(data).hexdigest(), len(data))

    def _listed(self, path: str, digest: str, size: int) -> None:
        name = Path(path).name
        self.resources.append({"name": name, "path": path, "hash": f"sha256:{digest}", "bytes": size})


@contextmanager
def package(target: Path, archive: Path, *, software: str) -> Iterator[Package]:
    """A new package at ``target``; call ``finish`` once every capture is in it.

    The WARC file is stored as it is, not deflated, so that a reader can fetch parts of it.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as opened:
        stream = opened.open(ARCHIVE, "w", force_zip64=True)
        try:
            made = Package(archive, opened, stream)
            info = records.lines([("software", software), ("format", "WARC File Format 1.1")])
            made._write(_warcinfo(info))  # noqa: SLF001 -- its own maker
            yield made
        finally:
            stream.close()


def _warcinfo(info: bytes) -> bytes:
    made = records.build(
        "warcinfo",
        info,
        record=records.new_id(),
        at=datetime.now(UTC),
        content_type=records.FIELDS,
        fields=[("WARC-Filename", Path(ARCHIVE).name)],
    )
    return records.member(made)


def surt(url: str) -> str:
    """An address as archives sort and look it up: ``com,example)/path?a=1&b=2``.

    As the Internet Archive's canonicaliser makes it: no scheme, "www.", default port or credentials, the
    host from its end, lower case, parameters in order, no slash at the end.
    """
    parts = urlsplit(url.lower())
    host, _, port = parts.netloc.rpartition("@")[2].partition(":")
    name = ",".join(reversed(_WWW.sub("", host).split(".")))
    port = "" if port in {"", DEFAULT_PORTS.get(parts.scheme)} else f":{port}"
    path = parts.path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{name}{port}){path}" + (f"?{query}" if query else "")
