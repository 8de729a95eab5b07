"""What a site's addresses are taken for, once some of their pages were read."""

from __future__ import annotations

from crawler.discovery.ledger import Ledger

HOST = "https://www.lefleuve.example"


def test_what_was_read_as_a_list_is_no_article_s_nor_the_rest_of_its_shape() -> None:
    ledger = Ledger()
    articles = [f"{HOST}/2024/05/0{day}/le-bac-repart-{day}.html" for day in range(1, 5)]
    lists = [f"{HOST}/rubrique/{name}" for name in ("vie-locale", "port-fluvial", "petit-commerce")]
    for url in articles:
        ledger.add(url, "feed")
    for url in lists:
        ledger.add(url, "home")
    for url in articles[:2]:
        ledger.judge(url, "article")
    ledger.judge(lists[0], "list")
    assert sorted(ledger.articles) == articles
    assert sorted(ledger.others) == sorted(lists)


def test_another_spelling_of_an_address_is_not_a_second_one() -> None:
    ledger = Ledger()
    page = f"{HOST}/2024/05/03/le-bac-repart-lundi.html"
    for by in ("feed", "home"):
        ledger.add(page, by)
    ledger.add(page.replace("www.", ""), "sitemap")
    assert dict(ledger.named_by) == {page: {"feed", "home"}}
