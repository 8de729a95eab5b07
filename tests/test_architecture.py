"""Who may import whom: the table of docs/architecture.md, held against the imports as they stand."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "crawler"

MAY_IMPORT = {
    "errors": set(),
    "archive": {"errors", "text"},
    "config": {"errors", "text"},
    "text": {"errors"},
    "items": set(),
    "sources": {"errors", "text"},
    "extract": {"errors", "items", "text"},
    "db": {"config", "errors", "items", "text"},
    "corpus": {"db", "errors", "text"},
    "export": {"archive", "corpus", "errors"},
    "web": {"corpus", "errors"},
    "report": {"corpus"},
    "discovery": {"errors", "items", "sources", "text"},
    "spiders": {
        "archive",
        "config",
        "db",
        "discovery",
        "extensions",
        "errors",
        "extract",
        "items",
        "sources",
        "text",
    },
    "pipelines": {"config", "db", "errors", "extensions", "extract", "items", "text"},
    "middlewares": {"archive", "config", "db", "extensions", "items", "sources", "text"},
    "extensions": {"archive", "config", "db", "errors", "health", "items", "text"},
    "settings": set(),
    "erasure": {"archive", "db"},
    "spiderloader": {"sources", "spiders"},
    "logformatter": set(),
    "logs": {"errors"},
    "running": {"erasure", "archive", "config", "db", "errors", "extensions", "extract", "logs", "sources"},
    "commands": {"config", "db", "errors", "running"},
    "demo": {"errors"},
    "health": {"errors", "text"},
}
"""Each part of the package and the parts it may import when it runs; types may be imported from everywhere.

cli stands above all and is not listed.
"""

ONLY_IN = {
    "lxml": {"extract"},
    "fastwarc": {"archive"},
    "sqlalchemy": {"db", "corpus"},
    "alembic": {"db"},
    "scrapy": {
        "spiders", "spiderloader", "middlewares", "pipelines", "extensions", "commands", "running",
        "logformatter", "cli",
    },
    "click": {"cli"},
    "datasette": {"web"},
    "matplotlib": {"corpus"},
    "rich": {"cli"},
}  # fmt: skip
"""Libraries with one home."""


def part(file: Path) -> str:
    """The part of the package that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> set[str]:
    """The modules that a file imports when it runs: not those under TYPE_CHECKING."""
    found: set[str] = set()

    def walk(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                for other in child.orelse:
                    walk(other)
            elif isinstance(child, ast.Import):
                found.update(name.name for name in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert not child.level, f"{file}: relative import"
                found.update(f"{child.module}.{name.name}" for name in child.names)
            else:
                walk(child)

    walk(ast.parse(file.read_text("utf-8")))
    return found


FILES = sorted(file for file in PACKAGE.rglob("*.py") if file != PACKAGE / "__init__.py")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_follow_the_table(file: Path) -> None:
    here = part(file)
    for module in imports(file):
        top, _, rest = module.partition(".")
        if top in ONLY_IN:
            assert here in ONLY_IN[top], f"{file}: {top} is only imported in {sorted(ONLY_IN[top])}"
        if top != "crawler" or here == "cli":
            continue
        other = rest.split(".")[0]
        if other in {here, "", "__version__"}:
            continue
        assert other in MAY_IMPORT[here], f"{file}: crawler.{here} must not import crawler.{other}"


def test_every_part_is_in_the_table() -> None:
    parts = {part(file) for file in FILES} - {"cli"}
    assert parts == set(MAY_IMPORT)


@pytest.mark.parametrize("module", ["crawler.corpus.search", "crawler.extract"])
def test_the_reading_side_starts_without_scrapy(module: str) -> None:
    code = f"import sys, {module}; sys.exit(any(name in sys.modules for name in ('scrapy', 'twisted')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_reader_s_map_names_each_of_its_modules() -> None:
    package = PACKAGE / "extract"
    told = ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""
    modules = {file.stem for file in package.glob("*.py")} - {"__init__"}
    assert modules - set(re.findall(r"\w+", told)) == set()
