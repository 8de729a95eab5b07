"""Runs killed at random times: ``python benchmarks/kill.py``.

Each kill is a SIGKILL to a crawl of the demo's newspaper: one in five at any moment, the others at a moment
drawn evenly from what a whole crawl takes after its first request; after one to three of them an ordinary run
follows. Then everything that was committed must still be there and must not have been fetched again, every
article must be held, and ``hemero archive verify --all`` must find the files and the database sound. With
``--points`` every fail point of tests/archive/failpoints.py is gone through first. Ends with 1 at the first
thing that is lost.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa

from crawler.demo.server import serve
from tests.archive.failpoints import POINTS
from tests.archive.kills import FACTS, KILLED, User, check_recovery

if TYPE_CHECKING:
    from collections.abc import Sequence


def whole(server: str) -> tuple[Sequence[Any], float, float]:
    """What a crawl gives that nobody kills; seconds until its first request, and from there to its end."""
    with tempfile.TemporaryDirectory() as folder, serve() as site:
        user = User(Path(folder), _database(server, folder, 0), site)
        begun = time.time()
        user.hemero("crawl", "tribune")
        first = site.log[0]["time"]
        return user.rows(FACTS), first - begun, time.time() - first


def _database(server: str, folder: str, number: int) -> str:
    """A fresh database: a file, or one made on a server."""
    if not server:
        return f"sqlite:///{folder}/hemero.db"
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS hemero_kill_{number}")
        connection.exec_driver_sql(f"CREATE DATABASE hemero_kill_{number}")
    return url.set(database=f"hemero_kill_{number}").render_as_string(hide_password=False)


def kill(user: User, start: float, work: float) -> str:
    """Kill one crawl at a random moment; what it had come to."""
    user.site.log.clear()
    process = user.start("crawler.cli", "crawl", "tribune")
    if random.random() < 0.2:
        time.sleep(random.uniform(0, start + work))
    else:
        while not user.site.log and process.poll() is None:
            time.sleep(0.01)
        time.sleep(random.uniform(0, work))
    process.kill()
    process.communicate()
    if process.returncode != KILLED:
        return "the run's end"
    held = (user.rows("select 1 from article limit 1"), user.rows("select 1 from page limit 1"))
    return "articles" if held[0] else "pages on the frontier" if held[1] else "nothing"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--points", action="store_true", help="every fail point first")
    parser.add_argument("--server", default="", help="postgresql://…: default SQLite")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    random.seed(options.seed)
    expected, start, work = whole(options.server)
    print(
        f"seed {options.seed}; a whole crawl: {len(expected)} articles, {start:.1f} s + {work:.1f} s",
        flush=True,
    )
    came: Counter[str] = Counter()
    done = 0
    plan = list(POINTS) if options.points else []
    while plan or done < options.kills:
        folder = tempfile.mkdtemp(prefix="hemero-kill-")
        with serve() as site:
            user = User(Path(folder), _database(options.server, folder, done), site)
            if plan:
                user.die_at(name := plan.pop(0))
                came[f"fail point {name}"] += 1
            else:
                for _ in range(min(random.randint(1, 3), options.kills - done)):
                    came[kill(user, start, work)] += 1
                    done += 1
            check_recovery(user, expected)
        shutil.rmtree(folder)
        print(f"{done} random kills: {dict(came)}", flush=True)
    print("sound after every one of them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
