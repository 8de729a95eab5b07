"""The reading side: the query language and search; no Scrapy, no Twisted."""
