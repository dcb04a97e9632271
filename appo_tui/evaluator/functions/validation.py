"""The functions of stdlib that tell what a value is, and those that fail where it isn't."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.iteration import elements
from appo_tui.evaluator.functions.registry import REGISTRY, Unknowns, stdlib, stdlib_counting
from appo_tui.evaluator.types import PuppetType, is_instance
from appo_tui.evaluator.types.describing import describe
from appo_tui.evaluator.types.inference import infer_set
from appo_tui.evaluator.types.mismatches import Step, StepKind
from appo_tui.evaluator.types.parsing import parse_type
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.types.ruby_values import ruby_class, ruby_inspect, ruby_text, to_integer, whole_float
from appo_tui.evaluator.types.text_form import text_of
from appo_tui.evaluator.values import Value

_DOMAIN_LABEL = re.compile(r"(?!-)[a-zA-Z0-9_-]{1,63}(?<!-)", re.ASCII)
_EMAIL = re.compile(r"[\w+\-.]+@[a-z\d\-]+(\.[a-z\d\-]+)*\.[a-z]+", re.IGNORECASE | re.ASCII)
_WRAPPED = frozenset(
    f"{verb}_{kind}"
    for verb in ("is", "validate")
    for kind in (
        "absolute_path", "array", "bool", "float", "hash", "integer", "ip_address", "ipv4_address",
        "ipv6_address", "numeric", "re", "slength", "string",
    )
) - {"is_hash", "is_integer"}  # fmt: skip
"""Functions that stdlib has wrapped, so that undef stays undef."""
_MAC = re.compile(r"[a-f0-9]{1,2}([:-][a-f0-9]{1,2}){5}|([a-f0-9]{1,2}:){19}[a-f0-9]{1,2}", re.IGNORECASE)


def is_numeric(value: Value) -> bool:
    """Whether it is a number, or text that says one."""
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return True
    return isinstance(value, str) and bool(
        re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE]-?\d+)?", value)
    )


def is_integer(value: Value) -> bool:
    """Whether it is an integer, or text that says one."""
    if isinstance(value, str):
        return bool(re.fullmatch(r"-?(?:0|[1-9]\d*)", value))
    return isinstance(value, int) and not isinstance(value, bool)


def is_float(value: Value) -> bool:
    """Whether it is a float, or text that says one."""
    if isinstance(value, str):
        return bool(re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)(?:[eE]-?\d+)?|-?\d+[eE]-?\d+", value))
    return isinstance(value, float)


def is_ip_address(value: Value, version: int | None = None) -> bool:
    """Whether it is an address, with a prefix length or not."""
    if not isinstance(value, str):
        return False
    try:
        address = ipaddress.ip_interface(value)
    except ValueError:
        return False
    return version is None or address.version == version


def is_absolute_path(value: Value) -> bool:
    """Whether it is an absolute path of POSIX or of Windows."""
    return isinstance(value, str) and bool(
        re.match(r"/|[A-Za-z]:[/\\]|[/\\]{2}[^/\\]+[/\\][^/\\]+", value)
    )


def is_domain_name(value: Value) -> bool:
    """Whether it is a name as DNS has them."""
    if not isinstance(value, str) or not value or len(value) > 254:
        return False
    if re.fullmatch(r"[\d.]+", value):
        return False
    return all(_DOMAIN_LABEL.fullmatch(label) for label in value.removesuffix(".").split("."))


_ANSWERS: dict[str, Callable[[Value], bool]] = {
    "is_array": lambda value: isinstance(value, tuple),
    "is_hash": lambda value: isinstance(value, dict),
    "is_bool": lambda value: isinstance(value, bool),
    "is_string": lambda value: value is None or (isinstance(value, str) and not is_numeric(value)),
    "is_integer": is_integer,
    "is_float": is_float,
    "is_numeric": is_numeric,
    "is_ip_address": is_ip_address,
    "is_ipv4_address": lambda value: is_ip_address(value, 4),
    "is_ipv6_address": lambda value: is_ip_address(value, 6),
    "is_absolute_path": is_absolute_path,
    "is_domain_name": is_domain_name,
    "is_email_address": lambda value: isinstance(value, str) and bool(_EMAIL.fullmatch(value)),
    "is_mac_address": lambda value: isinstance(value, str) and bool(_MAC.fullmatch(value)),
}


def _undef(name: str) -> str | None:
    return None if name in _WRAPPED else ""


def _answering(answer: Callable[[Value], bool]) -> Callable[..., Value]:
    def asked(_call: FunctionCall, value: Value, *_more: Value) -> Value:
        return answer(value)

    asked.__doc__ = "Whether the value is what the function's name says."
    return asked


for _name, _answer in _ANSWERS.items():
    stdlib_counting(_name, 1, None, unknowns=Unknowns.WHOLE, undef=_undef(_name))(_answering(_answer))


def _each_must_be(
    name: str, holds: Callable[[Value], bool], complaint: Callable[[Value], str]
) -> None:
    """A validating function: every argument must be something."""

    def validate(_call: FunctionCall, *arguments: Value) -> Value:
        for argument in arguments:
            if not holds(argument):
                raise FunctionError(complaint(argument))
        return None

    validate.__doc__ = f"Fails unless each argument is what {name} asks for."
    stdlib_counting(name, 1, None, unknowns=Unknowns.WHOLE, undef=_undef(name))(validate)


def _not_a(kind: str) -> Callable[[Value], str]:
    return lambda value: f"{ruby_inspect(value)} is not {kind}.  It looks to be a {ruby_class(value)}"


_each_must_be("validate_array", _ANSWERS["is_array"], _not_a("an Array"))
_each_must_be("validate_hash", _ANSWERS["is_hash"], _not_a("a Hash"))
_each_must_be("validate_bool", _ANSWERS["is_bool"], _not_a("a boolean"))
_each_must_be("validate_string", lambda value: value is None or isinstance(value, str), _not_a("a string"))


def _not_text_that_is(kind: str) -> Callable[[Value], str]:
    def complaint(value: Value) -> str:
        shown = ruby_inspect(value)
        return f"{shown} is not {kind}" if isinstance(value, str) else f"{shown} is not a string."

    return complaint


_each_must_be("validate_ip_address", is_ip_address, _not_text_that_is("a valid IP address."))
_each_must_be(
    "validate_ipv4_address", _ANSWERS["is_ipv4_address"], _not_text_that_is("a valid IPv4 address.")
)
_each_must_be(
    "validate_ipv6_address", _ANSWERS["is_ipv6_address"], _not_text_that_is("a valid IPv6 address.")
)
_each_must_be(
    "validate_domain_name", is_domain_name, _not_text_that_is("a syntactically correct domain name")
)
_each_must_be(
    "validate_email_address", _ANSWERS["is_email_address"], _not_text_that_is("a valid email address")
)


@stdlib_counting("validate_absolute_path", 1, None, undef=None)
def validate_absolute_path(_call: FunctionCall, *paths: Value) -> Value:
    """Fails unless each path, and each in an array, is absolute."""
    for path in paths:
        for one in path if isinstance(path, tuple) else (path,):
            if not is_absolute_path(one):
                raise FunctionError(f"{ruby_inspect(one)} is not an absolute path.")
    return None


@stdlib_counting("validate_re", 2, 3, undef=None)
def validate_re(_call: FunctionCall, text: Value, patterns: Value, message: Value = None) -> Value:
    """Fails unless text matches one of the expressions."""
    if not isinstance(text, str):
        raise FunctionError(f"validate_re(): input needs to be a String, not a {ruby_class(text)}")
    expressions = patterns if isinstance(patterns, tuple) else (patterns,)
    if any(compiled(_bare_pattern(pattern)).search(text) for pattern in expressions):
        return None
    default = f"validate_re(): {ruby_inspect(text)} does not match {ruby_inspect(patterns)}"
    raise FunctionError(text_of(message) if message is not None else default)


def _bare_pattern(pattern: Value) -> str:
    return getattr(pattern, "pattern", None) or ruby_text(pattern)


@stdlib_counting("validate_slength", 2, 3, undef=None)
def validate_slength(_call: FunctionCall, text: Value, longest: Value, shortest: Value = 0) -> Value:
    """Fails unless the length of text, or of each in an array, is within bounds."""
    most, least = to_integer(longest), to_integer(shortest)
    for one in text if isinstance(text, tuple) else (text,):
        if not isinstance(one, str):
            raise FunctionError(
                "validate_slength(): Expected first argument to be a String or Array, "
                f"got a {ruby_class(one)}"
            )
        if not least <= len(one) <= most:
            count = len(text) if isinstance(text, (str, tuple)) else 0
            raise FunctionError(
                f"validate_slength(): Expected length of {ruby_inspect(text)} to be between {least} and "
                f"{most}, was {count}"
            )
    return None


def _validate_number(
    name: str, kind: str, holds: Callable[[Value], bool], number_of: Callable[[Value], Value]
) -> Callable[..., Value]:
    def validate(_call: FunctionCall, value: Value, most: Value = None, least: Value = None) -> Value:
        high = whole_float(ruby_text(most)) if most not in (None, "") else None
        low = whole_float(ruby_text(least)) if least not in (None, "") else None
        items = elements(value) if isinstance(value, tuple) else (value,)
        for position, item in enumerate(items):
            if not holds(item):
                subject = "first argument to be {kind} or Array"
                if isinstance(value, tuple):
                    subject = "element at array position {position} to be {kind}"
                expected = subject.format(kind=kind, position=position)
                raise FunctionError(f"{name}(): Expected {expected}, got {ruby_class(item)}")
            number = whole_float(ruby_text(item)) or 0.0
            if high is not None and number > high:
                raise FunctionError(
                    f"{name}(): Expected {number_of(item)} to be smaller or equal to {number_of(most)}, "
                    f"got {number_of(item)}."
                )
            if low is not None and number < low:
                raise FunctionError(
                    f"{name}(): Expected {number_of(item)} to be greater or equal to {number_of(least)}, "
                    f"got {number_of(item)}."
                )
        return None

    validate.__doc__ = f"Fails unless it is {kind} within bounds, or an array of them."
    return validate


stdlib_counting("validate_integer", 1, 3, undef=None)(
    _validate_number("validate_integer", "an Integer", is_integer, to_integer)
)
stdlib_counting("validate_numeric", 1, 3, undef=None)(
    _validate_number("validate_numeric", "a Numeric", is_numeric, lambda value: whole_float(ruby_text(value)))
)


@stdlib("validate_legacy",
    "Type target_type, String function_name, Any value, Any args*",
    "String type_string, String function_name, Any value, Any args*", unknowns=Unknowns.WHOLE,
)  # fmt: skip
def validate_legacy(call: FunctionCall, wanted: Value, name: str, value: Value, *more: Value) -> Value:
    """Fails unless a value is of a type, or is what an older validating function asks for."""
    target = wanted if isinstance(wanted, PuppetType) else parse_type(str(wanted), call.context.resolve_type)
    if is_instance(target, value):
        return None
    older = REGISTRY.get(name)
    try:
        if older is not None:
            older.call(call, (value, *more))
            return None
    except FunctionError:
        pass
    path = (Step(StepKind.SUBJECT, f"validate_legacy({name})"),)
    found = describe(target, infer_set(value), path)
    raise FunctionError("\n ".join(str(one) for one in found).strip())


@stdlib("validate_x509_rsa_key_pair", "String certificate, String key")
def validate_x509_rsa_key_pair(_call: FunctionCall, _certificate: str, _key: str) -> Value:
    """Left to the node: the pair is not checked here."""
    return None


@stdlib("validate_augeas", "String text, String lens, Array tests?, String message?")
def validate_augeas(_call: FunctionCall, *_arguments: Value) -> Value:
    """Left to the node: Augeas is not at hand here."""
    return None


@stdlib("validate_cmd", "String text, String command, String message?")
def validate_cmd(_call: FunctionCall, *_arguments: Value) -> Value:
    """Left to the node: commands are not run here."""
    return None
