"""What is known of a site's addresses, and which of them should be looked at next."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from crawler.discovery import pattern, shapes
from crawler.text import urls as addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.discovery.shapes import Shape

Verdict = Literal["article", "list", "other", "lost"]

LISTS: Final = 24  # list pages looked at for what they name
SHOWN: Final = 10  # articles shown as read
ENOUGH: Final = 2  # pages of one shape that agree
DOUBTS: Final = 6  # pages looked at of a shape whose pages do not agree


@dataclass(slots=True)
class Ledger:
    """The addresses of one site by shape, each with who named it, and the verdict on those that were read."""

    named_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # url → "feed", "news", …
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    members: dict[Shape, list[str]] = field(default_factory=lambda: defaultdict(list))
    met: set[str] = field(default_factory=set)  # identities
    below: Counter[str] = field(default_factory=Counter)  # folder → how many addresses lie below it

    def add(self, url: str, by: str) -> None:
        """Take an address on; ``by`` is "feed", "news", "sitemap", "home", "list" or "pages"."""
        if re.search(pattern.VARIANT, shapes.tail(url)):
            return
        identity = addresses.identity(url)
        if identity not in self.met:
            self.met.add(identity)
            self.members[shapes.of(url)].append(url)
            self.below.update(_folders(url))
        elif url not in self.named_by:
            return  # another spelling of an address that is known
        self.named_by[url].add(by)

    def judge(self, url: str, verdict: Verdict) -> None:
        """Write down what a page turned out to be."""
        self.add(url, "read")
        self.verdicts[url] = verdict

    def next(self) -> str | None:
        """The address whose page would tell most, or None where enough is known."""
        for look in (self._undecided, self._lists, self._more):
            if url := look():
                return url
        return None

    def of_shape(self, shape: Shape, verdict: Verdict) -> int:
        """How many pages of a shape got a verdict."""
        return sum(self.verdicts.get(url) == verdict for url in self.members[shape])

    def is_article(self, shape: Shape) -> bool:
        """Whether the pages of a shape are articles: those that were read, by their majority."""
        articles = self.of_shape(shape, "article")
        return articles > 0 and articles >= self.of_shape(shape, "list") + self.of_shape(shape, "other")

    def is_folder(self, url: str) -> bool:
        """Whether several addresses lie below this one."""
        return self.below[url.partition("?")[0].rstrip("/") + "/"] > 1

    def is_part(self, url: str) -> bool:
        """Whether an address asks a list for a part of it: ``/ville?type=video``, where ``/ville`` is one.

        A number may be that of a further page, and what a program or the home page is asked for may be
        anything: ``/?cat=ville``, ``/index.php?vue=article``.
        """
        path, _, asks = url.partition("?")
        is_plain = "." not in path.rpartition("/")[2] and path.count("/") > 2 + path.endswith("/")
        in_words = any(not pair.partition("=")[2].isdecimal() for pair in asks.split("&")) and bool(asks)
        return in_words and is_plain and self.verdicts.get(path) == "list"

    @property
    def articles(self) -> list[str]:
        """Every address that is known or may be taken for that of an article."""
        found = []
        for shape, urls in self.members.items():
            whole = self.is_article(shape)
            mixed = self.of_shape(shape, "list") + self.of_shape(shape, "other") > 0
            for url in urls:
                said = self.verdicts.get(url)
                named = self.named_by[url] & {"feed", "news"}
                plain = said is None and "pages" not in self.named_by[url]
                if said == "article" or (whole and plain and (named or not mixed)):
                    found.append(url)
        return found

    @property
    def others(self) -> list[str]:
        """Every address that is known to be no article's, or is named as a page that is none."""
        kept = set(self.articles)
        return [
            url
            for shape, urls in self.members.items()
            for url in urls
            if url not in kept
            and (
                self.verdicts.get(url) in {"list", "other"}
                or "pages" in self.named_by[url]
                or self.of_shape(shape, "list")
            )
        ]

    def _undecided(self) -> str | None:
        """A page of the shape that matters most among those not decided: named by feeds, then of many."""
        waiting = [(self._weight(shape), shape) for shape in self.members if not self._is_decided(shape)]
        for _, shape in sorted(waiting, key=lambda pair: pair[0], reverse=True):
            left = [url for url in self.members[shape] if url not in self.verdicts]
            if left:
                return max(left, key=lambda url: (bool(self.named_by[url] & {"feed", "news"}), -len(url)))
        return None

    def _weight(self, shape: Shape) -> tuple[int, int]:
        urls = self.members[shape]
        return sum(bool(self.named_by[url] & {"feed", "news"}) for url in urls), len(urls)

    def _is_decided(self, shape: Shape) -> bool:
        urls = self.members[shape]
        if all("pages" in self.named_by[url] for url in urls):
            return True
        articles, lists = self.of_shape(shape, "article"), self.of_shape(shape, "list")
        others = self.of_shape(shape, "other")
        if lists and not articles and all(map(self.is_part, urls)):
            return True
        if articles and (lists or others):
            return articles + lists + others >= (2 * ENOUGH if shape.strong else DOUBTS)
        if articles and self._weight(shape)[0]:
            return True
        lost = self.of_shape(shape, "lost")
        return max(articles, lists + others) >= ENOUGH or lost > ENOUGH

    def _lists(self) -> str | None:
        """A list that was not looked at, while there are not too many: those of the home page first.

        What several addresses lie below is the list of a section, though other pages of its shape are none;
        so is what lies in a folder of sections.
        """
        if sum(verdict == "list" for verdict in self.verdicts.values()) >= LISTS:
            return None
        left = [
            url
            for shape, urls in self.members.items()
            for is_list in (self.of_shape(shape, "list") > 0,)
            for url in urls
            if url not in self.verdicts
            and (is_list or self.is_folder(url) or shapes.is_section(url))
            and not self.is_part(url)
        ]
        return min(left, key=lambda url: ("home" not in self.named_by[url], len(url)), default=None)

    def _more(self) -> str | None:
        """An article more, until there are enough to be shown: of the shape with the fewest."""
        if sum(verdict == "article" for verdict in self.verdicts.values()) >= SHOWN:
            return None
        left = [
            (self.of_shape(shape, "article"), url)
            for shape, urls in self.members.items()
            if self.is_article(shape)
            for url in urls
            if url not in self.verdicts
        ]
        return min(left, default=(0, None))[1]


def _folders(url: str) -> Iterator[str]:
    """The folders that an address lies in, each with its slash at the end."""
    path = url.partition("?")[0]
    yield from (path[: end.end()] for end in re.finditer("(?<![:/])/(?=.)", path))
