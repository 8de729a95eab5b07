"""Addresses: what is one, what is two, what is none."""

from __future__ import annotations

import json
import string
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.text.urls import LONGEST, identity, normalise, only_adds, resolve

MANIFEST = Path(__file__).resolve().parents[2] / ".." / "shared" / "hostile" / "manifest.json"
A = "https://presse.example/politique/un-plan-contre-la-haine-123"


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    if not MANIFEST.is_file():
        pytest.skip("needs ../shared/hostile/manifest.json")
    found: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))["vectors"]
    return found


def test_vectors(vectors: dict[str, Any]) -> None:
    for group in vectors["url_same"]:
        assert len({normalise(url) for url in group}) == 1, group
    for one, other in vectors["url_different"]:
        assert normalise(one) != normalise(other)
        assert identity(one) != identity(other)
    for url in vectors["url_refused"]:
        with pytest.raises(ValueError, match="address"):
            normalise(url)
    for url, _bare in vectors["url_secret"]:
        with pytest.raises(ValueError, match="user name") as caught:
            normalise(url)
        assert "MOTDEPASSE" not in str(caught.value)


def test_numeric_hosts_become_what_a_resolver_makes_of_them(vectors: dict[str, Any]) -> None:
    for address in vectors["addresses_refused"]:
        host = f"[{address}]" if ":" in address else address
        assert normalise(f"http://{host}/").count("/") == 3
    assert {normalise(f"http://{host}/") for host in ("127.1", "2130706433", "0x7f000001", "0177.0.0.1")} == {
        "http://127.0.0.1/"
    }


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        (f" {A}?utm_source=x&UTM_medium=y&at_medium=rss&xtor=RSS-1&gclid=1#xtor=EPR-2", A),
        (f"{A}?page=2&fbclid=x&id=7", f"{A}?page=2&id=7"),
        (f"{A};jsessionid=0F3A?sid=0123456789abcdef0", A),
        (f"{A}?sid=123", f"{A}?sid=123"),
        (f"{A}?id=7?utm_source=rss?utm_medium=flux&amp;xtor=RSS-1", f"{A}?id=7"),
        (f"{A}?q=quoi?oui", f"{A}?q=quoi?oui"),
        ("https://presse.example/%E2%80%8bTitre_a1.html", "https://presse.example/%E2%80%8BTitre_a1.html"),
        ("https://presse.example/\u200bTitre_a1.html", "https://presse.example/%E2%80%8BTitre_a1.html"),
        ("https://presse.example/un titre,12.html", "https://presse.example/un%20titre,12.html"),
        ("https://presse.example/100%?a[]=1&b=é", "https://presse.example/100%25?a%5B%5D=1&b=%C3%A9"),
        ("https://presse.example/a/%2e%2E/b/.", "https://presse.example/b/"),
        ("https://Œuvre.example:0443", "https://xn--uvre-f4a.example/"),
        ("http://[0:0::1]:80/", "http://[::1]/"),
    ],
)
def test_normalise(url: str, clean: str) -> None:
    assert normalise(url) == clean == normalise(clean)


def test_too_long_is_refused() -> None:
    longest = "https://presse.example/" + "a" * (LONGEST - 23)
    assert normalise(longest) == longest
    with pytest.raises(ValueError, match="longer than 2048"):
        normalise(longest + "a")


@pytest.mark.parametrize(
    "variant",
    [
        A.replace("https", "http"),
        A.replace("presse", "www.presse"),
        A.replace("presse", "m.presse"),
        A.replace("presse", "www.amp.presse"),
        A + "/",
        A + "/amp",
        A + "/amp/",
        A + ".amp",
        A + "/print",
        A + "?outputType=amp",
        A + "?print=1",
        A.replace("example/", "example/imprimer/"),
        A.replace("example/", "example/amp/"),
    ],
)
def test_variants_have_one_identity(variant: str) -> None:
    assert identity(variant) == identity(A)
    assert identity("https://" + identity(variant)) == identity(A)


