"""Erasing, archive and database together; what a killed run has begun is finished by the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.archive import tombstones
from crawler.archive.repair import repair
from crawler.db import erasing

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Engine


def finish(engine: Engine, folder: Path) -> int:
    """Finish every erasure that was begun; how many records of the archive became tombstones."""
    waiting = erasing.pending(engine)
    count = 0
    if waiting:
        repair(folder)
    for why in dict.fromkeys(why for _, _, why in waiting):
        subjects = [(kind, subject) for kind, subject, said in waiting if said == why]
        held = erasing.all_held(engine, subjects)
        count += tombstones.bury(folder, held.records, held.addresses, why)
        erasing.erase(engine, held, subjects, why)
    return count
