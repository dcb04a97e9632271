"""Functions whose value only a node's own run can tell, or that draw lots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import BUILT_IN_MANUAL, Unknowns, built_in, stdlib
from appo_tui.evaluator.values import Unknown, Value

_RENDERS: Final = "renders an ERB template, which is Ruby code"
REASONS: Final[Mapping[str, str]] = {
    "generate": "runs a program where the catalog is compiled",
    "scanf": "scans text with Ruby's own rules",
    "eyaml_lookup_key": "decrypts data",
}
STDLIB_REASONS: Final[Mapping[str, str]] = {
    "time": "gives the time of the run",
    "shuffle": "draws lots",
    "pw_hash": "hashes a password with the system's crypt",
    "has_interface_with": "looks at the node's network interfaces",
    "has_ip_address": "looks at the node's network interfaces",
    "has_ip_network": "looks at the node's network interfaces",
    "glob": "lists files where the catalog is compiled",
    "is_function_available": "asks what the compiling Puppet has",
    "deprecation": "warns of old functions",
}


def _unknowable(name: str, reason: str) -> Callable[..., Value]:
    def unknown(_call: FunctionCall, *_arguments: Value) -> Value:
        return Unknown(f"the function {name}() {reason}")

    unknown.__doc__ = f"Unknown: it {reason}."
    return unknown


for _name, _reason in REASONS.items():
    built_in(_name, "Any args*", unknowns=Unknowns.TAKEN)(_unknowable(_name, _reason))
for _name, _reason in STDLIB_REASONS.items():
    stdlib(_name, "Any args*", unknowns=Unknowns.TAKEN)(_unknowable(_name, _reason))


@built_in("template", "Any paths*", unknowns=Unknowns.TAKEN)
def template(call: FunctionCall, *references: Value) -> Value:
    """Unknown: an ERB template is Ruby code. That a module lacks the template is told here."""
    _refuse_nothing("template", references)
    for reference in references:
        relative = isinstance(reference, str) and not reference.startswith("/")
        if relative and call.environment.find_template(str(reference)) is None:
            raise FunctionError(f"Could not find template '{reference}'")
    return Unknown(f"the function template() {_RENDERS}")


@built_in("inline_template", "Any texts*", unknowns=Unknowns.TAKEN)
def inline_template(_call: FunctionCall, *texts: Value) -> Value:
    """Unknown: an ERB template is Ruby code."""
    _refuse_nothing("inline_template", texts)
    return Unknown(f"the function inline_template() {_RENDERS}")


def _refuse_nothing(name: str, arguments: tuple[Value, ...]) -> None:
    if not arguments:
        raise FunctionError(f"{name}(): Wrong number of arguments given (0 for minimum 1)")


def unknown_function(name: str) -> Unknown:
    """What a function that is written in Ruby, or not known at all, gives."""
    return Unknown(f"the function {name}() is not known here; see {BUILT_IN_MANUAL}")
