"""WARC files of one run: created, appended to, synced, rotated, closed. Not for two threads at once.

A file is called ``….warc.gz.open`` until it is closed, and its writer holds a lock on it that dies with the
process: so ``repair`` knows what a killed run has left. Nothing is ever appended to an old file.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.archive import records
from crawler.archive.reader import OPEN
from crawler.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


class Writer:
    """Appends records to files of its own in one folder, mode 0600.

    :param folder: made with mode 0700 if it is not there
    :param name: begins the names of its files; of captures that others made, it says where they come from
    :param info: what the ``warcinfo`` record of each file says
    :param size: bytes from which a file is closed and the next begun (ISO 28500, annex C: one gigabyte)
    :raises StorageError: the folder cannot be made or written
    """

    def __init__(
        self, folder: Path, *, info: Mapping[str, str], size: int = 1_000_000_000, name: str = "hemero"
    ) -> None:
        self.folder = folder
        self.info = info
        self.size = size
        self._run = f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        self._serial = 0
        self._file = -1  # descriptor of the open file
        self._name = ""
        self._end = 0  # behind the last whole member
        self._failed = ""
        make(folder)

    def append(self, built: Sequence[bytes]) -> list[tuple[str, int]]:
        """Write records that belong together, as members of one file; the file and offset of each.

        They are all there or none: what a full disk cuts short is taken back.

        :raises StorageError: the disk is full or cannot be written; so does every later call
        """
        self._check()
        members = [records.member(one) for one in built]
        if self._file >= 0 and self._end >= self.size:
            self.close()
        if self._file < 0:
            self._begin()
        offset, places = self._end, []
        for member in members:
            places.append((self._name, offset))
            offset += len(member)
        self._write(b"".join(members))
        return places

    def sync(self) -> None:
        """Return once everything appended survives a power cut.

        :raises StorageError: it does not
        """
        self._check()
        if self._file >= 0:
            self._guarded(self._sync)

    def _sync(self) -> None:
        os.fsync(self._file)
        if not os.fstat(self._file).st_nlink:  # somebody has deleted it: nothing that it holds can be found
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    def close(self) -> None:
        """Sync the file, give it its final name, and let go of it."""
        if self._file < 0:
            return
        try:
            self.sync()
            self._guarded(lambda: publish(self.folder / (self._name + OPEN)))
        finally:
            os.close(self._file)
            self._file = -1

    def _begin(self) -> None:
        """Create the next file, and lock it before anybody could take it for a dead run's."""
        while self._file < 0:
            self._serial += 1
            self._name = f"{self._run}-{self._serial:05}.warc.gz"
            self._guarded(self._create)
        sync_folder(self.folder)
        self._end = 0
        self._write(records.member(self._warcinfo()))

    def _create(self) -> None:
        path = self.folder / (self._name + OPEN)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        fcntl.flock(made, fcntl.LOCK_EX)
        if os.fstat(made).st_nlink:
            self._file = made
        else:  # a repair came between the two calls and removed the empty file
            os.close(made)

    def _check(self) -> None:
        if self._failed:
            raise StorageError(self._failed)

    def _warcinfo(self) -> bytes:
        return records.build(
            "warcinfo",
            records.lines(self.info.items()),
            record=records.new_id(),
            at=datetime.now(UTC),
            content_type=records.FIELDS,
            fields=[("WARC-Filename", self._name)],
        )

    def _write(self, data: bytes) -> None:
        def write() -> None:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._file, rest) :]

        self._guarded(write)
        self._end += len(data)

    def _guarded(self, action: Callable[[], None]) -> None:
        """Do something with the file; where that fails, cut it back to what is whole, and never go on."""
        try:
            action()
        except OSError as error:
            self._failed = f"{self.folder / self._name}: {error.strerror}"
            if self._file >= 0:
                os.ftruncate(self._file, self._end)
            raise StorageError(self._failed) from error


def make(folder: Path) -> None:
    """Make the folder of an archive, if it is not there.

    :raises StorageError: it cannot be made, or not be written
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StorageError(f"{folder}: cannot be written")


def publish(path: Path) -> None:
    """Give a finished file, ``….open``, its final name."""
    path.rename(path.with_name(path.name.removesuffix(OPEN)))
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
