"""What a killed run has left open is closed: cut after its last whole record, and given its final name."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from crawler.archive import members
from crawler.archive.members import Member
from crawler.archive.reader import OPEN
from crawler.archive.writer import make, publish, sync_folder
from crawler.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path


def repair(folder: Path) -> dict[str, int]:
    """Close the files of dead runs; the name of each, and how many bytes were cut off its end.

    A file whose writer lives is locked, and is left alone. One without a whole record is removed. Damage
    before the last whole record is no kill's doing: it stays, for ``verify`` to find.

    :raises StorageError: the folder cannot be made, a file cannot be read or written
    """
    make(folder)
    closed: dict[str, int] = {}
    for path in sorted(folder.glob(f"*{OPEN}")):
        try:
            with path.open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.exists():  # else another run has closed it between the two calls
                    closed[path.name.removesuffix(OPEN)] = _close(path, file.fileno())
        except FileNotFoundError:
            continue
        except BlockingIOError:
            continue
        except OSError as error:
            raise StorageError(f"{path}: {error.strerror}") from error
    return closed


def _close(path: Path, descriptor: int) -> int:
    """Cut a file after its last whole member; how many bytes that were."""
    size = os.fstat(descriptor).st_size
    ends = [part.offset + part.length for part in members.walk(path) if isinstance(part, Member)]
    if not ends:
        path.unlink()
        sync_folder(path.parent)
        return size
    os.ftruncate(descriptor, ends[-1])
    os.fsync(descriptor)
    publish(path)
    return size - ends[-1]
