"""What travels through the pipelines: Fetch (what happened), Page (what came), Article (what it says)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from lxml.html import HtmlElement

    from crawler.extract.shape import Shape
    from crawler.sources.declaration import Rules

OUTCOMES: Final = (
    "pending",  # taken on, not asked for yet
    "stored",
    "stored_flagged",
    "archived_only",
    "duplicate",
    "unchanged",
    "not_relevant",
    "tdm_reserved",
    "http_error",
    "retry_later",
    "network_error",
    "too_large",
    "corrupt",
    "redirect_refused",
    "address_refused",
    "robots_denied",
    "robots_unreachable",
    "trap_stopped",
    "source_error",
    "source_partial",
)
"""The closed list of what can become of an address; the latest one stands in the view ``outcomes``."""

FLAGS: Final = {
    "attributes-cut": "a tag had hundreds of attributes; those beyond 300 were left",
    "bidi-controls": "characters that turn a line around were taken out (CVE-2021-42574)",
    "blocks-cut": "more than 20,000 blocks of text; the rest was left",
    "canonical-elsewhere": "the page calls another page's address its own; the one that answered is kept",
    "canonical_refused": "the page calls an address its own that cannot be: home, another site or article",
    "characters": "characters that HTML does not allow were dropped",
    "charset-declared-": "the page declares the charset that follows, and its bytes are in another one",
    "charset-doubled": "text that had been encoded twice was repaired",
    "charset-mixed": "bytes of two charsets on one page; each was read in its own",
    "content-type": "a page of HTML that calls itself something else",
    "content-type-twice": "the answer names its type more than once",
    "control-characters": "control characters were taken out",
    "date_ahead": "a date lies in the future, and was not believed",
    "date_ambiguous": "a time that the night of the clock change has twice, and no zone with it",
    "date_default": "a date that programs write where there is none, such as 1 January 1970",
    "date_impossible": "a date or time that does not exist",
    "local_as_utc": "a time that the data give as UTC and the page shows as its local hour: that is taken",
    "date_skipped": "a time that the night of the clock change does not have",
    "dates_disagree": "dates of publication are more than a day apart, or data and page differ",
    "deflate-checksum": "the compressed answer was whole, and its checksum wrong",
    "gzip-checksum": "the compressed answer was whole, and its checksum wrong",
    "gzip-trailing": "bytes behind the compressed answer were left",
    "header-characters": "control characters in the header of the answer",
    "json-ld-broken": "JSON-LD that cannot be read; the article was read from the rest of the page",
    "json-ld-odd": "headline, date or count of the JSON-LD is of a kind that it cannot be, and was left",
    "length-and-chunks": "the answer gives its length in two ways (RFC 9112, 6.3)",
    "modified_before_published": "a change before the publication, which was not believed",
    "no-article": "the listing names no article of its source",
    "not-compressed": "the answer says that it is compressed, and is not",
    "parser-limit": "the parser stopped: too deep, or too much in one place; text may be missing",
    "partial": "the answer ended before its announced or natural end",
    "published_after_fetch": "published after the page was fetched",
    "rules-body": "declared rule and generic reader disagree on the text; the generic reading was taken",
    "rules-lead": "the declared rule finds no lead, or too much; the generic reading was taken",
    "sampled": "asked for although its headline is off the subject, to see what such headlines hide",
    "surplus": "more bytes than the answer announced",
    "surrogates": "halves of characters became U+FFFD",
    "title-cut": "the title was longer than is kept",
    "truncated": "the page was larger than is read; the rest was left",
}
"""The closed list of flags, and what each says was odd; ``charset-declared-`` is followed by the charset."""

NOTES: Final = frozenset({"canonical_refused", "canonical-elsewhere"})
"""Flags that tell and put nothing in doubt: a page with no other is ``stored``."""


LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 522, 524})
"""Statuses that say: not now (RFC 9110 §15, RFC 6585; 522 and 524 are Cloudflare's)."""

BY_HAND: Final = "by hand"
"""In place of the list that named an address: a user gave it. Its limits are the user's, its text is kept."""

KINDS: Final = ("article", "feed", "sitemap", "listing")
"""What an address was asked for: to read an article, or to find more addresses."""


def explained(flag: str) -> str:
    """A flag, and what it says."""
    known = (name for name in FLAGS if flag == name or (name.endswith("-") and flag.startswith(name)))
    return f"{flag}: {FLAGS[name]}" if (name := next(known, "")) else flag


@dataclass(kw_only=True, slots=True)
class Found:
    """One address that a feed, sitemap or listing names, with what the list says of it."""

    url: str
    identity: str = ""  # what makes two addresses one article: "latribune:883241"
    kind: str = "article"  # one of KINDS: a sitemap names sitemaps too, a listing its next page
    title: str = ""
    published: str = ""  # as the list writes it
    modified: str = field(default="", compare=False)  # likewise; a hint, never believed
    headline: str = field(
        default="", repr=False, compare=False
    )  # the text of a link, to choose by: never stored
    outcome: str = "pending"  # "not_relevant" of an article that is passed over, with the reason
    reason: str = ""


@dataclass(slots=True)
class Record:
    """Where the archive holds an answer: the columns ``warc_*`` of the table ``fetch``.

    ``file`` is a name in the archive's folder, "" until the record is written or if it never is.
    """

    id: str  # WARC-Record-ID, without angle brackets
    at: datetime  # when the answer came, UTC
    file: str = ""
    offset: int | None = None
    write: Callable[[bytes], None] | None = field(default=None, repr=False)  # of a page to be cleaned first
    put: Callable[[], None] | None = field(default=None, repr=False)  # of a page that may yet be reserved


@dataclass(kw_only=True, slots=True)
class Fetch:
    """One request that was answered, refused or lost: the row of the table ``fetch``."""

    source: str
    url: str  # as it was asked for, normalised
    kind: str  # one of KINDS
    fetched_at: datetime  # UTC
    identity: str = ""  # as in Found
    outcome: str = "stored"  # one of OUTCOMES
    reason: str = ""  # one sentence, for people
    flags: list[str] = field(default_factory=list)
    status: int | None = None
    location: str = ""  # where the answer came from, if redirects led elsewhere
    found_in: str = ""  # the feed, sitemap or listing that named the address
    etag: str = ""
    last_modified: str = ""
    digest: str = ""  # "sha256:…" of the decoded body
    robots_rule: str = ""  # what robots.txt decided, and by which answer
    tdm_reservation: str = ""  # "1" or "0", by what, and the policy: "1 (header) https://…"; "" where unset
    is_reserved: bool = False  # and its source respects that: the text is not kept
    x_robots_tag: str = ""  # of the header and of meta robots, joined by "; "
    redirects: list[str] = field(default_factory=list)  # on the way: "301 https://…"
    next_attempt_at: datetime | None = None  # not before: what Retry-After says, in UTC
    replays: int | None = None  # the row of the table fetch whose capture is read anew
    hinted: bool = False  # asked for before its time: its list says that it changed
    captured: bool = False  # read from a capture that others made: nobody asked for the page itself
    via: Fetch | None = field(default=None, repr=False)  # the request for a capture, if an archive was asked
    found: list[Found] = field(default_factory=list, repr=False)  # of a list: what it names
    record: Record | None = field(default=None, repr=False)  # of the answer; the last one's, after redirects
    hop_records: list[str] = field(
        default_factory=list, repr=False
    )  # record ids of the redirects that led to it


@dataclass(kw_only=True, slots=True)
class Cut:
    """One piece of a page that is not the article: why it was cut, its first words (none of comments)."""

    step: str  # "comments" or "boilerplate"
    why: str  # the rule: "declared //section[@id='reactions']", "token comment-list", "phrase lire aussi"
    words: int
    begins: str = ""


@dataclass(kw_only=True, slots=True)
class Candidate:
    """One value that a signal proposes for a field: kept, so that disagreements can be seen."""

    field: str  # "title", "published_at", …
    signal: str  # "json-ld", "meta article:published_time", "time", "text", "url", "feed", "rules", …
    value: str  # as found


@dataclass(kw_only=True, slots=True)
class Page:
    """An article page as it was fetched: bytes already decoded and parsed, nothing read yet."""

    url: str  # the address that answered
    fetched_at: datetime  # UTC
    tree: HtmlElement = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # lower-case names
    rules: Rules | None = field(default=None, repr=False)  # the layout of the page's day
    timezone: str = "Europe/Paris"  # of dates that name none
    outlet: str = ""  # the source's name, to keep it out of titles and authors
    flags: list[str] = field(default_factory=list)
    comment_count: int | None = None  # None: nobody says and none was seen
    cuts: list[Cut] = field(default_factory=list, repr=False)
    aside: list[HtmlElement] = field(default_factory=list, repr=False)  # boilerplate; may hold tags
    identify: Callable[[str], str] | None = field(default=None, repr=False)  # "" for another site's address
    fetch: Fetch | None = field(default=None, repr=False)
    size: int = 0  # bytes of its source: a heavy page is read on a thread
    shape: Shape | None = field(default=None, repr=False, compare=False)  # what the first step saw


@dataclass(kw_only=True, slots=True)
class Article:
    """A page that is an article: attributes have the names of the columns of the view ``articles``."""

    url: str  # canonical
    title: str
    identity: str = ""  # as in Found
    lead: str = field(default="", repr=False)  # chapô; never repeated in body
    body: str = field(default="", repr=False)  # paragraphs joined by a blank line
    authors: list[str] = field(default_factory=list)  # persons, in order
    agency: str = ""  # "AFP", "Reuters", …; several joined by "; "
    section: str = ""
    tags: list[str] = field(default_factory=list)
    published_at: datetime | None = None  # aware, UTC; of a bare day: its noon in the source's zone
    published_raw: str = ""  # the string as found
    published_signal: str = ""
    published_precision: str = ""  # "second", "minute", "day" or "" when there is no date
    modified_at: datetime | None = None
    modified_raw: str = ""
    modified_signal: str = ""
    language: str = ""  # "fr", "en", … or "" when unknown
    access: str = "unknown"  # "free", "metered", "paywalled" or "unknown"
    truncated: bool = False  # the outlet cut the text and sends readers elsewhere; see also access
    comment_count: int | None = None
    words: int = 0  # of lead and body
    alternates: list[str] = field(default_factory=list)  # other addresses of the same article
    candidates: list[Candidate] = field(default_factory=list, repr=False)
    signals: dict[str, str] = field(default_factory=dict, repr=False)  # field → the signal that gave it
    flags: list[str] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list, repr=False)
    extractor: str = ""  # name and version of the reader
    source: str = ""
    digest: str = ""  # of the text, see text.fingerprint: the same digest is the same text
    fetch: Fetch | None = field(default=None, repr=False)
    relevance: float | None = None  # set by the relevance step
    label: int | None = None
    terms: list[str] = field(default_factory=list)
    matches: list[list[str | int]] = field(default_factory=list, repr=False)  # term, group, where, start, end
    query: str = ""  # the version of the relevance query
    keep_text: bool = True  # False: lead and body are not stored
