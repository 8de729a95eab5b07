"""Where a step runs: a heavy page is read on a thread, so that the run's other requests do not wait for it.

Small pages stay on the reactor's thread: going to another one and back costs as much as some of their steps.
There is one such thread, so that no more than one heavy page is worked on at a time.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY: Final = 300_000
"""Bytes of a page, or characters of a text, of which a step may hold the reactor for a tenth of a second."""

P = ParamSpec("P")
R = TypeVar("R")

_THREAD: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="heavy")


def end() -> None:
    """Drop what still waits for the thread: a run that is stopped waits for the step at work only."""
    _THREAD.shutdown(wait=False, cancel_futures=True)


async def run(size: int, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What a step gives; of a page or text of so many bytes or characters, it may run on the thread."""
    if size < HEAVY:
        return step(*args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_THREAD, lambda: step(*args, **kwargs))
