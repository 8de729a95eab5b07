"""How long searches take: ``python -m benchmarks.search 100000`` from the root.

Makes the articles of ``synthetic.py`` in a SQLite file and, where HEMERO_TEST_POSTGRESQL_URL names a server,
in PostgreSQL; or measures databases that are given. Each query is asked as a user asks it, 20 articles with
their passages and the number of all, in turn on each database, several times; what counts is the best time
of a query, since others use the machine too; where they do so all the time, ``--processor`` takes what was
computed instead of what was waited for. Those with NEAR, which PostgreSQL looks for in the texts themselves,
are shown apart. Ends with 1 where the 95th percentile of the others is above 50 ms (of 100,000 articles or
fewer), or where the databases do not give the same articles in the same order.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from benchmarks import synthetic, synthetic_times
from crawler.corpus.search import search
from crawler.db import session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Engine

CEILING: Final = 50.0
"""Milliseconds: the 95th percentile of 100,000 articles."""

INVENTED: Final = 100_000
"""Articles that are written; more are these several times over."""

QUERIES: Final = (
    "radicalisation", "Radicalisations", "élysée", "œuvres", "sécheresse", "algorithmes", "dopage", "lycée",
    "propagande djihadiste", "radicalisation en ligne", "contenus haineux", "harcèlement scolaire",
    "parquet théories complot", "éducation médias élèves", "réforme du lycée parquet", "haine prison",
    '"haine en ligne"', '"retrait de contenus terroristes"', '"théories du complot"', "vingt-quatre heures",
    '"liberté d’expression"', '"prévention de la radicalisation"', '"semi-conducteurs"', "contre-discours",
    "radicalis*", "algor*", "sécheress*", "terroris*", "=radicalisés", "=élèves", "=hébergeurs", "=éoliennes",
    "haine NEAR ligne", "retrait NEAR/3 terroristes", "procès NEAR recruteurs", "théâtre NEAR/5 restauration",
    "haine OR propagande", "sécheresse OR dopage OR opéra", "(haine OR propagande) ministre",
    "plateforme -haine", "propagande NOT procès", "modération -(haine OR propagande)", "ministre -rapport",
    "radicalisation source:courrier", "haine country:BE", "propagande agency:AFP", "lycée access:paywalled",
    "radicalisation since:2023", "haine since:2020-03 until:2020-06", "propagande until:2014",
    "algorithmes label:2", "propagande section:justice since:2022", "sécheresse tag:environnement",
    "source:lagon", "source:gazette since:2024", "agency:Belga", "section:culture source:vigie",
    "ministre source:baobab", "commission européenne", "le gouvernement et les plateformes",
)  # fmt: skip
"""What analysts ask: words that two in a hundred articles have and words that nine in ten have."""


def times(engines: Sequence[Engine], rounds: int) -> dict[str, list[float]]:
    """By query, the best time on each database in milliseconds."""
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for query in QUERIES:
            spent = [_time(engine, query) for engine in engines]
            found[query] = list(map(min, zip(found.get(query, spent), spent, strict=True)))
    return found


def _time(engine: Engine, query: str) -> float:
    started = _clock(engine)
    search(engine, query)
    return (_clock(engine) - started) * 1000


SERVERS: Final[dict[str, int]] = {}
"""Where the processor's time is asked for: by address, PostgreSQL's process, 0 for SQLite, which has none."""


def _clock(engine: Engine) -> float:
    """Seconds; of the processor, ours and the server's, if those are asked for."""
    if (server := SERVERS.get(str(engine.url))) is None:
        return time.perf_counter()
    spent = Path(f"/proc/{server}/schedstat").read_text().split()[0] if server else "0"
    return time.process_time() + int(spent) / 1e9


def _watch(engine: Engine) -> None:
    """Take the processor's time from now on; the server's is that of one process."""
    SERVERS[str(engine.url)] = 0
    if engine.dialect.name == "postgresql":

        @sa.event.listens_for(engine, "connect")
        def alone(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own
            SERVERS[str(engine.url)] = connection.info.backend_pid
            connection.execute("SET max_parallel_workers_per_gather = 0")
            connection.commit()


def differing(engines: Sequence[Engine]) -> list[str]:
    """The queries that do not find the same articles in the same order on every database."""
    return [
        query
        for query in QUERIES
        if len({str([(hit.id, hit.url) for hit in search(one, query, limit=50).hits]) for one in engines}) > 1
    ]


def percentile(values: Sequence[float], part: float) -> float:
    """The value that this part of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def report(engines: Sequence[Engine], count: int, rounds: int) -> bool:
    """Print the figures; whether they are good enough."""
    by_query = times(engines, rounds)
    good = True
    print(f"{len(QUERIES)} queries, {count:,} articles, best of {rounds}, milliseconds")
    for place, engine in enumerate(engines):
        spent = {query: values[place] for query, values in by_query.items()}
        near = max(value for query, value in spent.items() if "NEAR" in query)
        ordinary = [value for query, value in spent.items() if "NEAR" not in query]
        p50, p95 = (percentile(ordinary, part) for part in (0.5, 0.95))
        slowest = sorted(spent, key=lambda query: -spent[query])[:5]
        figures = f"median {p50:6.1f}   p95 {p95:6.1f}   max {max(ordinary):6.1f}   NEAR, max {near:6.1f}"
        print(f"  {engine.dialect.name:<12} {figures}")
        print("    slowest: " + "; ".join(f"{query} {spent[query]:.0f}" for query in slowest))
        good &= count > 100_000 or p95 <= CEILING
    if others := differing(engines):
        print("  not the same on both: " + "; ".join(others))
    return good and not others


def main() -> int:
    """Make the databases, or take those given, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--processor", action="store_true", help="its time, not the clock's; on Linux")
    parser.add_argument("--database", action="append", help="an address of a database that is filled already")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        urls = given.database or [f"sqlite:///{Path(folder, 'articles.db')}", *_postgresql()]
        engines = [session.engine(url) for url in urls]
        if not given.database:
            for engine in engines:
                session.prepare(engine)
                synthetic.fill(engine, min(given.count, INVENTED))
                synthetic_times.repeat(engine, max(given.count // INVENTED, 1))
        for engine in engines if given.processor else ():
            _watch(engine)
        good = report(engines, given.count, given.rounds)
        for engine in engines:
            engine.dispose()
    return 0 if good else 1


def _postgresql() -> list[str]:
    """A new database on the server that is named, if one is."""
    if not (server := os.environ.get("HEMERO_TEST_POSTGRESQL_URL")):
        print("PostgreSQL is left out: HEMERO_TEST_POSTGRESQL_URL names no server")
        return []
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    name = f"hemero_bench_{os.getpid()}"
    with sa.create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    return [url.set(database=name).render_as_string(hide_password=False)]


if __name__ == "__main__":
    sys.exit(main())
