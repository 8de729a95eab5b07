"""``scrapy crawl SOURCE``: Scrapy's command, with Hemero's checks before and its exit codes after."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.exceptions import UsageError

from crawler import config
from crawler.db.lock import RunLock
from crawler.errors import HemeroError

if TYPE_CHECKING:
    import argparse


class Command(CrawlCommand):
    """Run the spider of one source."""

    requires_crawler_process = False  # it runs one of its own, which knows by which signal it was stopped

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run it, and end with the run's exit code."""
        if len(args) != 1:
            raise UsageError("give one source: scrapy list shows all")
        assert self.settings is not None  # noqa: S101 -- Scrapy sets them before it runs a command
        try:
            lock = RunLock(config.load(self.settings).database)
            lock.take(args)  # a second run is turned away before anything else is loaded
            from crawler import running  # noqa: PLC0415 -- as said

            run = running.Run(self.settings, args, opts.spargs, lock)
            run.start()
        except HemeroError as error:
            sys.stderr.write(f"scrapy crawl: {error}\n")
            self.exitcode = error.exit_code
        except KeyboardInterrupt:  # before the run had begun to listen for signals
            self.exitcode = 130
        else:
            self.exitcode = run.exit_code
