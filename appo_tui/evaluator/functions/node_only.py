"""Functions whose value only a node's own run can tell, or that draw lots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.registry import BUILT_IN_MANUAL, Unknowns, built_in, stdlib
from appo_tui.evaluator.values import Unknown, Value

REASONS: Final[Mapping[str, str]] = {
    "generate": "runs a program where the catalog is compiled",
    "template": "renders an ERB template, which is Ruby code",
    "inline_template": "renders an ERB template, which is Ruby code",
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


def unknown_function(name: str) -> Unknown:
    """What a function that is written in Ruby, or not known at all, gives."""
    return Unknown(f"the function {name}() is not known here; see {BUILT_IN_MANUAL}")
