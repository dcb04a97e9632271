"""Regular expressions that Ruby can't read."""

from __future__ import annotations

import pytest

from puppet_grammar.regexps import regexp_fault


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("a(", "end pattern with unmatched parenthesis"),
        ("(a))b", "unmatched close parenthesis"),
        ("[a", "premature end of char-class"),
        ("[]", "empty char-class"),
        ("[z-a]", "empty range in char class"),
        ("[a-\\w]", "char-class value at end of range"),
        ("[[:foo:]]", "invalid POSIX bracket type"),
        ("a|*", "target of repeat operator is not specified"),
        ("{1,2}a", "target of repeat operator is not specified"),
        ("a{2,1}", "upper is smaller than lower in repeat range"),
        ("(?z)", "undefined group option"),
        ("(?i", "end pattern in group"),
        ("(?<1n>a)", "invalid group name <1n>"),
        ("\\k<x>", "undefined name <x> reference"),
        ("(?<x>a)\\1", "numbered backref/call is not allowed. (use name)"),
        ("(a)\\2", "invalid backref number/name"),
        ("\\p{Foo}", "invalid character property name {Foo}"),
        ("(?<=a*)b", "invalid pattern in look-behind"),
    ],
)
def test_a_regular_expression_is_refused_in_rubys_words(pattern: str, fault: str) -> None:
    assert regexp_fault(pattern) == f"{fault}: /{pattern}/"


@pytest.mark.parametrize(
    "pattern",
    ["a**", "a{", "a{,3}", "[]a]", "[a[b]c]", "[a&&[^b]]", "(?<n>a)\\k<n>", "(?m-ix:a)", "(?>a)", "a++",
     "\\p{^Alpha}", "[[:^alpha:]]", "^*", "(?#c)", "(?<=a|bc)d", "\\h\\R", "[\\h-]", "(a)?(?(1)b|c)"],
)  # fmt: skip
def test_what_ruby_reads_is_not_refused(pattern: str) -> None:
    assert regexp_fault(pattern) is None
