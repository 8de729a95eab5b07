"""The one spelling of an address, and what makes two addresses the same page.

Three degrees, each merging more than the one before:

``resolve``    a link as a page writes it becomes an absolute address
``normalise``  spellings that every server must answer alike become one (RFC 3986 §6.2.1 to 6.2.3), and what
               only counts readers (campaigns, sessions) goes; the result is an address to ask for
``identity``   scheme, ``www.``, order of parameters, mobile, AMP and print variants go too: a key
"""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

LONGEST: Final = 2048
"""Characters of an address: what search engines, sitemaps (sitemaps.org) and browsers agree to take."""

_ADDRESS: Final = re.compile(r"(?i)(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_FORBIDDEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_AUTHORITY: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::([0-9]*))?")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_UNSAFE_IN_PATH: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^%A-Za-z0-9._~!$&'()*+,;=:@/-]")
_UNSAFE_IN_QUERY: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^%A-Za-z0-9._~!$&'()*+,;=:@/?-]")

_TRACKING: Final = re.compile(
    r"(?i)(?:utm|mtm|pk|piwik|matomo|hsa|at|ns|oly|vero|stm|ysm)_\w+"  # Google, Matomo, AT Internet, …
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|li_fat_id|igshid|igsh|srsltid"
    r"|xtor|xtref|xtmc|xtcr|xtnp|xts|xtdt|xt_?loc|echobox|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|_g[al]|_openstat"
    r"|wt\.\w+|cmpid|ncid|s_cid|sc_cid|ref_(?:src|url)|__twitter_impression|amp_(?:js_v|gsa|r)|usqp|tblci|dicbo"
    r"|phpsessid|jsessionid|aspsessionid\w*|cftoken"
)
_SESSION: Final = re.compile(r"(?i)(?:sid|session|session_?id)=(?=[a-z]*[0-9])[0-9a-z]{16,}")
_PATH_SESSION: Final = re.compile(r"(?i);(?:jsessionid|phpsessid)=[^/;]*")

_VARIANT_HOST: Final = re.compile(r"(?:www|m|mobile|amp)\.(?=[^.]+\.)")
_VARIANT_FOLDERS: Final = frozenset({"amp", "print", "imprimer"})
_VARIANT_PAIR: Final = re.compile(
    r"(?i)(?:amp|print|imprimer|mobile)(?:=(?:1|true|yes|oui)?)?|outputtype=amp|(?:view|format|output)=(?:amp|print)"
)
_HARMLESS: Final = re.compile(r"%(21|27|28|29|2A|2C|3A|40)")


@lru_cache(1024)  # a page's address is asked about at each step of its way
def normalise(url: str) -> str:
    """The one spelling of an http(s) address; idempotent.

    Scheme and host in lower case, the host in punycode and without a trailing dot, numeric hosts as plain
    IPv4, the default port, the fragment and an empty query off, dot segments resolved, percent-encoding
    canonical, tracking parameters and session numbers off. Kept, since servers may tell them apart: scheme,
    case of the path, its trailing and doubled slashes, encoded delimiters, order of parameters,
    zero-width characters.

    :raises ValueError: it cannot be the address of a page; the message never holds a password
    """
    url = url.strip()
    if found := _FORBIDDEN.search(url):
        raise ValueError(f"address with the character U+{ord(found[0]):04X}: {shown(url)}")
    parts = _ADDRESS.fullmatch(url)
    if not parts:
        raise ValueError(f"not an http address: {shown(url)}")
    scheme, authority, path, query = parts[1].lower(), parts[2], parts[3], parts[4] or ""
    path = _without_dots(_PATH_SESSION.sub("", _canonical(path, _UNSAFE_IN_PATH)))
    given = map(_unglued, _canonical(query, _UNSAFE_IN_QUERY).split("&"))
    pairs = [pair for pair in given if pair and not _is_tracking(pair)]
    clean = f"{scheme}://{_authority(authority, scheme, url)}{path}{'?' if pairs else ''}{'&'.join(pairs)}"
    if len(clean) > LONGEST:
        raise ValueError(f"address longer than {LONGEST} characters: {shown(url)}")
    return clean


def identity(url: str) -> str:
    """What makes two spellings the same page on a host that nobody declared: a key, not an address.

    Beyond :func:`normalise`: no scheme; no ``www.``, ``m.``, ``mobile.``, ``amp.``; parameters sorted by name
    (several of one name keep their order); harmless punctuation of the path decoded; AMP and print variants
    made one with the page. A trailing slash and the folders ``/amp``, ``/print`` and ``/imprimer`` only go
    beside a slug of four words or a number of five digits, which no other page shares: ``/a`` and ``/a/``
    stay two.

    :raises ValueError: as :func:`normalise`
    """
    parts = _ADDRESS.fullmatch(normalise(url))
    assert parts  # noqa: S101 -- what normalise returns is an address
    host, path, query = parts[2], parts[3], parts[4] or ""
    while not _is_number(host) and (shorter := _VARIANT_HOST.sub("", host, count=1)) != host:
        host = shorter
    path, query = (_ESCAPE.sub(lambda code: code[0].upper(), part) for part in (path, query))
    path = _HARMLESS.sub(lambda code: chr(int(code[1], 16)), path)
    path = _without_variant(path)
    pairs = sorted(
        (pair for pair in query.split("&") if pair and not _VARIANT_PAIR.fullmatch(pair)), key=_name
    )
    return f"{host}{path}{'?' if pairs else ''}{'&'.join(pairs)}"


