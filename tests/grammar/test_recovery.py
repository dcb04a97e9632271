"""The lenient mode: several errors of a file, and the statements around them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puppet_grammar import PuppetSyntaxError, parse, parse_lenient, to_pn
from tests.grammar.writing import manifests


def read(text: str) -> tuple[str, list[int]]:
    result = parse_lenient(text)
    return to_pn(result.program), [error.line for error in result.errors]


def test_statements_before_and_after_an_error_are_kept() -> None:
    tree, lines = read("include a\n$x = = 1\ninclude b\n")
    assert tree == (
        '(block (invoke {:functor (qn "include") :args [(qn "a")]})'
        ' (invoke {:functor (qn "include") :args [(qn "b")]}))'
    )
    assert lines == [2]


def test_an_error_in_a_block_leaves_the_rest_of_the_block() -> None:
    tree, lines = read("class a {\n  file { '/x' }\n  include b\n}\nclass c { }\n")
    assert tree == (
        '(block (class {:name "a" :body [(invoke {:functor (qn "include") :args [(qn "b")]})]})'
        ' (class {:name "c"}))'
    )
    assert lines == [2]


def test_several_errors_are_told_in_order() -> None:
    assert read("$a = )\ninclude b\nfile { 'x' }\nnode { }\n")[1] == [1, 3, 4]


def test_a_missing_brace_does_not_hide_what_follows() -> None:
    tree, lines = read("class a {\n  file { '/x':\n    ensure => file,\n\nclass b {\n}\ninclude c\n")
    assert '(class {:name "b"})' in tree
    assert '(qn "c")' in tree
    assert lines


def test_an_unclosed_string_hides_only_its_line() -> None:
    tree, lines = read("$a = 'text\ninclude b\n")
    assert tree == '(invoke {:functor (qn "include") :args [(qn "b")]})'
    assert lines == [1]


def test_classes_around_an_error_still_qualify_names() -> None:
    tree, _ = read("class a {\n  class b { $x = ] }\n  class c { }\n}\n")
    assert ':name "a::c"' in tree


@given(manifests())
def test_a_text_without_error_gives_the_same_tree(text: str) -> None:
    result = parse_lenient(text)
    assert not result.errors
    assert result.program == parse(text)


@given(st.text(alphabet="{}[]()=>,:;$'\"ab1 \n@|.", max_size=60))
def test_a_text_has_errors_here_exactly_if_it_is_refused(text: str) -> None:
    result = parse_lenient(text)
    with suppress(PuppetSyntaxError):
        parse(text)
        assert not result.errors
        return
    with pytest.raises(PuppetSyntaxError) as refused:
        parse(text)
    assert refused.value.offset in [found.offset for found in result.errors]
