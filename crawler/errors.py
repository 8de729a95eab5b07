"""Every error of Hemero that a user can meet, as one tree.

::

    HemeroError                     one sentence that names the file, key or URL concerned
     ├── ConfigurationError         exit 2: an option, a setting or hemero.toml is wrong
     │    └── SourceError           exit 2: a source is unknown, or its declaration is wrong
     ├── StorageError               exit 3: disk full, or a folder that cannot be written
     ├── SchemaError                exit 4: the database is older or newer than this program
     ├── LockedError                exit 5: another run, or another program, holds the database
     ├── DatabaseError              exit 6: the database cannot be reached or refuses to work
     │    └── RecordError           exit 6: it refuses one record; the others are not concerned
     ├── CaptureError               exit 7: a file of the archive is missing or damaged, or a record of it
     ├── QueryError                 exit 2: a search that cannot be understood
     ├── AlertError                 an alert that no server takes; the run goes on
     ├── ListError                  a feed or a sitemap that is none
     └── NotAnArticle               a page that was read and is something else: a wall, a list, …
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.items import Article


class HemeroError(Exception):
    """The root: ``exit_code`` is what the command line ends with when nothing catches it."""

    exit_code = 1


class ConfigurationError(HemeroError):
    """An option, a setting or hemero.toml is wrong."""

    exit_code = 2


class SourceError(ConfigurationError):
    """A source is unknown, or its declaration is wrong."""


class StorageError(HemeroError):
    """A disk is full, or a folder cannot be written."""

    exit_code = 3


class SchemaError(HemeroError):
    """The schema of the database is older or newer than this program."""

    exit_code = 4


class LockedError(HemeroError):
    """Another run, or another program, holds the database."""

    exit_code = 5


class DatabaseError(HemeroError):
    """The database cannot be reached or refuses to work."""

    exit_code = 6


class RecordError(DatabaseError):
    """The database refuses one record, which breaks a rule of the schema; the others are not concerned."""


class CaptureError(HemeroError):
    """A file of the archive is missing or damaged, or a record of it; the sentence names file and offset."""

    exit_code = 7


class AlertError(HemeroError):
    """An alert that no server takes; the run goes on, and its findings are kept."""


class QueryError(HemeroError):
    """A search that cannot be understood."""

    exit_code = 2


class ListError(HemeroError):
    """A feed or a sitemap that is none: another page in its place, or nothing that can be read."""


class NotAnArticle(HemeroError):
    """A page that was read and is something else.

    ``kind`` is one of ``consent_wall``, ``blocked`` (captcha, anti-robot page, access denied), ``soft_404``,
    ``list`` (home, section, tag or search page), ``service`` (contact, legal notice, agenda), ``video``,
    ``audio``, ``paywall`` (nothing of a subscriber's article is shown), ``empty`` (no text found);
    ``reason`` says what was seen, in one sentence. ``article`` is what was read of it all the same, with its
    cuts and signals: to see why, never to be stored.
    """

    def __init__(self, kind: str, reason: str, url: str = "") -> None:
        super().__init__(f"{url or 'page'}: {kind}: {reason}")
        self.kind = kind
        self.reason = reason
        self.url = url
        self.article: Article | None = None
