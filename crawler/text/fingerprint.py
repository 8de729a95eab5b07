"""What makes two texts the same."""

from __future__ import annotations

import hashlib

from crawler.text.normalise import typography


def digest(text: str) -> str:
    """The fingerprint of a text, "sha256:" and 64 hexadecimal digits.

    Two texts that differ only in spaces, paragraph breaks, kinds of quotes or dashes, or invisible characters
    have one fingerprint; a different word, accent, capital, digit or full stop gives another.
    """
    return "sha256:" + hashlib.sha256(typography(text).encode()).hexdigest()
