"""What must hold of one member of a WARC file: one whole record, and its digests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.archive import records, response

if TYPE_CHECKING:
    from crawler.archive.members import Member

KINDS: Final = frozenset({"response", "revisit", "conversion", "resource"})
"""Types of records that a row of the table ``fetch`` may name."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in a member, and what is wrong with it."""

    kind: str = ""
    name: str = ""  # WARC-Record-ID, without angle brackets
    fields: dict[str, str] = field(default_factory=dict)  # lower-case names
    block: bytes = field(default=b"", repr=False)
    wrong: tuple[str, ...] = ()

    @property
    def payload(self) -> bytes:
        """The body of an HTTP answer as sent; else the block."""
        if self.fields.get("content-type", "").startswith("application/http"):
            return response.parse(self.block)[2]
        return self.block


def check(member: Member) -> Record:
    """The record of a member, with every rule that it breaks."""
    head, found, rest = member.text.partition(b"\r\n\r\n")
    if not found or not head.startswith(b"WARC/1."):
        return Record(wrong=("it holds no WARC record",))
    fields = _fields(head)
    size = int(said) if (said := fields.get("content-length", "")).isdecimal() else -1
    block = rest[:size] if size >= 0 else rest
    record = Record(fields.get("warc-type", ""), fields.get("warc-record-id", "").strip("<>"), fields, block)
    wrong = _header(member) + _shape(record, size, rest) + _digests(record) + _secrets(record)
    return Record(record.kind, record.name, fields, block, tuple(wrong))


def _fields(head: bytes) -> dict[str, str]:
    pairs = (line.partition(b":") for line in re.sub(rb"\r\n[ \t]+", b" ", head).split(b"\r\n")[1:])
    return {name.decode("latin-1").strip().lower(): value.decode("utf-8", "replace").strip()
            for name, _, value in pairs}  # fmt: skip


def _header(member: Member) -> list[str]:
    """What the ten bytes that no CRC covers must be: no flags, no time, a known system."""
    said = member.head[3:8] == bytes(5) and member.head[8] in {0, 2, 4} and member.head[9] in {3, 255}
    return [] if said else ["its gzip header has been changed"]


def _shape(record: Record, size: int, rest: bytes) -> list[str]:
    wrong = [
        f"it has no {name}"
        for name in ("warc-record-id", "warc-date", "warc-type")
        if name not in record.fields
    ]
    if size < 0:
        return [*wrong, "it has no Content-Length"]
    if len(record.block) != size:
        return [*wrong, f"its block has {len(record.block)} of {size} bytes"]
    if rest[size:] != b"\r\n\r\n":
        wrong.append("something stands behind it in its member")
    return wrong


def _digests(record: Record) -> list[str]:
    wrong = []
    for name, data in (("warc-block-digest", record.block), ("warc-payload-digest", None)):
        said = record.fields.get(name, "")
        if not said.startswith("sha1:") or (data is None and record.kind == "revisit"):
            continue
        if records.digest(record.payload if data is None else data) != said:
            wrong.append(f"its {name.removeprefix('warc-').replace('-', ' ')} is wrong")
    return wrong


def _secrets(record: Record) -> list[str]:
    """Headers that are never written down."""
    if not record.fields.get("content-type", "").startswith("application/http"):
        return []
    names = {
        line.partition(b":")[0].decode("latin-1").lower()
        for line in record.block.partition(b"\r\n\r\n")[0].split(b"\r\n")
    }
    return [f"it holds the header {name}" for name in sorted(names & records.SECRET)]
