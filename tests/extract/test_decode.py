"""Bytes to characters, by the rules and never by statistics."""

from __future__ import annotations

import codecs
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.decode import MARKS, decode, holds

TEXT = "À Besançon, l’œuvre naïve coûte 12 €"
META = "<meta charset='{}'>"


@pytest.mark.parametrize(
    ("body", "header", "charset", "flag"),
    [
        (TEXT.encode(), "", "utf-8", ""),
        (TEXT.encode("cp1252"), "", "windows-1252", ""),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1", "windows-1252", ""),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8", "windows-1252", "charset-declared-utf-8"),
        (TEXT.encode(), "text/html; charset=iso-8859-1", "utf-8", "charset-declared-iso8859-1"),
        (TEXT.replace("’", "'").encode("iso-8859-15"), "text/html; charset=ISO-8859-15", "iso8859-15", ""),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=latin-1", "utf-8", ""),
        (
            b"\xff\xfe" + TEXT.encode("utf-16-le"),
            "text/html; charset=utf-8",
            "utf-16-le",
            "",
        ),
        (TEXT.encode("utf-16-be"), "text/html; charset=utf-16be", "utf-16-be", ""),
        (TEXT.encode(), "text/html; charset=utf-7", "utf-8", "charset-declared-utf-7"),
        (TEXT.encode(), "text/html; charset=x-rien", "utf-8", "charset-declared-x-rien"),
        (TEXT.encode() * 3 + "déjà".encode("cp1252"), "", "utf-8", "charset-mixed"),
        (TEXT.encode().decode("cp1252", "ignore").encode(), "", "utf-8", "charset-doubled"),
    ],
)
def test_a_charset_is_found_by_what_the_bytes_are(body: bytes, header: str, charset: str, flag: str) -> None:
    decoded = decode(body, {"content-type": header})
    assert (decoded.charset, decoded.flags) == (charset, [flag] if flag else [])
    assert "Besançon" in decoded.text
    assert "12 €" in decoded.text


def test_a_late_meta_counts() -> None:
    body = b"<!--" + b"x" * 5000 + b"--><meta charset='iso-8859-15'>" + "12 €".encode("iso-8859-15")
    assert decode(body).text.endswith("12 €")


def test_a_short_page_is_not_guessed() -> None:
    assert decode("où Grève".encode("cp1252")).text == "où Grève"


def test_control_characters_are_taken_out_and_flagged() -> None:
    decoded = decode(b"a\x00b\x0bc\n")
    assert (decoded.text, decoded.flags) == ("abc\n", ["control-characters"])


def test_a_marked_page_keeps_a_pasted_foreign_phrase() -> None:
    decoded = decode(codecs.BOM_UTF8 + "déjà ".encode() + "publié".encode("cp1252"))
    assert (decoded.text, decoded.flags) == ("déjà publié", ["charset-mixed"])


@given(
    st.builds(operator.add, st.sampled_from([b"", *(mark for mark, _ in MARKS)]), st.binary(max_size=300)),
    st.sampled_from(["", "utf-8", "utf-16", "iso-8859-1", "utf-7", "hz", "idna", "\x00", "é"]),
)
def test_any_bytes_become_characters_that_a_database_can_hold(body: bytes, label: str) -> None:
    text = decode(body, {"content-type": f"text/html; charset={label}"}).text
    assert "\x00" not in text
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.lists(st.sampled_from([b"\x83", b"\xc2", b"\xa2", b"\xe2\x82", b"\xac", b"a"])).map(b"".join))
def test_some_bytes_are_found_by_one_of_them(body: bytes) -> None:
    for part, rare in ((b"\x83\xc2", 0x83), (b"\xa2\xe2\x82\xac", 0x82)):
        assert holds(body, part, rare) == (part in body)
        assert holds(part[:1] * 300 + body, part, rare) == (part in part[:1] * 300 + body)
