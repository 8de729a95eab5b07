"""What was fetched, kept as WARC 1.1: written, read, repaired, verified.

``writer`` appends the records of a run, ``reader`` gives captures back, of our own files and of others',
``members`` walks the gzip members that both rest on. Nothing here knows Scrapy or the database.
"""
