"""Spaces without an end, and pages that only look like them."""

from __future__ import annotations

import pytest

from crawler.text.traps import reason, shape, turns_on_itself

SITE = "https://presse.example"


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("/agenda/2024/12", ["/agenda/2025/01", *(f"/agenda/2024/12/{day:02}" for day in range(28))]),
        ("/liste?page=41", ["/liste?page=42"]),
        ("/filtres", [f"/filtres?f{number}=1" for number in range(20)]),
        ("/s/1", [f"/s/{number}" for number in range(5)]),
        ("/dossier/", ["/dossier/a/", "/dossier/a/b/", "/x/"]),
    ],
)  # fmt: skip
def test_a_page_that_leads_to_its_own_kind_only(url: str, links: list[str]) -> None:
    assert turns_on_itself(SITE + url, [SITE + link for link in links])


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("/politique/", [f"/politique/un-plan-contre-la-haine-{number}" for number in range(20)]),
        ("/politique/", ["/politique/?page=2", "/un-article-1234", "/un-autre-article-99"]),
        ("/", ["/monde/", "/politique/", "/economie/"]),
        ("/vide", []),
    ],
)
def test_a_section_leads_to_articles(url: str, links: list[str]) -> None:
    assert not turns_on_itself(SITE + url, [SITE + link for link in links])


def test_paths_that_grow() -> None:
    assert reason(f"{SITE}/a/b/b/b/c") == "'b' stands 3 times in a row in the path"
    assert "21 segments" in reason(SITE + "/x/y/z" * 7)
    assert not reason(f"{SITE}/2024/12/12/un-titre-12")


def test_shapes() -> None:
    assert shape(f"{SITE}/agenda/2024/12?jour=3") == shape(f"{SITE}/agenda/2025/1?jour=4")
    assert shape(f"{SITE}/agenda/2024") != shape(f"{SITE}/agenda/lundi")
