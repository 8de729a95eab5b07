"""What columns do to values on their way in."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from crawler.db.types import json_text

ACTING = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(JSON)
def test_json_is_kept_whole_and_acts_on_no_terminal(value: object) -> None:
    written = json_text(value)
    assert json.loads(written) == value
    assert not any(
        unicodedata.category(char) == "Cc" or unicodedata.bidirectional(char) in ACTING for char in written
    )


def test_letters_are_written_as_they_are() -> None:
    assert json_text({"où": ["L’été à Œuf‑en‑Ternois", "a\u202eb", "\x1b[2J"]}) == (
        '{"où":["L’été à Œuf‑en‑Ternois","a\\u202eb","\\u001b[2J"]}'
    )
