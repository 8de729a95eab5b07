"""Whether an archive holds what the database says it holds, and is whole.

``gzip -t`` and ``warcio check`` read a file until its first fault, pass over a cut or zero-filled end, and
know no database. Here every member of every file is unpacked, every digest computed, every row followed.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.archive import checks, members, reader
from crawler.archive.exchange import HOP, RULES
from crawler.archive.members import Member
from crawler.archive.reader import OPEN
from crawler.errors import CaptureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from crawler.archive.checks import Record

OURS: Final = "hemero-"
"""Begins the names of the files that this program writes; others are only read where rows name them."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the table ``fetch`` says of the archive."""

    fetch: int
    file: str
    offset: int
    record: str
    digest: str  # "sha256:…" of the decoded body, "" where there was none to be read


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be: in a file, at an offset, of a row where one is concerned."""

    file: str
    offset: int | None
    what: str
    fetch: int | None = None


@dataclass(frozen=True, slots=True)
class Orphan:
    """A whole capture that no row names: its run was killed before the commit, or its row was deleted."""

    file: str
    offset: int
    record: str
    url: str


@dataclass(slots=True)
class Report:
    """What was looked at and what was found."""

    files: int = 0
    being_written: list[str] = field(default_factory=list)
    records: Counter[str] = field(default_factory=Counter)  # by type
    addresses: set[str] = field(default_factory=set)  # of servers that answered
    rows: int = 0
    orphans: list[Orphan] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def verify(folder: Path, named: Iterable[str], rows: Callable[[str], list[Row]]) -> Report:
    """Look at every file of an archive, and at every row that names one.

    :param named: the files that rows name, each once
    :param rows: the rows that name one file
    """
    report, led = Report(), set[str]()
    ours = {path.name.removesuffix(OPEN): path for path in sorted(folder.glob(f"{OURS}*.warc.gz*"))}
    for name, path in ours.items():
        led |= _File(report, path, rows(name)).look()
    report.orphans = [one for one in report.orphans if one.record not in led]
    for name in sorted(set(named) - set(ours)):
        _foreign(report, folder, name, rows(name))
    return report


class _File:
    """One of our own files, member by member."""

    def __init__(self, report: Report, path: Path, rows: list[Row]) -> None:
        self.report = report
        self.path = path
        self.name = path.name.removesuffix(OPEN)
        self.rows = {row.offset: row for row in rows}
        self.named = {row.record for row in rows}
        self.captures: dict[str, Orphan] = {}
        self.led: set[str] = set()  # redirects that led to a capture which a row names
        report.files += 1
        report.rows += len(rows)

    def look(self) -> set[str]:
        """Report on the file; the redirects that led to captures which rows name."""
        size, alive = self.path.stat().st_size, self._is_being_written()
        if not size and not alive:
            self._found(0, "the file is empty")
        seen: set[int] = set()
        for part in members.walk(self.path):
            if isinstance(part, Member):
                seen.add(part.offset)
                self._record(part.offset, checks.check(part))
            elif not alive or part.offset + part.length < size:
                self._found(part.offset, f"{part.length} bytes: {part.why}")
        for offset, row in self.rows.items():
            if offset not in seen:
                self._found(offset, "no whole record begins here", row.fetch)
        self.report.orphans += [one for record, one in self.captures.items() if record not in self.named]
        return self.led

    def _is_being_written(self) -> bool:
        """Whether a run that lives writes the file; one that was killed has left it open."""
        if not self.path.name.endswith(OPEN):
            return False
        if _is_held(self.path):
            self.report.being_written.append(self.name)
            return True
        self._found(None, "left open by a run that was killed: the next run closes it")
        return False

    def _found(self, offset: int | None, what: str, fetch: int | None = None) -> None:
        self.report.findings.append(Finding(self.name, offset, what, fetch))

    def _record(self, offset: int, record: Record) -> None:
        self.report.records[record.kind or "none"] += 1
        if address := record.fields.get("warc-ip-address"):
            self.report.addresses.add(address)
        for what in record.wrong:
            self._found(offset, what)
        if record.kind in checks.KINDS:
            url = record.fields.get("warc-target-uri", "")
            self.captures[record.name] = Orphan(self.name, offset, record.name, url)
        elif record.kind == "metadata":
            self._decision(record)
        if row := self.rows.get(offset):
            for what in _row(row, record, self.path):
                self._found(offset, what, row.fetch)

    def _decision(self, record: Record) -> None:
        """What led to a capture; rules of a site are named by no row."""
        about = record.fields.get("warc-concurrent-to", "").strip("<>")
        for line in record.block.decode("utf-8", "replace").splitlines():
            if line == RULES:
                self.captures.pop(about, None)
            name, _, value = line.partition(": ")
            if name == HOP and about in self.named:
                self.led.add(value.strip("<>"))


def _is_held(path: Path) -> bool:
    """Whether a process holds the lock of a file's writer."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _row(row: Row, record: Record, path: Path) -> list[str]:
    """What is wrong between a row and the record that stands where it points."""
    if record.name != row.record:
        return [f"the row names {row.record}, here stands {record.name}"]
    if record.kind not in checks.KINDS:
        return [f"the row names a record of type {record.kind}"]
    if record.wrong or not row.digest or record.kind == "conversion":
        return []
    return _body(row, path)


def _body(row: Row, path: Path) -> list[str]:
    """Read a capture as everything else reads it, and compare what it says with the row's digest."""
    try:
        body = reader.read(path, row.offset).body
    except CaptureError as error:
        return [f"cannot be read: {error}"]
    same = f"sha256:{hashlib.sha256(body).hexdigest()}" == row.digest
    return [] if same else ["the page is not the one that the row was read from"]


def _foreign(report: Report, folder: Path, name: str, rows: list[Row]) -> None:
    """A file that is not ours, or is not there: only its rows can be followed."""
    report.rows += len(rows)
    path = folder / name
    if not (folder / name.partition(reader.INSIDE)[0]).is_file():
        report.findings.append(Finding(name, None, f"the file is missing: {len(rows)} rows name it"))
        return
    for row in rows:
        wrong = _body(row, path) if row.digest else []
        report.findings += [Finding(name, row.offset, what, row.fetch) for what in wrong]
