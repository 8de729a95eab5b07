"""Six invented newspapers that live on the loopback: what ``hemero demo`` and the tests crawl."""
