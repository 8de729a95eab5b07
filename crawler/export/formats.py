"""The formats by name; a module is imported when it is asked for: Parquet's library is large."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from crawler.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

    Write = Callable[[Iterator[Record], Path, Job], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write articles: to a file with this suffix, or to a folder where there is none."""

    name: str
    suffix: str
    about: str

    @property
    def default(self) -> str:
        """The name of a target for which nobody gave one."""
        return f"corpus{self.suffix}" if self.suffix else f"corpus-{self.name}"

    def write(self, records: Iterator[Record], target: Path, job: Job) -> None:
        """Write the articles to a path that is there for this export alone.

        :raises ConfigurationError: the format needs a library that is not installed
        """
        module = f"crawler.export.{self.name.replace('-', '_')}"
        try:
            write = cast("Write", import_module(module).write)
        except ModuleNotFoundError as error:
            raise ConfigurationError(
                f'{self.name} needs {error.name}: pip install "hemero[{self.name}]"'
            ) from error
        write(records, target, job)


FORMATS: Final = {
    one.name: one
    for one in (
        Format("csv", ".csv", "a table for spreadsheets, pandas and R; no cell acts as a formula"),
        Format("jsonl", ".jsonl", "one JSON object a line"),
        Format(
            "parquet", ".parquet", "a typed table for pandas, R, DuckDB and Polars; needs hemero[parquet]"
        ),
        Format("tei", ".xml", "TEI P5, one teiCorpus"),
        Format("iramuteq", ".txt", "a corpus for IRaMuTeQ, with its own names of variables"),
        Format("txm", "", "a folder for TXM: TXT+CSV"),
        Format("gargantext", ".tsv", "a table for GarganText"),
        Format("text", "", "a folder of text files, for AntConc or Voyant"),
        Format("sqlite", ".db", "a database to share, with full text; 'hemero serve' and Datasette show it"),
        Format("ris", ".ris", "references for Zotero, EndNote, Mendeley"),
        Format("bibtex", ".bib", "references for LaTeX (biblatex)"),
        Format("wacz", ".wacz", "the captures behind the articles, replayable in a browser"),
        Format("csl-json", ".json", "references for Zotero and pandoc"),
    )
}
