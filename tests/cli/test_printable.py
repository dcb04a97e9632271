from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from appo_tui.environment.printable import printable


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert printable("\x1b[2J") == "␛[2J"
    assert printable("\x1b[2J", ascii_only=True) == "\\x1b[2J"


def test_what_would_turn_or_hide_text_is_shown() -> None:
    assert printable("a\u202eb\u200bc") == "a\\u202eb\\u200bc"


def test_a_byte_that_was_no_utf8_is_shown_as_the_byte() -> None:
    assert printable(b"\xff".decode("utf-8", "surrogateescape")) == "\\xff"


def test_a_tab_becomes_spaces() -> None:
    assert printable("ab\tc") == "ab      c"


def test_letters_of_any_script_stay() -> None:
    assert printable("Grüße, 世界, 👩‍💻") == "Grüße, 世界, 👩‍💻"


@given(st.text(alphabet=st.characters()))
def test_nothing_that_is_shown_acts(text: str) -> None:
    shown = printable(text)
    assert not any(unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") for each in shown)
    shown.encode()
