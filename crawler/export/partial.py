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


@contextmanager
def folder(target: Path, names: Sequence[str], *, force: bool) -> Iterator[Path]:
    """A new folder beside the target; once the block ends well, these names in it move beside the target.

    What a killed export left is removed by the next one to the same target. Until the last moment nothing
    under the final names changes; the first of the names, the target's own, moves last: without it the others
    are a killed export's.

    :raises ConfigurationError: the target is there already, and ``force`` is false
    :raises StorageError: the folder is missing or cannot be written, or the disk is full
    """
    home = target.parent
    if (home / names[0]).exists() and not force:
        raise ConfigurationError(f"{home / names[0]}: is there already; --force replaces it")
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
