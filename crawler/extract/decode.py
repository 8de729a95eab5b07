"""Bytes to characters: by what the bytes are and what the page declares, never by statistics.

The order: a byte order mark; strict UTF-8; the declared charset (header, then ``<meta>``) if it decodes;
windows-1252. A Latin-1 label means windows-1252, as in the WHATWG Encoding Standard.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD: Final = 8192
"""How many bytes are searched for a ``<meta>`` charset: the standard says 1024, real pages put it later."""

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
REFUSED: Final = frozenset(
    {"utf-7", "hz", "iso2022_jp", "iso2022_kr", "undefined", "idna", "punycode", "unicode_escape"}
)
LATIN: Final = frozenset({"iso8859-1", "ascii", "cp1252"})

_DECLARED = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_BIDI = tuple(char.encode() for char in "\u202d\u202e\u2066\u2067")
_OVERRIDES = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
"""Characters that turn a line around (Trojan Source, CVE-2021-42574): no article needs them."""
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})
_HIGH = bytes(range(128, 256))
_SURROGATE = re.compile(rb"&#(?:[xX][dD][89a-fA-F]|5529[6-9]|55[3-9]|56[0-9]|57[0-3])[0-9a-fA-F]{2};")
_DOUBLED = re.compile(
    "[\u00c3\u00c2\u00e2][\u0080-\u00bf\u20ac\u2122\u0153\u017e\u0178\u02dc\u201a-\u203a\u2013\u2014\u2030\u0192]+"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's characters as UTF-8 bytes for the parser, the charset they were read in, and what was odd."""

    body: bytes
    charset: str
    flags: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters."""
        return self.body.decode("utf-8")


def decode(body: bytes, headers: Mapping[str, str] | None = None) -> Decoded:
    """The page in UTF-8, without control characters.

    :param headers: of the response, names in lower case
    """
    for mark, charset in MARKS:
        if body.startswith(mark):
            return _marked(body[len(mark) :], charset)
    declared = _declared(body, headers)
    if declared.startswith(("utf_16", "utf-16")) and body.count(0, 0, 200) > 20:
        return _clean(body, "utf-16-be" if body[:1] == b"\0" else "utf-16-le", [])
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(body, declared)
    return _clean(body, "utf-8", [] if body.isascii() else _sanity("utf-8", declared))


def _marked(body: bytes, charset: str) -> Decoded:
    """A page that starts with a byte order mark, which wins; foreign bytes are windows-1252."""
    if charset != "utf-8":
        return _clean(body, charset, [])
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _clean(body.decode("utf-8", "hemero-1252").encode("utf-8"), charset, ["charset-mixed"])
    return _clean(body, charset, [])


def of_header(headers: Mapping[str, str] | None) -> str:
    """The label of the charset that the headers of a response name, or ""."""
    found = _HEADER.search((headers or {}).get("content-type", ""))
    return found[1] if found else ""


def _declared(body: bytes, headers: Mapping[str, str] | None) -> str:
    """Python's name of the charset that the header, else the page, declares; the label itself if unknown."""
    label = of_header(headers)
    if not label:
        at = body.find(b"charset", 0, HEAD)
        meta = _DECLARED.search(body, max(0, body.rfind(b"<", 0, at)), HEAD) if at >= 0 else None
        label = meta[1].decode("ascii") if meta else ""
    try:
        return codecs.lookup(label).name if label else ""
    except LookupError:
        return label


def _sanity(charset: str, declared: str) -> list[str]:
    """A flag when the page declares another charset than its bytes are in."""
    return [f"charset-declared-{declared.lower()}"] if declared and declared != charset else []


def _single_byte(body: bytes, declared: str) -> Decoded:
    """Bytes that are not UTF-8: with a pasted foreign phrase, in the declared charset, or in windows-1252."""
    whole = body.decode("utf-8", "replace")
    broken = whole.count("\ufffd")
    accents = len(whole) - broken - len(body.translate(None, delete=_HIGH))
    if accents > broken:  # else surely not: go no further
        mixed = body.decode("utf-8", "hemero-1252")
        if sum(char > "\u007f" for char in mixed) - broken > 3 * broken:
            return _clean(mixed.encode("utf-8", "ignore"), "utf-8", ["charset-mixed"])
    if declared and declared not in LATIN and declared not in REFUSED and declared != "utf-8":
        try:
            return _clean(body.decode(declared).encode("utf-8", "ignore"), declared, [])
        except (LookupError, UnicodeError, ValueError):
            return _clean(_windows(body), "windows-1252", [f"charset-declared-{declared.lower()}"])
    flags = _sanity("cp1252", declared) if declared not in LATIN else []
    return _clean(_windows(body), "windows-1252", flags)


def _windows(body: bytes) -> bytes:
    """windows-1252 to UTF-8, the five undefined bytes as the controls of the same number."""
    return body.decode("cp1252", "hemero-1252").encode("utf-8")


def _foreign(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: what cannot be decoded is windows-1252, and what is not that either, Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", "ignore") or byte.decode("latin-1"), error.start + 1


codecs.register_error("hemero-1252", _foreign)


def _clean(body: bytes, charset: str, flags: list[str]) -> Decoded:
    """The UTF-8 bytes of a body in a charset, without control characters; text encoded twice is repaired."""
    flags = list(flags)
    if charset.startswith("utf-16"):
        body = body.decode(charset, "replace").encode("utf-8", "replace")
    bare = body
    if any(control in body for control in _CONTROLS):  # a third of what translate() costs
        bare = body.translate(None, delete=_CONTROLS)
        flags.append("control-characters")
    if any(holds(bare, mark, mark[-1]) for mark in _BIDI):
        bare = _OVERRIDES.sub(b"", bare)
        flags.append("bidi-controls")
    if holds(bare, b"\x83\xc2", 0x83) or holds(bare, b"\xa2\xe2\x82\xac", 0x82):  # "Ã" and a mark, "â€"
        text, number = _DOUBLED.subn(_once, bare.decode("utf-8", "replace"))
        if number > 2:
            flags.append("charset-doubled")
            bare = text.encode("utf-8")
    if _SURROGATE.search(bare):
        flags.append("surrogates")  # the parser makes U+FFFD of them
    return Decoded(bare, charset, flags)


def holds(body: bytes, part: bytes, rare: int) -> bool:
    """Whether some bytes hold others, by a rare one of these: one byte is found ten times as fast as two."""
    at, offset = -1, part.index(rare)
    for _ in range(100):
        at = body.find(rare, at + 1)
        if at < 0 or body.startswith(part, max(0, at - offset)):
            return at >= 0
    return part in body


def _once(found: re.Match[str]) -> str:
    """Characters that are UTF-8 bytes read as windows-1252, read again; themselves when they are not."""
    try:
        raw = b"".join(c.encode("latin-1") if c < "\u0100" else c.encode("cp1252") for c in found[0])
        return raw.decode("utf-8")
    except UnicodeError:
        return found[0]
