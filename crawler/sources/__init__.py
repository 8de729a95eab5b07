"""Who we read: one TOML file a source."""

from crawler.sources.declaration import Listing, Rules, Source
from crawler.sources.files import load, load_all

__all__ = ["Listing", "Rules", "Source", "load", "load_all"]
