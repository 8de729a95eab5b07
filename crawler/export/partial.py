"""A place beside the target where an export grows; it gets its name once it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import ConfigurationError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARK = ".partial"
SQLITE = b"SQLite format 3\0"
"""How a database of SQLite begins: https://www.sqlite.org/fileformat2.html"""


@contextmanager
def folder(target: Path, names: Sequence[str], *, force: bool) -> Iterator[Path]:
    """A new folder beside the target; once the block ends well, these names in it move beside the target.

    What a killed export left is removed by the next one to the same target. Until the last moment nothing
    under the final names changes; the first of the names, the target's own, moves last: without it the others
    are a killed export's.

    :raises ConfigurationError: the target is there already, and is not to be replaced
    :raises StorageError: the folder is missing or cannot be written, or the disk is full
    """
    home = target.parent
    check(home / names[0], force=force)
    try:
        _sweep(target)
        with tempfile.TemporaryDirectory(
            prefix=f".{target.name}.{os.getpid()}.", suffix=MARK, dir=home
        ) as made:
            yield Path(made)
            for name in reversed(names):
                _move(Path(made, name), home / name)
            _sync(home)
    except OSError as error:
        raise StorageError(f"{target}: {error.strerror or error}") from error


def check(target: Path, *, force: bool) -> None:
    """Whether something may be written to this name: what no export has made is not lightly replaced.

    A database may be the one that is being read, and a folder the archive, or a home: either is only replaced
    where the manifest of an earlier export stands beside it.

    :raises ConfigurationError: it may not
    :raises StorageError: its folder is missing, or nothing can be written there
    """
    if not os.access(target.parent, os.W_OK):
        raise StorageError(f"{target}: the folder {target.parent} is missing or not writable")
    if not (target.exists() or target.is_symlink()):
        return
    if target.is_symlink() or not (target.is_file() or target.is_dir()):
        raise ConfigurationError(f"{target}: is neither a file nor a folder; name the one to write")
    exported = Path(target.parent, f"{target.name}.manifest.json").is_file()
    if not exported and _is_precious(target):
        raise ConfigurationError(f"{target}: is no export of Hemero's and not replaced; choose another name")
    if not force:
        raise ConfigurationError(f"{target}: is there already; --force replaces it")


def _is_precious(target: Path) -> bool:
    """A folder that holds anything, or a database of SQLite."""
    if target.is_dir():
        return any(target.iterdir())
    with target.open("rb") as opened:
        return opened.read(len(SQLITE)) == SQLITE


def _move(source: Path, target: Path) -> None:
    """Put a whole file or folder in its place, on disk before it has the name."""
    for file in [source] if source.is_file() else [source, *source.rglob("*")]:
        _sync(file)
    if target.is_dir():
        shutil.rmtree(target)
    source.replace(target)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(target: Path) -> None:
    """Remove what exports to this target left that are no longer running."""
    for left in target.parent.glob(f".{target.name}.*{MARK}"):
        process = left.name.removeprefix(f".{target.name}.").partition(".")[0]
        if process.isdecimal() and not _runs(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
