"""When an article was published and changed: a choice among all that a page says, disagreements flagged.

The order of belief for the publication: declared rules, JSON-LD ``datePublished``, metas, an app's state,
microdata, ``<time>``, the visible byline, the address. ``dateModified`` never stands in for it, and
``dateCreated`` only where nothing else speaks: it is the day a draft was begun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from lxml import etree

from crawler.extract import cards, datelines, dates, jsonld, lines, moments, rules, signals
from crawler.extract.lines import Line
from crawler.extract.vocabulary import Says
from crawler.items import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from crawler.extract.dates import When
    from crawler.extract.signals import Signals
    from crawler.items import Page

PUBLISHED_METAS: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "publish-date", "publish_date", "publication_date", "article.published", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "rnews:datepublished", "dc.date.issued",
    "dcterms.issued", "citation_online_date", "dc.date", "dcterms.date", "date", "pubdate", "publicationdate",
    "article_date_original", "citation_publication_date",
    "prism.publicationdate", "originalpublicationdate", "ptime", "og:pubdate", "cse_date",
)  # fmt: skip
CREATED_METAS: Final = ("dc.date.created", "dcterms.created")
"""The day a draft was begun, or that of publication: lines know better."""
MODIFIED_METAS: Final = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "lastmod", "last-modified", "dc.date.modified", "dcterms.modified", "article:updated_time",
    "article.updated", "modified_time", "revision_date",
)  # fmt: skip
DISAGREE: Final = timedelta(hours=24)  # two signals further apart than this cannot both be right
MOST: Final = 20  # ``<time>`` elements that are looked at where nothing better dates a page
BAR: Final = 20  # blocks of a bar of tools that are looked at for a date
_DATA: Final = ("data-timestamp", "data-datetime", "data-published", "data-date", "data-time")
_STAMPS: Final = {*_DATA, "title"}
_HATOM: Final = "@title and (contains(@class, 'published') or contains(@class, 'updated'))"
_STAMPED = etree.XPath(f"descendant-or-self::*[{' or '.join(f'@{name}' for name in _DATA)} or ({_HATOM})]")
_QUOTED = etree.XPath(  # a message that is shown tells its own day
    "boolean(ancestor-or-self::*[self::blockquote or contains(@class, 'twitter-tweet')])"
)
_MACHINE = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\S+")
_PUBLISHED: Final = frozenset({"entry-date", "published", "dt-published"})
_URL_DAY = re.compile(
    r"(?=[/12])(?:(?<!\d)((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)|/((?:19|"
    r"20)\d{2})/(\d{1,2})/(\d{1,2})/)"
)


@dataclass(slots=True)
class Choice:
    """When, how it was written, and who said so."""

    when: When | None = None
    signal: str = ""


@dataclass(slots=True)
class Chronology:
    """Publication and last change of an article, and the elements that show a date."""

    published: Choice = field(default_factory=Choice)
    modified: Choice = field(default_factory=Choice)
    elements: list[HtmlElement] = field(default_factory=list)


def read(page: Page, found: Signals, header: Sequence[Line], candidates: list[Candidate]) -> Chronology:
    """Choose among everything a page says of its dates."""
    reader = _Reader(page, candidates)
    reader.declared(found)
    reader.metas(found)
    reader.elements(found.microdata)
    own = [line for line in header if line.element not in found.of_readers]
    reader.visible(own, lines.around(found.times))
    reader.named("published", found, CREATED_METAS)
    reader.last_resorts(found, header)
    return reader.choose()


class _Reader:
    """Collects the dates of a page in the order of belief."""

    def __init__(self, page: Page, candidates: list[Candidate]) -> None:
        self.page = page
        self.zone = ZoneInfo(page.timezone)
        self.candidates = candidates
        self.found: dict[str, list[tuple[str, When]]] = {"published": [], "modified": [], "created": []}
        self.shown: list[HtmlElement] = []

    def add(self, name: str, signal: str, text: str, *, relative: bool = False) -> bool:
        """Read one text as a date of publication ("published"), change or creation."""
        text = text.strip()[: dates.LONGEST]
        if not text:
            return False
        self.candidates.append(Candidate(field=f"{name}_at", signal=signal, value=text))
        when = dates.parse(text, zone=self.zone, now=self.page.fetched_at, relative=relative)
        if when is None:
            if why := dates.refusal(text, zone=self.zone, now=self.page.fetched_at):
                self.flag(f"date_{why}")
            return False
        self.found[when.label if when.label == "modified" else name].append((signal, when))
        return True

    def flag(self, name: str) -> None:
        """Note a flag once."""
        if name not in self.page.flags:
            self.page.flags.append(name)

    def declared(self, found: Signals) -> None:
        """Declared rules and JSON-LD."""
        path = self.page.rules.published if self.page.rules else ""
        for text, _ in rules.declared(self.page.tree, path)[:3]:
            self.add("published", "rules", text)
        for value in jsonld.texts(found.article.get("datePublished")):
            self.add("published", "json-ld", value)
        for value in jsonld.texts(found.article.get("dateModified")):
            self.add("modified", "json-ld", value)
        for value in jsonld.texts(found.article.get("dateCreated")):
            self.add("created", "json-ld dateCreated", value)
        for node in found.graph.of({"WebPage"})[:2]:
            self.add("published", "json-ld WebPage", jsonld.text(node.get("datePublished")))
            if not found.article:
                self.add("modified", "json-ld WebPage", jsonld.text(node.get("dateModified")))

    def metas(self, found: Signals) -> None:
        """Metas, in the order of their worth, then what an app knows."""
        self.named("published", found, PUBLISHED_METAS)
        self.named("modified", found, MODIFIED_METAS)
        self.add("published", "state", jsonld.text(found.state.get("datePublished")))
        self.add("modified", "state", jsonld.text(found.state.get("dateModified")))

    def named(self, name: str, found: Signals, metas: Iterable[str]) -> None:
        """The metas of some names."""
        for meta in filter(found.metas.__contains__, metas):
            for value in found.values(meta)[: 1 if name == "modified" else 2]:
                self.add(name, f"meta {meta}", value)

    def elements(self, microdata: dict[str, list[HtmlElement]]) -> None:
        """Elements with a machine's date."""
        for name, prop in (
            ("published", "datepublished"),
            ("modified", "datemodified"),
            ("created", "datecreated"),
        ):
            for element in microdata.get(prop, ())[:2]:
                named = ("content", "datetime", "title" if element.tag == "abbr" else "value")
                text = next(filter(None, map(element.get, named)), "") or lines.line(element)
                self.add(name, f"microdata {prop}", text)

    def visible(self, header: Iterable[Line], timed: set[HtmlElement]) -> None:
        """The lines around the headline: dates with a label, or dates that are the line.

        :param timed: the elements with ``<time>`` in them
        """
        above = ""
        header = list(header)
        dated = [line.element for line in header if datelines.is_date_line(line.text)]
        own = set(dated) - cards.in_rows(dated)
        for line, below in zip_longest(header, islice(header, 1, None)):
            label, above = datelines.label(above), line.text
            if line.element in timed:
                self._times(line)
            if line.element not in own or not datelines.is_date_line(line.text):
                continue
            self.shown.append(line.element)
            if _QUOTED(line.element):
                continue
            told = f"{line.text} {below.text}" if below and datelines.CLOCK.match(below.text) else line.text
            shown = _MACHINE.sub(" ", told)  # hAtom hides a date beside the one that it shows
            told = shown if dates.spans(dates.plain(shown)) else told
            days = dates.find(told, zone=self.zone, now=self.page.fetched_at)
            for when in sorted(days, key=lambda when: when.label != "published"):
                name = "modified" if (when.label or label) == "modified" else "published"
                self.candidates.append(Candidate(field=f"{name}_at", signal="text", value=line.text[:200]))
                self.found[name].append(("text", when))

    def _times(self, line: Line) -> None:
        """The ``<time>`` elements of a line: the words before one say what it dates."""
        end = 0  # of the one before, whose words are not those of the next
        for element in islice(line.element.iter("time"), 4):
            shown = lines.line(element)
            at = line.text.find(shown, end)
            if at < 0:
                continue  # of another line in the same element, whose words are not its own
            before, end = line.text[end:at] if shown else line.text, at + len(shown)
            value = (element.get("datetime") or "")[:100]
            when = dates.parse(value, zone=self.zone, now=self.page.fetched_at)
            if when is None:
                continue
            names = element.get("class") or ""
            if "dt-published" in names.split():
                before = ""  # Minimal Mistakes: « Mis à jour : » before the day of publication
            if not _PUBLISHED.isdisjoint(names.split()):
                names = ""  # "entry-date updated": hAtom asks for "updated", whether changed or not
            label = " ".join((before, names, element.get("itemprop") or ""))
            printed = dates.parse(shown, zone=self.zone, now=self.page.fetched_at)
            told = dates.says_modified(label) or (printed and printed.label == "modified")
            name = "modified" if told else "published"
            self.candidates.append(Candidate(field=f"{name}_at", signal="time", value=value))
            self.shown.append(line.element)
            if printed and abs(printed.instant - when.instant) > 2 * DISAGREE:
                self.flag("dates_disagree")  # the attribute dates something else, often the last save
            else:
                self.found[name].append(("time", when))

    def last_resorts(self, found: Signals, header: Sequence[Line]) -> None:
        """What counts where nothing better speaks, most believed first."""
        day = _URL_DAY.search(self.page.url)
        told = self.found["published"]
        if self._is_banner(found, header):  # the day of the visit, which old sites print above all they have
            self.found["published"] = []
            self.labelled(found, header)
            self.found["published"] += [] if day else told
        for resort in (
            self.ago,
            self.labelled,
            self.within,
            self.parted,
            self.placed,
            self.bars_data,
            self.stamped,
        ):
            if not self.found["published"]:
                resort(found, header)
        if not self.found["modified"]:
            changed = (line.text for line in header if datelines.CHANGED_AGO.fullmatch(line.text))
            any(self.add("modified", "text", text, relative=True) for text in changed)
        if {when.precision for _, when in self.found["published"]} == {"day"}:
            self.bars_data(found, header)
            for element in self.shown[:MOST]:
                self.stamps(islice(lines.select(_STAMPED, element), 1))
        if day:
            self._url("-".join(f"{int(part):02}" for part in day.groups() if part))
        for resort in () if day else (self.bars, self.yearless):
            if not self.found["published"]:
                resort(found, header)

    def _is_banner(self, found: Signals, header: Sequence[Line]) -> bool:
        """Whether all that dates a page is the day of the visit, on a bare line above the headline."""
        today = self.page.fetched_at.astimezone(self.zone).date()
        told = self.found["published"]
        if not told or any(
            signal != "text" or when.precision != "day" or when.instant.astimezone(self.zone).date() != today
            for signal, when in told
        ):
            return False
        before = header if found.headline is None else lines.before(found.headline)
        above = {line.element for line in before}
        dated = [line for line in header if line.element in self.shown]
        return all(line.element in above and not datelines.is_labelled(line.text) for line in dated)

    def ago(self, _: Signals, header: Iterable[Line]) -> None:
        """Lines around the headline that count from the day they were fetched: « il y a 3 jours »."""
        self.relative(line for line in header if datelines.AGO.match(line.text))

    def yearless(self, _: Signals, header: Iterable[Line]) -> None:
        """A day around the headline that names no year: « par Ada Roux, le 3 mai »."""
        self.relative(line for line in header if datelines.is_yearless(line.text))

    def relative(self, told: Iterable[Line]) -> None:
        """The first of some lines that names a day by the present one, and a change on it or later."""
        for line in told:
            begun, *changed = datelines.CHANGED.split(line.text, maxsplit=1)
            if self.add("published", "text", begun.rstrip(" ,"), relative=True):
                self.shown.append(line.element)
                day = self.found["published"][-1][1].instant.astimezone(self.zone).date()
                for text in changed:
                    same = f"{day}{text}" if datelines.AT_CLOCK.match(text) else text
                    self.add("modified", "text", same, relative=True)
                return

    def labelled(self, found: Signals, _: Iterable[Line]) -> None:
        """Lines far below that say of what their date is."""
        told = [line for line in found.below if datelines.is_labelled(line.text)]
        self.visible(told, {line.element for line in told})

    def within(self, found: Signals, header: Iterable[Line]) -> None:
        """A date in an element named after one, in a line around the headline that says more than when."""
        short = (line.element for line in header if len(line.text) <= lines.SHORT)
        said = found.shape.said
        inside = (one for element in short for one in islice(element.iterdescendants("*"), MOST))
        named = (Line(one, lines.line(one)) for one in inside if said.get(one, 0) & Says.BYLINE)
        self.visible(islice((line for line in named if datelines.is_date_line(line.text)), 1), set())

    def parted(self, found: Signals, header: Sequence[Line]) -> None:
        """An element in a row of them, in a line around the headline that says more than when."""
        self.visible((line for line in lines.parted(header) if line not in header), lines.around(found.times))

    def placed(self, _: Signals, header: Iterable[Line]) -> None:
        """A text that begins with its place and day."""
        matches = filter(None, (datelines.PLACED.match(line.text) for line in header))
        any(self.add("published", "text", match["day"] or match["figures"]) for match in matches)

    def bars_data(self, found: Signals, _: Iterable[Line]) -> None:
        """The data of bars of tools that were cut from beside the headline."""
        for root in found.bars:
            self.elements(signals.microdata(root))

    def stamped(self, found: Signals, _: Iterable[Line]) -> None:
        """Elements anywhere that carry a date, but for those of other articles."""
        self.stamps(islice(lines.select(_STAMPED, found.body), MOST), found.times[:MOST])

    def stamps(self, stamped: Iterable[HtmlElement], times: Iterable[HtmlElement] = ()) -> None:
        """The first date that the attributes of some elements tell, or those that are ``<time>``."""
        values = [(one, value) for one in stamped for name, value in one.items() if name in _STAMPS]
        values += [(one, one.get("datetime") or lines.line(one)) for one in times]
        told = (value for one, value in values if not cards.is_teaser(one))
        any(self.add("published", "time", value, relative=True) for value in islice(told, 3))

    def bars(self, found: Signals, _: Iterable[Line]) -> None:
        """The lines of bars of tools that were cut from beside the headline."""
        for root in found.bars:
            told = [line for line in lines.lines(root, BAR) if datelines.is_certain(line.text)]
            self.visible(told, lines.around(root.iter("time")))

    def _url(self, day: str) -> None:
        """The day an address names."""
        self.candidates.append(Candidate(field="published_at", signal="url", value=day))
        if when := dates.parse(day, zone=self.zone, now=self.page.fetched_at):
            self.found.setdefault("url", []).append(("url", when))

    def choose(self) -> Chronology:
        """The publication, by the order of belief; the change, where one is told that differs."""
        result = Chronology(elements=self.shown)
        published = self.found["published"] or self.found.get("url") or self.found["created"]
        slip = moments.slip(published[0][1], published, self.zone) if published else timedelta()
        if slip:
            self.flag("local_as_utc")
        if published:
            signal, when = published[0]
            when = moments.moved(moments.finest(when, published, self.zone), slip)
            result.published = Choice(moments.to_the_second(when, published), signal)
        modified = [(signal, moments.moved(when, slip)) for signal, when in self.found["modified"]]
        if modified and result.published.when:
            signal, when = max(modified, key=lambda item: item[1].instant)
            if not moments.same(when, result.published.when, self.zone):
                result.modified = Choice(when, signal)
        self._flags(result)
        return result

    def _flags(self, result: Chronology) -> None:
        """What the signals say against each other."""
        published, modified = result.published.when, result.modified.when
        if not published:
            return
        if published.instant > self.page.fetched_at.astimezone(UTC):
            self.flag("published_after_fetch")
        if modified and modified.instant < published.instant:
            self.flag("modified_before_published")
            result.modified = Choice()
        others = [*self.found["published"], *self.found.get("url", ())]
        if any(
            abs(when.instant - published.instant) > DISAGREE + timedelta(hours=24) * (when.precision == "day")
            for _, when in others
        ):
            self.flag("dates_disagree")
