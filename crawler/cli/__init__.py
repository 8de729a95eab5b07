"""The command line: ``hemero COMMAND``, a module a command."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from crawler import __version__
from crawler.errors import HemeroError

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


class Commands(click.Group):
    """Loads a command when it is called: a search must not wait for the crawler to be imported."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Every command, by name."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name."""
        if name not in COMMANDS:
            return None
        command = getattr(import_module(f"crawler.cli.{name}"), name)
        assert isinstance(command, click.Command)  # noqa: S101 -- a command's module is made so
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- what the command returns
        """Run the command; the reader of a pipe, such as head, may see enough before it is done."""
        try:
            returned = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere
            return 0
        except SystemExit as end:
            if isinstance(end.__context__, BrokenPipeError):  # rich ends the program so, with code 1
                return 0
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
    try:
        code = hemero.main(arguments, prog_name="hemero", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except HemeroError as error:
        click.echo(f"hemero: {error}", err=True)
        sys.exit(error.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
