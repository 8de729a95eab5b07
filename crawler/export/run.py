"""One export: the articles of a query in one format, with its codebook and its manifest."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import orjson

from crawler import __version__
from crawler.corpus import stream
from crawler.export import partial
from crawler.export.formats import FORMATS
from crawler.export.job import Job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Engine

BLOCK: Final = 1 << 20
NOT_KEPT: Final = "text not kept: the article was judged not relevant, or its rights are reserved"
COPY: Final = "a copy of an article that was met before"


def export(
    engine: Engine,
    form: str,
    query: str,
    target: Path,
    *,
    archive: Path,
    copies: str = "all",
    force: bool = False,
) -> Any:  # noqa: ANN401
    """Write the articles of a query to ``target``, and beside it ``….codebook.csv`` and ``….manifest.json``.

    A folder gets a third: ``….sha256``, the digests of its files as ``sha256sum --check`` reads them. All of
    them appear once all is written, or nothing does. Returns the manifest.

    :param copies: "all", or "one" of near-identical texts
    :param archive: the folder of the WARC files, for formats that hold captures
    :raises ConfigurationError: the target is there already and ``force`` is false
    :raises QueryError: the query asks for what cannot be
    :raises StorageError: the target cannot be written
    """
    form_ = FORMATS[form]
    sidecars = [f"{target.name}{end}" for end in (".codebook.csv", ".manifest.json")]
    sidecars += [] if form_.suffix else [f"{target.name}.sha256"]
    with ExitStack() as stack:
        selection = stack.enter_context(stream.select(engine, query, copies))
        job = Job(selection, archive)
        made = stack.enter_context(partial.folder(target, [target.name, *sidecars], force=force))
        form_.write(job.follow(selection.articles()), made / target.name, job)
        _codebook(made / sidecars[0], job.codebook)
        manifest = _manifest(form, job, selection) | {"files": _files(made, target.name, sidecars)}
        made.joinpath(sidecars[1]).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    return manifest


def _codebook(file: Path, rows: list[tuple[str, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\r\n").writerows(rows)


def _manifest(form: str, job: Job, selection: stream.Selection) -> dict[str, Any]:
    """What was asked, by which versions, and what came of it."""
    left_out = {reason: {"count": one.count, "ids": one.ids} for reason, one in job.left_out.items()}
    if selection.without_text:
        left_out[NOT_KEPT] = {"count": selection.without_text, "ids": []}
    if selection.other_copies:
        left_out[COPY] = {"count": selection.other_copies, "ids": []}
    return {
        "format": form,
        "query": job.query,
        "copies": selection.copies,
        "made_at": dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat(),
        "hemero": __version__,
        **selection.versions,
        "articles": job.written,
        "first_published": job.days[0] if job.days else None,
        "last_published": job.days[1] if job.days else None,
        "left_out": left_out,
    }


def _files(made: Path, name: str, sidecars: list[str]) -> list[dict[str, Any]]:
    """Name, size and digest of what was written; of a folder, those of the list of its files."""
    if made.joinpath(name).is_dir():
        with made.joinpath(sidecars[2]).open("w", encoding="utf-8") as listed:
            listed.writelines(_digests(made, made / name))
    return [
        {"name": one, "bytes": made.joinpath(one).stat().st_size, "sha256": _sha256(made / one)}
        for one in (name, *sidecars)
        if made.joinpath(one).is_file()
    ]


def _digests(made: Path, folder: Path) -> Iterator[str]:
    for file in sorted(folder.iterdir()):
        yield f"{_sha256(file)}  {file.relative_to(made).as_posix()}\n"


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
