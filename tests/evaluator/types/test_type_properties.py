"""What holds for all values and types."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from appo_tui.evaluator.types import (
    Any,
    Array,
    Integer,
    ParameterTypes,
    PuppetType,
    ResourceType,
    String,
    common_type,
    describe_parameters,
    generalize,
    infer,
    infer_set,
    is_assignable,
    is_instance,
    type_to_string,
)
from appo_tui.evaluator.types.normalization import normalize
from appo_tui.evaluator.types.parsing import parse_type
from appo_tui.evaluator.values import DEFAULT, Regexp, Sensitive

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.just(DEFAULT),
    st.just(Regexp("a.b")),
    st.builds(ResourceType, st.just("File"), st.text(min_size=1, max_size=5)),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.one_of(st.text(max_size=3), st.integers()), inner, max_size=3),
        scalars.map(Sensitive),
    ),
    max_leaves=8,
)


@given(values)
def test_a_value_is_of_its_inferred_types(value: object) -> None:
    assert is_instance(infer_set(value), value)
    assert is_instance(generalize(infer_set(value)), value)
    assert is_assignable(infer_set(value), infer_set(value))


@given(values, values)
def test_a_common_type_takes_both_unless_undef_is_in_them(left: object, right: object) -> None:
    common = common_type(infer(left), infer(right))
    if "None" not in f"{left!r} {right!r}":
        assert is_assignable(common, infer(left))
        assert is_assignable(common, infer(right))


@given(values)
def test_the_simplest_form_says_the_same(value: object) -> None:
    inferred = infer_set(value)
    assert is_assignable(normalize(inferred), inferred)


@given(st.one_of(st.integers(), st.booleans(), st.lists(st.integers(), max_size=3).map(tuple)))
def test_a_printed_type_reads_back_as_the_type(value: object) -> None:
    printed = type_to_string(infer_set(value))
    assert type_to_string(parse_type(printed)) == printed


declared_parameters = st.dictionaries(
    st.sampled_from("abcd"),
    st.tuples(st.sampled_from((Any(), Integer(1, 5), String(), Array(Integer()))), st.booleans()),
)


@given(declared_parameters, st.dictionaries(st.sampled_from("abcde"), values), st.booleans())
def test_parameters_fit_where_there_is_nothing_to_say_of_them(
    declared: dict[str, tuple[PuppetType, bool]], given: dict[str, object], missing_ok: bool
) -> None:
    message = describe_parameters("A[i]", declared, given, missing_ok="abcd" if missing_ok else ())
    assert ParameterTypes(declared).fit(given, missing_ok=missing_ok) == (message is None)
