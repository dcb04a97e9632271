"""Manifests that hypothesis writes."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import strategies as st

_CASES = json.loads((Path(__file__).parent / "language.json").read_text())
PIECES = sorted({case["source"] for case in _CASES if "pn" in case})
"""Statements of all kinds."""

_names = st.sampled_from(["a", "b::c", "foo", "x_1"])
_leaves = st.one_of(
    st.integers(0, 10**6).map(str),
    _names,
    _names.map(lambda name: f"${name}"),
    st.text(alphabet="ab \n\\'", max_size=5).map(
        lambda text: "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "' "
    ),
    _names.map(lambda name: f'"x${{{name}}}y $z"'),
    st.sampled_from(["true", "undef", "Foo", "Foo::Bar", "/re/"]),
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "==", "!=", "<", "and", "or", "in", "=~"])
    return st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(_names, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"'{key}' => {value}" for key, value in pairs) + "}"
        ),
        st.tuples(inner, operators, inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(_names, st.lists(inner, max_size=2)).map(lambda call: f"{call[0]}({', '.join(call[1])})"),
        inner.map(lambda value: f"$x.map |$i| {{ {value} }}"),
        st.tuples(inner, inner).map(lambda parts: f"($x ? {{ {parts[0]} => {parts[1]} }})"),
    )


expressions = st.recursive(_leaves, _larger, max_leaves=6)


def _statement(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(_names, inner).map(lambda parts: f"class {parts[0]} {{ {parts[1]} }}"),
        st.tuples(expressions, inner).map(lambda parts: f"if {parts[0]} {{ {parts[1]} }} else {{ $y = 1 }}"),
        st.tuples(inner, inner).map("\n".join),
        inner.map(lambda body: f"site {{ {body} }}"),
    )


_simple = st.one_of(
    expressions.map(lambda value: f"$v = {value}\n"),
    st.tuples(_names, expressions).map(lambda parts: f"file {{ '{parts[0]}': mode => {parts[1]}, }}\n"),
    _names.map(lambda name: f"include {name}\n"),
    _names.map(lambda name: f"Db produces Sql {{ host => ${name} }}\n"),
)


def manifests() -> st.SearchStrategy[str]:
    """Returns texts that are Puppet code."""
    return st.recursive(_simple, _statement, max_leaves=5)
