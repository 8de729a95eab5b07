"""The reading side: the query language, search, concordances, statistics; no Scrapy, no Twisted."""
