"""``python -m crawler.demo``: the newspapers as a process of their own."""

from __future__ import annotations

from crawler.demo.server import main

if __name__ == "__main__":
    main()
