"""What feeds and sitemaps have in common: bytes become XML that can be read, and nothing else happens.

Packed, cut, in the wrong charset, with bare ampersands or control characters: what can be read is read, and
the fault is named. A document that tries to make its reader fetch or repeat something is refused: entities,
external DTDs, XInclude, a stylesheet on a private address.
"""

from __future__ import annotations

import codecs
import html.entities
import ipaddress
import re
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from lxml import etree

from crawler.errors import ListError
from crawler.extract import decode
from crawler.items import Found  # noqa: TC001 -- a field of a dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_BYTES: Final = 52_428_800  # unpacked: the sitemap protocol's own limit
MAX_LAYERS: Final = 3  # of gzip: some files are packed for storage, and again for the way
DEEPEST: Final = 256  # elements within elements; libxml2's own limit for ordinary documents
_HEAD: Final = 8192  # bytes of a document in which its prolog stands

_PROLOG: Final = re.compile(r"\s*<\?xml[^>]*?\?>", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s+\w+(?:\s+PUBLIC\s+\"-//Netscape[^>]*)?\s*>", re.IGNORECASE)
_STYLESHEET: Final = re.compile(r"<\?xml-stylesheet[^>]*?href\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_XINCLUDE: Final = "http://www.w3.org/2001/XInclude"
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&(?:#(x[0-9a-fA-F]{1,8}|[0-9]{1,9})|(\w{1,32}));|&")


@dataclass(kw_only=True, slots=True)
class Listed:
    """What one file names: pages, and further sitemaps; ``faults`` say what is wrong with it."""

    pages: list[Found] = field(default_factory=list)
    sitemaps: list[Found] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def text(body: bytes, headers: Mapping[str, str] | None = None) -> tuple[str, list[str]]:
    """The text of a body, unpacked and decoded, and what was wrong with it.

    :param headers: of the response, names in lower case; a charset there counts
    :raises ListError: it is empty, or unpacks to more than MAX_BYTES
    """
    body, faults = unpack(body)
    while body.startswith(codecs.BOM_UTF8):
        body = body.removeprefix(codecs.BOM_UTF8)
    if not body.strip(b"\0 \t\r\n"):
        raise ListError("the body is empty")
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")):
        charset = "utf-16" if body[:1] in b"\xff\xfe" else "utf-16-le" if body[:1] == b"<" else "utf-16-be"
        return body.decode(charset, "replace").lstrip("\ufeff"), faults
    try:
        return body.decode("utf-8"), faults
    except UnicodeDecodeError:
        found = _ENCODING.search(body[:_HEAD])
        label = found[1].decode("ascii") if found else decode.of_header(headers)
    try:
        if codecs.lookup(label).name not in {"utf-8", "ascii", "iso8859-1"}:
            return body.decode(label), faults
    except (LookupError, UnicodeDecodeError):
        pass  # the label is wrong; the bytes are what French sites write by mistake
    if label.lower().replace("_", "-") not in {"iso-8859-1", "latin1", "latin-1"}:
        faults.append(f"its bytes are not in {label or 'UTF-8'}: read as windows-1252")
    return body.decode("cp1252", "hemero-1252"), faults


def unpack(body: bytes) -> tuple[bytes, list[str]]:
    """The body without gzip, whatever its name or type said, and whether it was cut.

    :raises ListError: it unpacks to more than MAX_BYTES, or to nothing
    """
    faults: list[str] = []
    for _ in range(MAX_LAYERS):
        if not body.startswith(b"\x1f\x8b"):
            break
        unpacker = zlib.decompressobj(wbits=31)
        try:
            unpacked = unpacker.decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            raise ListError(f"gzip that cannot be unpacked: {error}") from error
        if len(unpacked) > MAX_BYTES:
            raise ListError(f"unpacks to more than {MAX_BYTES} bytes")
        faults += [] if unpacker.eof else ["the packed file is cut"]
        body = unpacked
    return body, faults


def elements(
    content: str, names: frozenset[str], take: Callable[[etree._Element], bool], faults: list[str]
) -> None:
    """Hand each element of some names to ``take``, until that returns False; it is emptied afterwards.

    XML that is not well-formed is mended first, which is one of the ``faults``; an element that a cut left
    open is not handed on, since the address in it may be half of one.

    :raises ListError: it asks its reader for more than to be read, or is nested too deeply
    """
    refuse(content)
    plain = _DOCTYPE.sub("", _PROLOG.sub("", content, count=1).lstrip(), count=1)
    try:
        etree.fromstring(plain.encode("utf-8", "replace"), _parser(recover=False))
        whole = 10**9
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise ListError(f"more than {DEEPEST} elements within elements") from error
        faults.append(f"XML: {' '.join(str(error.msg).split())}")
        plain = mend(plain)
        whole = len(re.findall(rf"</(?:\w+:)?(?:{'|'.join(names)})\s*>", plain))
    _walk(plain, names, take, whole)


def local(element: etree._Element) -> str:
    """The name of an element in small letters, without its namespace, or a prefix that nobody declared."""
    name = element.tag if isinstance(element.tag, str) else ""
    return re.split("[}:]", name)[-1].lower()


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, recover=recover, huge_tree=True)


def _walk(plain: str, names: frozenset[str], take: Callable[[etree._Element], bool], whole: int) -> None:
    events = etree.iterparse(
        BytesIO(plain.encode("utf-8", "replace")),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )
    try:
        for _, element in events:
            if local(element) not in names:
                continue
            whole -= 1
            if whole < 0 or not take(element):
                return
            element.clear()
    except etree.XMLSyntaxError:
        return  # what came before the fault is good, and the fault is named already


def refuse(content: str) -> None:
    """Return if a document only wants to be read.

    :raises ListError: it declares entities, names an external DTD, includes something, or has a stylesheet
        where no stylesheet of a newspaper can be
    """
    head = content[:_HEAD]
    if re.search(r"<!(?:DOCTYPE|ENTITY)", _DOCTYPE.sub("", head), re.IGNORECASE):
        raise ListError("it declares entities or an external DTD")
    if _XINCLUDE in content:
        raise ListError("it asks its reader to include something")
    for href in _STYLESHEET.findall(head):
        if not _is_public(href):
            raise ListError("it names a stylesheet on a private address")


def mend(content: str) -> str:
    """A text whose ampersands, entities and characters XML allows; HTML's names become their characters."""
    return _REFERENCE.sub(_reference, _FORBIDDEN.sub("", content))


def _reference(found: re.Match[str]) -> str:
    number, name = found[1], found[2]
    if number:
        code = int(number[1:], 16) if number[0] == "x" else int(number)
        char = chr(code) if code < 0x110000 else ""
        return "" if not char or _FORBIDDEN.match(char) else found[0]
    if name in {"amp", "lt", "gt", "quot", "apos"}:
        return found[0]
    return html.entities.html5.get(f"{name};", f"&amp;{name};") if name else "&amp;"


def _is_public(href: str) -> bool:
    """Whether an address is relative, or on a host that a stranger may be asked for."""
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in {"", "http", "https"} or host == "localhost":
        return False
    try:
        return not host or ipaddress.ip_address(host).is_global
    except ValueError:
        return True
