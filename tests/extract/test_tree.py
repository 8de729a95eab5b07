"""One bounded parse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import tree
from crawler.extract.tree import parse


@pytest.mark.parametrize("box", [b"<div>", b'<div class="boite">\n', b"<div><section>"])
def test_a_page_of_300_levels_is_read_whole(box: bytes) -> None:
    root, flags = parse(box * 300 + b"<p>le texte")
    assert (root.xpath("string(//p)"), flags) == ("le texte", [])


@pytest.mark.parametrize("box", [b"<div>", b'<div class="boite">\n'])
def test_boxes_that_only_hold_the_next_one_are_taken_out_where_an_xpath_would_climb_them_all(
    box: bytes,
) -> None:
    root, _ = parse(box * 300 + b"<p>le texte")
    assert root.xpath("count(//p/ancestor::div)") < 10


def test_the_text_after_a_script_stays_where_it_is_and_there_alone() -> None:
    root, _ = parse(b"<p>Le train <script>a()</script>part.</p>")
    assert (root.xpath("string(body/p)"), root.xpath("string(head)")) == ("Le train part.", "a()")


@pytest.mark.parametrize("levels", [3_000, 100_000])
def test_what_the_parser_drops_in_silence_is_flagged(levels: int) -> None:
    assert parse(b"<div>" * levels + b"<p>le texte")[1] == ["parser-limit"]


@pytest.mark.parametrize("value", [b"", b"='x'", b'="<p>"', b"='>'"])
@pytest.mark.parametrize("end", [b">", b""])
def test_a_monster_tag_loses_its_attributes_and_the_page_is_read(value: bytes, end: bytes) -> None:
    monster = b"<div " + b" ".join(b"a%d%s" % (number, value) for number in range(40_000)) + end
    root, flags = parse(b"<p>avant</p>" + monster + b"dedans</div><p>apr\xc3\xa8s</p>")
    assert flags == ["attributes-cut"]
    assert root.xpath("string(//p[1])") == "avant"
    assert all(len(one.attrib) <= tree.MAX_ATTRIBUTES + 1 for one in root.iter("div"))
    assert not end or root.xpath("string(//p[last()])") == "après"


def test_a_monster_may_hide_behind_a_few_values() -> None:
    names = (b"a%d" % number if number % 1_000 else b'a%d=">"' % number for number in range(30_000))
    root, flags = parse(b"<p>avant</p><p " + b" ".join(names) + b">dedans</p>")
    assert (flags, root.xpath("string(//p[2])")) == (["attributes-cut"], "dedans")


def test_long_scripts_and_quotes_are_no_monsters() -> None:
    script = b"<script>" + b"if (a <b && c == 'it''s') { d = \"<div \"; } " * 3_000 + b"</script>"
    root, flags = parse(script + b"<p title=l'heure>le texte</p>" + b"<p>l'heure \"</p>" * 500)
    assert (root.xpath("string(//p)"), flags) == ("le texte", [])


def test_scripts_do_not_use_up_the_room_of_the_text() -> None:
    root, flags = parse(b"<script>" + b"x" * 12_000_000 + b"</script><p>le texte")
    assert (root.xpath("string(//p)"), flags) == ("le texte", [])


def test_a_page_of_100_000_paragraphs_is_read_whole() -> None:
    root, flags = parse(b"<p>un" * 100_000)
    assert (len(root.xpath("//p")), flags) == (100_000, [])


@pytest.mark.parametrize("page", [b"<b>x</b>" * 400_000, b"<p>" + b"mot " * 2_000_000])
def test_more_than_can_be_held_is_cut_and_flagged(page: bytes) -> None:
    root, flags = parse(page)
    assert "truncated" in flags
    assert len(root.xpath("string()")) <= tree.MAX_BYTES


@pytest.mark.parametrize(
    "page", [b"", b"  \n", b"\x89PNG\r\n\x1a\n\x00\x01", b"%PDF-1.4", b'{"a": 1}', b"<frameset>"]
)
def test_what_is_no_page_still_has_a_body(page: bytes) -> None:
    assert parse(page)[0].find("body") is not None


def test_the_charset_of_the_header_counts() -> None:
    root, _ = parse("<p>où 12 €".encode("iso-8859-15"), {"content-type": "text/html; charset=iso-8859-15"})
    assert root.xpath("string(//p)") == "où 12 €"


@given(st.binary(max_size=400))
def test_any_bytes_become_a_tree(body: bytes) -> None:
    root, _ = parse(body)
    assert root.xpath("string()").encode("utf-8") is not None


def test_a_page_that_writes_no_body_has_one() -> None:
    page = b"<!DOCTYPE html><html><title>Le bac</title><article><h1>Le bac</h1><p>Il part.</p></article>"
    root, _ = parse(page)
    assert [child.tag for child in root] == ["head", "body"]
    assert root.xpath("body/article/p/text()") == ["Il part."]
