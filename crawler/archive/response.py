"""An HTTP answer out of the block of a record: status, headers, payload."""

from __future__ import annotations

import re
from typing import Final

_STATUS: Final = re.compile(rb"[A-Z]+(?:/[\d.]+)?\s+(\d{3})\b")
_CHUNK: Final = re.compile(rb"\s*+([0-9A-Fa-f]++)[^\r\n]*+\r?\n")


def parse(block: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status (0 where there is none), headers by lower-case name, body without chunks.

    Of several headers of a name the first is given, but every coding.
    Lines may end with LF alone, as some writers end them, and headers may be folded.
    """
    head, body = _split(block)
    first, *rest = re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines() or [b""]
    headers: dict[str, str] = {}
    for line in rest:
        name, colon, value = line.partition(b":")
        key, said = name.decode("latin-1").strip().lower(), _text(value.strip())
        if key == "content-encoding" and key in headers:
            headers[key] += f", {said}"  # a layer more (RFC 9110 §5.3)
        elif colon:
            headers.setdefault(key, said)
    found = _STATUS.match(first)
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    return int(found[1]) if found else 0, headers, body


def _split(block: bytes) -> tuple[bytes, bytes]:
    found = re.search(rb"\r?\n\r?\n", block)
    return (block[: found.start()], block[found.end() :]) if found else (block, b"")


def _text(value: bytes) -> str:
    """A header's value: latin-1 as servers mean it (RFC 9110 §5.5 calls the rest opaque)."""
    return value.decode("latin-1")


def _joined(body: bytes) -> bytes:
    """The body of a chunked transfer (RFC 9112 §7.1); what never was chunked stays as it is.

    Many writers keep the header and take the chunks apart.
    """
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        start = found.end()
        if start + size > len(body):
            break
        if size == 0:
            return b"".join(parts)
        parts.append(body[start : start + size])
        at = start + size
    return body
