"""Hemero finds, reads, judges and keeps French-language news about online-radicalisation policy."""

__version__ = "0.1.0"
