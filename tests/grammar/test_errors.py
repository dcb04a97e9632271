"""What is said of a text that is not Puppet code."""

from __future__ import annotations

import pytest

from puppet_grammar import Position, PuppetSyntaxError, Source, decode, parse


def refusal(text: str) -> PuppetSyntaxError:
    with pytest.raises(PuppetSyntaxError) as refused:
        parse(text, file="site.pp")
    return refused.value


def test_error_names_file_line_and_column_as_puppet_does() -> None:
    error = refusal("file { '/x':\n  ensure => present\n  mode => '1',\n}\n")
    assert str(error) == "Syntax error at 'mode' (file: site.pp, line: 3, column: 3)"


def test_error_shows_the_line_with_a_caret_and_what_was_expected() -> None:
    error = refusal("file { '/x':\n\tensure => present mode => '1',\n}\n")
    assert error.explanation() == (
        "Syntax error at 'mode' (file: site.pp, line: 2, column: 20)\n"
        "\tensure => present mode => '1',\n"
        "\t                  ^\n"
        "Expected '}', ',' or ';'"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$a = ", ("an expression",)),
        ("if $x notice(1)", ("'{'", "'('")),
        ("class { 'a': ensure = 1 }", ("'=>'",)),
        ("file { '/x' ensure => 1 }", ("':'",)),
        ("node { }", ("a name", "a number", "a string")),
    ],
)
def test_error_knows_what_could_have_stood_there(text: str, expected: tuple[str, ...]) -> None:
    found = refusal(text).expected
    assert found[: len(expected)] == expected


def test_end_of_input_tells_which_bracket_is_open() -> None:
    error = refusal("class a {\n  if $x {\n    include b\n  }\n")
    assert error.message == "Syntax error at end of input"
    assert error.hint == "'{' at line 1, column 9 is not closed"


def test_unclosed_string_tells_where_it_starts() -> None:
    error = refusal('$a = 1\n$b = "text ${a} more\n\n')
    assert error.message.startswith("Unclosed quote after")
    assert error.hint == "The string starts at line 2"


def test_long_line_is_shown_around_the_place() -> None:
    excerpt = refusal("$a = [" + "'word', " * 100 + ")").excerpt.splitlines()
    assert len(excerpt[0]) <= 100
    assert excerpt[0][len(excerpt[1]) - 1] == ")"


def test_text_with_a_byte_order_mark_is_refused() -> None:
    assert "Byte Order mark" in refusal("\ufeffinclude a").message


def test_bytes_that_are_not_utf_8_are_refused_where_they_stand() -> None:
    with pytest.raises(PuppetSyntaxError) as refused:
        decode(b"# caf\xc3\xa9\n$x = '\xff'\n", file="site.pp")
    assert (refused.value.line, refused.value.column) == (2, 7)


def test_positions_count_characters_from_one() -> None:
    source = Source("é = 1\nb\n")
    assert source.position(0) == Position(1, 1)
    assert source.position(2) == Position(1, 3)
    assert source.position(6) == Position(2, 1)
    assert source.position(8) == Position(3, 1)
