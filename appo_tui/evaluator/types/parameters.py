"""Checking the parameters of resources, classes and applications."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field

from appo_tui.evaluator.types.describing import describe
from appo_tui.evaluator.types.inference import generalize, infer_set
from appo_tui.evaluator.types.instances import is_instance
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.mismatches import InvalidParameter, Mismatch, MissingParameter, Step, StepKind
from appo_tui.evaluator.types.scalars import Any
from appo_tui.evaluator.values import Value

Declared = Mapping[str, tuple[PuppetType, bool]]
"""Parameter -> its type, and whether it has a default."""


@dataclass(frozen=True, slots=True)
class ParameterTypes:
    """What can be given to a resource; nearly always what was given fits, which is told fast.

    Attributes:
        declared: all parameters that there are.
        restricted: those that do not take everything, with their types.
        required: those that must be given.
    """

    declared: Declared
    restricted: tuple[tuple[str, PuppetType], ...] = field(init=False)
    required: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        declared = self.declared.items()
        restricted = tuple((name, wanted) for name, (wanted, _) in declared if type(wanted) is not Any)
        required = frozenset(name for name, (_, has_default) in declared if not has_default)
        object.__setattr__(self, "restricted", restricted)
        object.__setattr__(self, "required", required)

    def fit(self, given: Mapping[str, Value], *, missing_ok: bool) -> bool:
        """Whether nothing is wrong with what is given.

        Raises:
            InvalidPatternError: a type has a regular expression that Ruby can't read.
        """
        names = given.keys()
        return (
            (missing_ok or self.required <= names)
            and names <= self.declared.keys()
            and all(is_instance(wanted, given[name]) for name, wanted in self.restricted if name in given)
        )


def describe_parameters(
    resource_ref: str,
    declared: Declared,
    given: Mapping[str, Value],
    missing_ok: Container[str] | Callable[[str], bool] = (),
) -> str | None:
    """What Puppet says of the values given for a resource's parameters; None if nothing.

    Args:
        resource_ref: the reference that the message starts with, as ``A[i]``.
        declared: the parameters that there are.
        given: the values.
        missing_ok: the parameters that may be missing, or a predicate for them.
    """
    mismatches: list[Mismatch] = [InvalidParameter((), name) for name in given if name not in declared]
    for name, (wanted, has_default) in declared.items():
        if name in given:
            if not is_instance(wanted, given[name]):
                path = (Step(StepKind.PARAMETER, name),)
                mismatches += describe(wanted, infer_set(given[name]), path)
        elif not has_default and not _may_miss(missing_ok, name):
            mismatches.append(MissingParameter((), name))
    return _listed(resource_ref, mismatches)


def describe_default(resource_ref: str, name: str, wanted: PuppetType, value: Value) -> str | None:
    """What Puppet says of a parameter's default of the wrong type; None if it is right."""
    if is_instance(wanted, value):
        return None
    path = (Step(StepKind.PARAMETER, name),)
    return _listed(resource_ref, describe(wanted, generalize(infer_set(value)), path))


def describe_mismatch(name: str, expected: PuppetType, value: Value) -> str:
    """What is wrong with ``value``, as a sentence whose subject is ``name``; empty if nothing is."""
    return describe_type_mismatch(name, expected, infer_set(value))


def describe_type_mismatch(name: str, expected: PuppetType, actual: PuppetType) -> str:
    """As ``describe_mismatch``, of a value's type."""
    mismatches = describe(expected, actual, (Step(StepKind.SUBJECT, name),))
    if len(mismatches) == 1:
        return str(mismatches[0]).strip()
    return "\n ".join(str(one) for one in mismatches)


def _may_miss(missing_ok: Container[str] | Callable[[str], bool], name: str) -> bool:
    return missing_ok(name) if callable(missing_ok) else name in missing_ok


def _listed(subject: str, mismatches: list[Mismatch]) -> str | None:
    if not mismatches:
        return None
    if len(mismatches) == 1:
        return f"{subject}:{mismatches[0]}"
    return "\n ".join([f"{subject}:", *(str(one) for one in mismatches)])
