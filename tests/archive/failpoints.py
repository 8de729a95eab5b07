"""Places at which a run is killed: ``python -m tests.archive.failpoints POINT crawler.cli crawl tribune``.

The product knows nothing of them: this launcher wraps a function of it in the process to be killed, then runs
a module as ``python -m`` does. A new feature that writes adds its points to POINTS.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Point:
    """Before, after or half-way through the ``nth`` call of a function, the process is killed."""

    function: str  # "module:name" or "module:Class.name", where its caller looks it up
    when: str = "before"  # "before", "after", or "half": of the bytes that os.write is given
    nth: int = 1
    command: tuple[str, ...] = ("crawl", "tribune")  # of hemero
    first: tuple[str, ...] = ()  # a command of hemero that has to have run before
    settings: tuple[tuple[str, str], ...] = ()  # environment


SMALL: Final = (("HEMERO_ARCHIVE_SIZE", "0.02"),)  # megabytes: several files a run

POINTS: Final = {
    "at_begin": Point("crawler.db.store:Store.begin", "after"),
    "at_robots": Point("crawler.db.store:Store.save_origin"),
    "after_fetch": Point("crawler.middlewares.archive:ArchiveMiddleware.process_response", nth=6),
    "at_creation": Point("crawler.archive.writer:fcntl.flock"),
    "mid_member": Point("crawler.archive.writer:os.write", "half", nth=7),
    "after_warc": Point("crawler.archive.writer:Writer.sync", nth=2),
    "after_fsync": Point("crawler.archive.writer:Writer.sync", "after", nth=2),
    "before_commit": Point("crawler.db.batch:write", "after", nth=2),
    "mid_batch": Point("crawler.db.revisions:write", "before"),
    "mid_index": Point("crawler.db.fulltext:write", "after"),
    "after_commit": Point("crawler.db.store:Store.save", "after", nth=2),
    "before_rotation": Point("crawler.archive.writer:publish", settings=SMALL),
    "after_rotation": Point("crawler.archive.writer:publish", "after", settings=SMALL),
    "before_close": Point("crawler.archive.writer:Writer.close"),
    "before_end": Point("crawler.db.store:Store.end"),
    "mid_migration": Point("alembic.ddl.impl:DefaultImpl._exec", nth=25),
    "after_migration": Point("crawler.db.schema:upgrade", "after"),
}
"""Every fail point by its name (faults.md, A1 to A11)."""

AFTER: Final = {
    "after_declaration": Point("crawler.db.erasing:declare", "after"),
    "mid_burial": Point("crawler.archive.tombstones:os.fsync"),
    "before_erasing": Point("crawler.db.erasing:erase"),
    "mid_erasing": Point("crawler.db.fulltext:forget", "after"),
    "mid_switch": Point("crawler.db.fulltext:write", "after", nth=2),
}
"""Those of erasing and of a replay's switch."""


def main(name: str, module: str, *arguments: str) -> None:
    """Arm one point, and run a module with arguments."""
    _arm((POINTS | AFTER)[name])
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _arm(point: Point) -> None:
    module, _, path = point.function.partition(":")
    owner: Any = import_module(module)
    *parents, name = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    setattr(owner, name, _wrapped(getattr(owner, name), point))


def _wrapped(function: Callable[..., Any], point: Point) -> Callable[..., Any]:
    calls = count(1)

    def wrapper(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- any function's
        if next(calls) != point.nth:
            return function(*args, **kwargs)
        if point.when == "half":
            descriptor, data = args
            function(descriptor, data[: len(data) // 2])
        elif point.when == "after":
            function(*args, **kwargs)
        return os.kill(os.getpid(), signal.SIGKILL)

    return wrapper


if __name__ == "__main__":
    main(*sys.argv[1:])