def only_adds(url: str, own: str) -> bool:
    """Whether an address only adds to the one its page calls its own what makes it no other page.

    Beyond :func:`identity`: a site knows which of its parameters count readers (``?from=home``), and says so
    by ``rel="canonical"``. It is believed where the path names one page, and of words only: what goes with a
    number may be a further page of the article, or what tells it from others.
    """
    (path, _, pairs), (own_path, _, own_pairs) = (identity(one).partition("?") for one in (url, own))
    added = set(pairs.split("&")) - set(own_pairs.split("&"))
    kept = not own_pairs or set(own_pairs.split("&")) <= set(pairs.split("&"))
    is_words = all(not re.search("[0-9]", pair.partition("=")[2]) for pair in added)
    return path == own_path and kept and bool(added - {""}) and is_words and _is_slug(path.rpartition("/")[2])


def resolve(base: str, link: str) -> str | None:
    """A link of a page as a normalised address; None where it leads to no page (mailto:, javascript:, …)."""
    link = re.sub(r"[\t\r\n]", "", link.strip())  # as browsers do: https://url.spec.whatwg.org/#url-parsing
    try:
        return normalise(urljoin(base, link))
    except ValueError:
        return None


def _canonical(text: str, unsafe: re.Pattern[str]) -> str:
    """Unreserved characters decoded, everything else that is not allowed encoded, in capitals.

    The case of an escaped delimiter (``%2f``) stays: it means the same (RFC 3986 §2.1), and some servers tell
    them apart; :func:`identity` does not.
    """
    text = unsafe.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)
    return _ESCAPE.sub(_decoded, text)


def _decoded(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    if code in _UNRESERVED:
        return chr(code)
    return escape[0] if code < 128 else f"%{code:02X}"  # servers compare delimiters letter by letter


def _without_dots(path: str) -> str:
    """RFC 3986 §5.2.4, on a path whose dots are already decoded; an empty path is "/"."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _authority(authority: str, scheme: str, url: str) -> str:
    """Host and port, the default port left off."""
    if "@" in authority:
        raise ValueError(f"address with a user name or a password: {shown(url)}")
    parts = _AUTHORITY.fullmatch(authority)
    if not parts:
        raise ValueError(f"address with a malformed host or port: {shown(url)}")
    port = int(parts[2]) if parts[2] else {"http": 80, "https": 443}[scheme]
    if not 0 < port < 65536:
        raise ValueError(f"address with an impossible port: {shown(url)}")
    host = _host(parts[1], url)
    return host if port == {"http": 80, "https": 443}[scheme] else f"{host}:{port}"


def _host(host: str, url: str) -> str:
    """A host as DNS knows it (UTS #46: compatibility forms folded, punycode); IP addresses in short."""
    try:
        if host.startswith("["):
            return f"[{ipaddress.IPv6Address(host[1:-1]).compressed}]"
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", host).lower()).replace("。", ".")
        labels = [_label(label) for label in folded.removesuffix(".").split(".")]
        name = ".".join(labels)
        if re.fullmatch(
            r"[0-9]+|0x[0-9a-f]*", labels[-1]
        ):  # 2130706433, 0x7f.1, 0177.0.0.1: as resolvers read them
            return str(ipaddress.IPv4Address(socket.inet_aton(name)))
    except (OSError, ValueError) as error:
        raise ValueError(f"address with an impossible host: {shown(url)}") from error
    if len(name) > 253:
        raise ValueError(f"address with a host of more than 253 characters: {shown(url)}")
    return name


def _label(label: str) -> str:
    """One label of a host name in ASCII."""
    if not label.isascii():
        if not all(char.isalnum() or char == "-" or unicodedata.combining(char) for char in label):
            raise ValueError(label)
        label = "xn--" + label.encode("punycode").decode("ascii")
    if not _LABEL.fullmatch(label):
        raise ValueError(label)
    return label


def _is_number(host: str) -> bool:
    """Whether a normalised host is an IP address."""
    return host.startswith("[") or bool(re.fullmatch(r"[0-9.]+(?::[0-9]+)?", host))


def _unglued(pair: str) -> str:
    """A parameter without the tracking that a feed has glued to it: ``id=7?utm_source=rss``."""
    parts = pair.split("?")
    while len(parts) > 1 and _is_tracking(parts[-1]):
        parts.pop()
    return "?".join(parts)


def _is_tracking(pair: str) -> bool:
    name = _name(pair).removeprefix("amp;")  # escaped twice
    return bool(_TRACKING.fullmatch(name) or _SESSION.fullmatch(pair))


def _name(pair: str) -> str:
    return pair.partition("=")[0]


def _without_variant(path: str) -> str:
    """The path of the page itself, if this one leads to a variant of it."""
    segments = path.split("/")[1:]
    while segments and segments[-1] in _VARIANT_FOLDERS | {""}:
        segments.pop()
    if not segments or not _is_slug(segments[-1]):
        return path
    if segments[0] in _VARIANT_FOLDERS:
        segments = segments[1:]
    segments[-1] = re.sub(r"\.amp(?=\.html$|$)", "", segments[-1])
    return "/" + "/".join(segments)


def _is_slug(segment: str) -> bool:
    """Whether a segment names one page: four words joined by hyphens, or a number of five digits."""
    return segment.count("-") >= 3 or bool(re.search(r"[0-9]{5}", segment))


def without_credentials(url: str) -> str:
    """An address without the user name and password that it may hold."""
    return re.sub(r"//[^/?#]*@", "//", url)


def quoted(raw: bytes) -> str:
    """The bytes of an address as text: those that are no ASCII escaped as they are."""
    return "".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in raw)


def shown(url: str) -> str:
    """An address for a message: short, printable, without what stands before an @."""
    shown = ascii(without_credentials(url))[1:-1]
    return (shown[:100] + "…" if len(shown) > 100 else shown) or "(empty)"
