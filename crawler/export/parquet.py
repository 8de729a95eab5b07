"""Parquet for pandas, R (arrow), DuckDB and Polars: typed columns, lists as lists, each column described."""

from __future__ import annotations

from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.corpus.codebook import COLUMNS
from crawler.corpus.stream import LISTS, TIMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

GROUP: Final = 2_000
"""Rows of a row group, and held in memory: about 8 MB of ordinary articles."""

TYPES: Final = {
    **dict.fromkeys(LISTS, pa.list_(pa.string())),
    **dict.fromkeys(TIMES, pa.timestamp("ms", tz="UTC")),
    **dict.fromkeys(("id", "cluster_id", "warc_offset"), pa.int64()),
    **dict.fromkeys(("comment_count", "words", "label", "copies", "revision", "revisions"), pa.int32()),
    "relevance": pa.float64(),
    "truncated": pa.bool_(),
}
"""Columns that are no text."""

SCHEMA: Final = pa.schema(
    [
        pa.field(name, TYPES.get(name, pa.string()), metadata={"description": holds})
        for name, holds in COLUMNS.items()
    ]
)

_values = attrgetter(*COLUMNS)


def write(records: Iterator[Record], target: Path, _job: Job) -> None:
    """Write the articles in groups of rows."""
    with pq.ParquetWriter(target, SCHEMA, compression="zstd") as writer:
        while rows := [_values(record) for record in islice(records, GROUP)]:
            arrays = [
                pa.array(values, field.type)
                for values, field in zip(zip(*rows, strict=True), SCHEMA, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=SCHEMA))
