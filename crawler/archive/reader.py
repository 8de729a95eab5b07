"""Captures read back from WARC and WACZ files, our own and those of others.

::

    for capture in captures("CC-NEWS-20240101000000-00001.warc.gz", wanted=lambda url: "latribune" in url):
        read(capture.body, capture.url)

    read("archive/hemero-20261122T010219Z-4f3a9c-00001.warc.gz", 1234).body

Read are WARC 1.0 and 1.1, plain, with a gzip member a record or one for the whole file, and the ``archive/``
entries of WACZ packages. Parsing is FastWARC's.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, Final, cast

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.archive import response
from crawler.errors import CaptureError
from crawler.text.codings import unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from fastwarc.warc import WarcRecord

OPEN: Final = ".open"
"""Ends the name of a file that a run still writes."""
INSIDE: Final = "#"
"""Between the name of a WACZ package and the WARC file in it: ``week.wacz#archive/data.warc.gz``."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a record beyond which it is passed over: news pages have 8 MB at most."""

CAPTURES: Final = (
    WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.conversion | WarcRecordType.resource
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One answer of a server as an archive holds it.

    ``payload`` is the body as sent, still compressed, chunks taken apart; ``body`` is what it says. A
    "revisit" says that the payload was that of an earlier record, which ``refers_to`` names: ``read``
    fetches it from there, ``captures`` leaves it empty.
    """

    kind: str  # "response", "revisit", "conversion" (cleaned by us) or "resource" (a file as it is)
    record: str  # WARC-Record-ID, without angle brackets
    url: str
    fetched_at: datetime  # UTC
    status: int  # of HTTP; 200 for a resource or a conversion, 304 for "not modified"
    headers: Mapping[str, str] = field(repr=False)  # lower-case names, the first of several
    payload: bytes = field(repr=False)
    file: str  # as it was given, with the entry of a WACZ package behind "#"
    offset: int  # of the record's gzip member; in a file that is one member, of its text
    digest: str = ""  # WARC-Payload-Digest, "sha1:…" in base 32
    refers_to: str = ""  # of a revisit: the record that holds the payload, where that is said
    refers_to_url: str = ""
    profile: str = ""  # of a revisit: why it is one
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)  # the WARC header, lower-case names

    @property
    def body(self) -> bytes:
        """The payload with its Content-Encoding undone.

        :raises CaptureError: it is coded in a way nobody declares or knows, or unfolds beyond all measure
        """
        names = [name.strip().lower() for name in self.headers.get("content-encoding", "").split(",")]
        try:
            return unpack(self.payload, names, LARGEST, partial=True)[0]
        except ValueError as error:
            raise CaptureError(f"{self.file}, offset {self.offset}: {self.url}: {error}") from error


def captures(path: Path | str, wanted: Callable[[str], bool] | None = None) -> Iterator[Capture]:
    """Every capture of a file, in its order; of a WACZ package those of all its WARC files.

    Records beyond LARGEST, and those whose address is not ``wanted``, are passed over unparsed.

    :raises CaptureError: the file is none, is missing, or is damaged; what came before it has been given
    """
    for name in files(path):
        with _opened(name) as stream:
            for record, offset in _records(stream, name, CAPTURES):
                if record.content_length <= LARGEST and (wanted is None or wanted(_url(record))):
                    yield _capture(record, name, offset)


def read(path: Path | str, offset: int) -> Capture:
    """The capture at one place of a file: the columns ``warc_file`` and ``warc_offset`` of a fetch.

    A file that a run still writes is found too. A revisit is given the payload, headers and status of the
    record that it refers to, where its own fields say where that stands.

    :raises CaptureError: there is no such file, or no whole capture at that place
    """
    found = _read(str(path), offset)
    first = _first(found)
    return _merged(found, first) if first else found


def original(folder: Path, name: str, offset: int) -> Capture | None:
    """The capture with a body that one place of an archive stands for; None if it cannot be read any more."""
    try:
        found = _read(str(folder / name), offset)
        return _first(found) if found.kind == "revisit" else found
    except CaptureError:
        return None


def texts(path: Path | str, offset: int) -> list[bytes]:
    """The record at one place of a file, as it stands there unpacked, and those that it is tied to below it.

    Those are its request and what was decided on it: they name it in ``WARC-Concurrent-To``.

    :raises CaptureError: there is no such file, or it is damaged there
    """
    found: list[bytes] = []
    named: str | None = None
    with _opened(str(path), offset) as stream:
        for record, _ in _records(stream, str(path), WarcRecordType.any_type):
            if found and record.headers.get("WARC-Concurrent-To") != named:
                break
            named = named or record.headers.get("WARC-Record-ID")
            text = io.BytesIO()
            record.write(text)
            found.append(text.getvalue())
    return found


def referred(visit: Capture) -> tuple[str, int] | None:
    """The file and the place of what a revisit refers to, where it says in which file that stands."""
    if visit.kind != "revisit" or "warc-refers-to-filename" not in visit.fields:
        return None
    file = Path(visit.file).with_name(PurePath(visit.fields["warc-refers-to-filename"]).name or "?")
    offset = visit.fields.get("warc-refers-to-file-offset", "")
    return str(file), int(offset) if offset.isdecimal() else 0


def _first(visit: Capture) -> Capture | None:
    """What a revisit refers to, where it says in which file that stands.

    :raises CaptureError: it does not stand there
    """
    if (place := referred(visit)) is None:
        return None
    first = _read(*place)
    if first.record != visit.refers_to:
        raise CaptureError(f"{first.file}: the record at offset {first.offset} is not {visit.refers_to}")
    return first


def files(path: Path | str) -> list[str]:
    """The WARC files that a path stands for: itself, or the entries of a WACZ package."""
    name = str(path)
    if INSIDE in name or not name.endswith(".wacz"):
        return [name]
    try:
        with zipfile.ZipFile(name) as package:
            inside = [entry for entry in package.namelist() if entry.startswith("archive/")]
    except (OSError, zipfile.BadZipFile) as error:
        raise CaptureError(f"{name}: {error}") from error
    return [f"{name}{INSIDE}{entry}" for entry in inside if not entry.endswith("/")]


def locate(folder: Path, name: str) -> Path:
    """A file of the archive, which may still be open.

    :raises CaptureError: it is not there
    """
    for file in (folder / name, folder / (name + OPEN)):
        if file.is_file():
            return file
    raise CaptureError(f"{folder / name}: no such file: it was moved or deleted")


def _read(name: str, offset: int) -> Capture:
    with _opened(name, offset) as stream:
        for record, _ in _records(stream, name, WarcRecordType.any_type):
            if record.record_type & CAPTURES:
                return _capture(record, name, offset)
            break
    raise CaptureError(f"{name}, offset {offset}: no capture there")


def _merged(visit: Capture, first: Capture) -> Capture:
    """A revisit with what it refers to; headers of its own win, since a 304 brings the newer ones."""
    told = {name: value for name, value in visit.headers.items() if name != "content-length"}
    return replace(visit, payload=first.payload, status=first.status, headers={**first.headers, **told})


@contextmanager
def _opened(name: str, offset: int = 0) -> Iterator[IO[bytes]]:
    """A WARC file at one of its places; one that is a single gzip member is unpacked."""
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(_raw(name))
            if _is_one_member(stream):
                stream.seek(0)
                stream = cast("IO[bytes]", stack.enter_context(gzip.open(stream)))
            stream.seek(offset)
        except (OSError, EOFError, zipfile.BadZipFile, KeyError, zlib.error, ValueError) as error:
            raise CaptureError(f"{name}: {error}") from error
        yield stream


def _raw(name: str) -> IO[bytes]:
    package, _, entry = name.partition(INSIDE)
    if entry and package.endswith(".wacz"):
        with zipfile.ZipFile(package) as opened:  # the stream keeps the file open for itself
            return opened.open(entry)
    file = Path(name)
    return locate(file.parent, file.name).open("rb")


def _is_one_member(stream: IO[bytes]) -> bool:
    """Whether the first gzip member goes on behind the first record: then it holds the whole file.

    :raises ValueError: there is nothing in it
    """
    if not stream.read(1):
        raise ValueError("the file is empty")
    stream.seek(0)
    unpack, head, size, end = zlib.decompressobj(31), b"", 0, 0
    while not unpack.eof and (chunk := stream.read(65536)):
        if not size and chunk[:2] != b"\x1f\x8b":
            return False
        text = unpack.decompress(chunk)
        size += len(text)
        if not end:
            head += text
            end = _end(head)
        if end and size > end:
            return True
    return False


def _end(text: bytes) -> int:
    """Where the record ends with which a text begins; 0 if its header has no end yet."""
    at = text.find(b"\r\n\r\n")
    said = re.search(rb"\ncontent-length:\s*(\d+)", text[: max(at, 0)].lower())
    return at + 8 + int(said[1]) if said else 0


def _records(stream: IO[bytes], name: str, kinds: WarcRecordType) -> Iterator[tuple[WarcRecord, int]]:
    """The records of some kinds from where the stream stands, with the place of each."""
    try:
        for record in ArchiveIterator(stream, record_types=kinds, parse_http=False):
            yield record, record.stream_pos
    except OSError as error:
        raise CaptureError(f"{name}: damaged: {error}") from error


def _url(record: WarcRecord) -> str:
    """WARC 1.0 writers put the address between angle brackets (an error of that standard's grammar)."""
    return str(record.headers.get("WARC-Target-URI", "")).strip("<>")


def _capture(record: WarcRecord, name: str, offset: int) -> Capture:
    """What FastWARC gives, as a capture.

    :raises CaptureError: the record is cut short, or its date is none
    """
    fields = {key.lower(): value for key, value in record.headers.astuples()}
    where = f"{name}, offset {offset}"
    if "content-length" not in fields:
        raise CaptureError(f"{where}: cut short: its header has no end")
    if record.record_date is None:
        raise CaptureError(f"{where}: WARC-Date is no time: {fields.get('warc-date', '')!r}")
    block = record.reader.read()
    if len(block) != record.content_length:
        raise CaptureError(f"{where}: cut short: {len(block)} of {record.content_length} bytes are there")
    kind = fields.get("warc-type", "")
    status, headers, payload = response.parse(block) if _is_http(fields) else (200, _typed(fields), block)
    return Capture(
        kind=kind,
        record=fields.get("warc-record-id", "").strip("<>"),
        url=_url(record),
        fetched_at=record.record_date.astimezone(UTC),
        status=status,
        headers=headers,
        payload=b"" if kind == "revisit" else payload,
        file=name,
        offset=offset,
        digest=fields.get("warc-payload-digest", ""),
        refers_to=fields.get("warc-refers-to", "").strip("<>"),
        refers_to_url=fields.get("warc-refers-to-target-uri", "").strip("<>"),
        profile=fields.get("warc-profile", ""),
        fields=fields,
    )


def _is_http(fields: Mapping[str, str]) -> bool:
    return fields.get("content-type", "").replace(" ", "").lower().startswith("application/http")


def _typed(fields: Mapping[str, str]) -> dict[str, str]:
    """What a record without HTTP says of its block."""
    return {"content-type": fields["content-type"]} if "content-type" in fields else {}
