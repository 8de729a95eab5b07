"""The corpus in a browser: Datasette, read-only, with pages in French for reading, searching and pictures."""
