"""``python -m crawler.cli`` is ``hemero``."""

from crawler.cli import main

main()