def test_four_words_name_a_page_whose_variant_lies_below() -> None:
    page = "https://presse.example/le-bac-repart-lundi"
    assert identity(f"{page}/amp") == identity(page)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (A, A.upper().replace("HTTPS://PRESSE.EXAMPLE", "https://presse.example")),
        (A, A + "?id=2"),
        ("https://presse.example/a", "https://presse.example/a/"),
        ("https://presse.example/composants", "https://presse.example/composants/amp"),
        ("https://presse.example/nos-offres-numeriques", "https://presse.example/nos-offres-numeriques/amp"),
        ("https://presse.example/?a=1&a=2", "https://presse.example/?a=2&a=1"),
        ("https://blog.presse.example/", "https://presse.example/"),
        ("https://m.fr/", "https://fr/"),
        ("https://presse.example/a%3Bb", "https://presse.example/a;b"),
    ],
)
def test_two_pages_keep_two_identities(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    ("url", "own", "adds"),
    [
        (A + "?from=une", A, True),
        (A + "?from=une&id=7", A.replace("https://", "http://www.") + "?id=7", True),
        (A + "?page=2", A, False),
        (A + "?id=7", A + "?from=une", False),
        (A + "?from=une", "https://presse.example/", False),
        ("https://presse.example/voir.php?sujet=port", "https://presse.example/voir.php", False),
        (A, A, False),
    ],
)
def test_what_a_page_leaves_off_its_own_address(url: str, own: str, *, adds: bool) -> None:
    assert only_adds(url, own) is adds


def test_order_of_parameters_is_kept_for_asking_and_forgotten_for_identity() -> None:
    one, other = "https://presse.example/?a=1&b=2", "https://presse.example/?b=2&a=1"
    assert normalise(one) != normalise(other)
    assert identity(one) == identity(other)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("../b?x=1#y", "https://presse.example/b?x=1"),
        ("//autre.example/a", "https://autre.example/a"),
        ("\n/un\n-titre ", "https://presse.example/un-titre"),
        ("", "https://presse.example/a/"),
        ("spip.php?article12", "https://presse.example/a/spip.php?article12"),
        *(
            (link, None)
            for link in ("mailto:a@b.example", "javascript:void(0)", "data:text/html,x", "http://[", "tel:1")
        ),
        ("https://lecteur:secret@presse.example/", None),
    ],
)
def test_resolve(link: str, found: str | None) -> None:
    assert resolve("https://presse.example/a/", link) == found


PIECES = st.text(
    st.sampled_from(string.ascii_letters + string.digits + "-_.~%/;,:@!$'()*+=&é\u200b[] œ"), max_size=20
)
ADDRESSES = st.builds(
    "{}://{}{}/{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(
        ["presse.example", "WWW.Presse.Example.", "bébé.example", "127.1", "[::1]", "m.presse.example"]
    ),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    PIECES,
    st.one_of(st.just(""), PIECES.map("?{}".format)),
    st.one_of(st.just(""), PIECES.map("#{}".format)),
)


@given(ADDRESSES)
@example("http://presse.example/%2e%2e/%25%3")
def test_normalise_is_idempotent_and_plain(url: str) -> None:
    clean = normalise(url)
    assert normalise(clean) == clean
    assert clean.isascii()
    assert clean.isprintable()
    assert identity(clean) == identity(url)


@given(
    st.lists(st.tuples(st.integers(1, 999), st.sampled_from(["id", "p", "article"])), min_size=2, unique=True)
)
def test_no_two_articles_are_merged(articles: list[tuple[int, str]]) -> None:
    urls = [f"https://presse.example/spip.php?{name}={number}&utm_source=rss" for number, name in articles]
    urls += [f"https://presse.example/{name}/{number}" for number, name in articles]
    urls += [
        f"https://presse.example/{name}-{number}-{'Aa'[number % 2]}-{'bB'[number % 2]}.html"
        for number, name in articles
    ]
    for function in (normalise, identity):
        for one, other in combinations(urls, 2):
            assert function(one) != function(other)


@given(st.text())
def test_anything_is_an_address_or_a_value_error(text: str) -> None:
    for wild in (text, "http://" + text, f"https://presse.example/{text}"):
        try:
            assert normalise(normalise(wild)) == normalise(wild)
        except ValueError as error:
            said = (type(error), str(error).isprintable())
            assert said == (ValueError, True)
        resolve("https://presse.example/", wild)
