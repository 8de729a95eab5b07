"""The command line: ``hemero COMMAND``, a module a command."""

from __future__ import annotations

import errno
import os
import sys
from codecs import lookup
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from crawler import __version__
from crawler.errors import HemeroError, StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = (
    "archive",
    "backfill",
    "cite",
    "copies",
    "crawl",
    "crontab",
    "db",
    "demo",
    "diff",
    "erase",
    "export",
    "health",
    "judge",
    "kwic",
    "read",
    "recall",
    "replay",
    "report",
    "search",
    "serve",
    "show",
    "sources",
    "stats",
)

FULL: Final = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
"""A disk, a quota or a file that takes no more."""


class Commands(click.Group):
    """Loads a command when it is called: a search must not wait for the crawler to be imported."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Every command, by name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name.

        :raises NoSuchCommand: there is none; the message names those that are spelled alike
        """
        if name not in COMMANDS:
            if ctx.resilient_parsing:  # a shell that completes
                return None
            raise click.NoSuchCommand(name, possibilities=COMMANDS, ctx=ctx)
        command = getattr(import_module(f"crawler.cli.{name}"), name)
        assert isinstance(command, click.Command)  # noqa: S101 -- a command's module is made so
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- what the command returns
        """Run the command; the reader of a pipe, such as head, may see enough before it is done."""
        try:
            returned = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _let_go()
            return 0
        except SystemExit as end:
            if isinstance(end.__context__, BrokenPipeError):  # rich ends the program so, with code 1
                return 0
            raise
        except RuntimeError as error:
            if isinstance(error.__cause__, KeyboardInterrupt):  # Python 3.11, while a class is being defined
                raise error.__cause__ from None
            raise
        return returned


EXAMPLES: Final = """
\b
Examples:
  hemero demo                          see it work, on this machine alone
  hemero crawl latribune bladi         read two newspapers
  hemero search "retrait de contenus"  find articles
  hemero show 42                       one article, and where it comes from
"""


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXAMPLES,
)
@click.version_option(__version__, prog_name="hemero")
def hemero() -> None:
    """Crawl and archive French-language news, and query what was kept."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; every error of Hemero's ends it in one sentence and with its exit code."""
    if sys.stdout is None:  # closed, as by >&-: what is printed goes nowhere
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            _widen(stream)
    try:
        code = hemero.main(arguments, prog_name="hemero", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Aborted!", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except HemeroError as error:
        click.echo(f"hemero: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno not in FULL:
            raise
        _let_go()
        click.echo(f"hemero: {error.filename or 'standard output'}: {error.strerror}", err=True)
        sys.exit(StorageError.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


def _widen(stream: TextIOWrapper) -> None:
    """Let a stream take whatever is printed: ASCII, the locale where none is set, becomes UTF-8.

    What another coding cannot say is written as escapes.
    """
    is_bare = lookup(stream.encoding).name == "ascii"
    stream.reconfigure(encoding="utf-8" if is_bare else None, errors="backslashreplace")


def _let_go() -> None:
    """What is still to be written to the standard output goes nowhere: nobody, or no disk, takes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
