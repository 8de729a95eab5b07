"""The pages of one host: which file, and how it is answered."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """How one address answers: an entry of ``site.toml``, or what a bare file gives."""

    file: str = ""
    second: str = ""  # the file of the second edition
    status: int = 200
    redirect: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0  # seconds before the answer
    fail_first: int = 0  # that many requests get a 503 first


class Site:
    """The folder of one host.

    What a path gives, first match wins: an entry of ``site.toml`` for path and query, or for the path alone;
    the file of that path (``index.html`` of a folder, ``.html`` added where the path has no suffix); an entry
    whose name is a pattern with ``*``; the host's ``404.html`` with status 404.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def declared(self) -> dict[str, Answer]:
        """The entries of ``site.toml``, by path or pattern."""
        file = self.folder / "site.toml"
        tables = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
        return {path: Answer(**table) for path, table in tables.items()}

    def find(self, target: str) -> Answer:
        """The answer to a path with its query."""
        path = unquote(urlsplit(target).path) or "/"
        for wanted in (unquote(target), path):
            if wanted in self.declared:
                return self.declared[wanted]
        name = path.lstrip("/")
        for file in (name, f"{name}.html", f"{name}index.html"):
            if file != "site.toml" and self._holds(file):
                return Answer(file=file)
        for pattern, answer in self.declared.items():
            if "*" in pattern and fnmatchcase(unquote(target), pattern):
                return answer
        return Answer(file="404.html", status=404)

    def _holds(self, name: str) -> bool:
        """Whether the folder holds a file of that name, and not some folder above it."""
        file = (self.folder / name).resolve()
        return file.is_file() and file.is_relative_to(self.folder.resolve())
