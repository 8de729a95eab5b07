"""Reservations of rights: where they stand, which counts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.reservation import Reservation, declared, matches, of_file

FILE = json.dumps(
    [
        {"location": "/libre/*", "tdm-reservation": 0},
        {"location": "*.pdf$", "tdm-reservation": 1},
        {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://presse.example/licence"},
    ]
)


def at(path: str) -> str:
    return str(of_file(FILE, f"https://presse.example{path}"))


def test_the_first_rule_that_matches_counts() -> None:
    assert at("/libre/a") == "0 (tdmrep.json)"
    assert at("/a.pdf") == "1 (tdmrep.json)"
    assert at("/a.pdf?page=2") == "1 (tdmrep.json) https://presse.example/licence"


@pytest.mark.parametrize(
    ("pattern", "path", "is_match"),
    [
        ("/a", "/ab", True),
        ("/a$", "/ab", False),
        ("/a$", "/a", True),
        ("/a*b$", "/axxb", True),
        ("/a*b$", "/ab/bc", False),
        ("/a*a$", "/a", False),
        ("*/x/*", "/1/x/2", True),
        ("/A", "/a", False),
        ("", "/a", False),
        ("/" + "*a" * 5000 + "$", "/" + "a" * 4000 + "b", False),
    ],
)
def test_patterns(pattern: str, path: str, *, is_match: bool) -> None:
    assert matches(pattern, path) is is_match


@pytest.mark.parametrize(
    "body", ["", "null", "{}", "[1]", "[" * 100_000, '[{"location": 1}]', '[{"location": "/"}]', "<html>"]
)
def test_a_file_that_says_nothing(body: str) -> None:
    assert of_file(body, "https://presse.example/a") == Reservation()


def test_later_places_override_and_silence_changes_nothing() -> None:
    file = of_file(FILE, "https://presse.example/a")
    assert file.then(declared("header", {})) == file
    assert file.then(declared("header", {"tdm-reservation": "yes"})) == file
    freed = file.then(declared("header", {"tdm-reservation": "0", "tdm-policy": "ignored"}))
    assert (str(freed), freed.is_reserved) == ("0 (header)", False)
    again = freed.then(declared("meta", {"tdm-reservation": " 1 ", "tdm-policy": "/p q\n"}))
    assert (str(again), again.is_reserved) == ("1 (meta) /pq", True)


@given(st.text(max_size=200), st.text(max_size=50))
def test_no_file_is_an_error(body: str, path: str) -> None:
    of_file(body, f"https://presse.example/{path}")
    assert matches(path, path + body) or "*" in path or "$" in path or not path
