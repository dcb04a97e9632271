"""Titles of native resources: a type has one namevar, or patterns that take titles apart."""

from __future__ import annotations

from pathlib import Path

from appo_tui.environment.places import Place
from appo_tui.evaluator.faults import BareError, EvaluationError
from appo_tui.evaluator.native_types import NativeType
from puppet_grammar.ruby_types import RubyType


def check_title(native: NativeType, title: str) -> None:
    """Have a title taken for a resource of a type.

    Raises:
        EvaluationError: the type has no namevar, or several without patterns.
    """
    fault = title_fault(native, title)
    if fault is not None:
        raise EvaluationError(fault.text, code=fault.code, hint=fault.hint)


def title_fault(native: NativeType, title: str) -> BareError | None:
    """What Puppet says of a title where it is not evaluating anything; None if it takes it."""
    if native.takes_titles:
        return None
    if native.key_attributes:
        text = "you must specify title patterns when there are two or more key attributes"
        hint = "Keep one `:is_namevar => true`."
    else:
        text = f'No set of title patterns matched the title "{title}".'
        hint = "Add `newparam :name, :is_namevar => true`."
    return BareError(text, code="namevar", hint=f"{hint[:-1]} in the type {native.name}.", about=native.place)


def refuse_doubles(read: RubyType, file: Path) -> None:
    """Have no parameter declared twice.

    Raises:
        EvaluationError: Puppet can't load such a type.
    """
    if not read.is_capability:
        return
    names = [item.name for item in read.parameters if item.kind == "param"]
    double = next((name for index, name in enumerate(names) if name in names[:index]), None)
    if double is not None:
        raise EvaluationError(
            f"Could not autoload puppet/type/{read.name}: Class Parameter{double.capitalize()} is already "
            f"defined in Puppet::Type::{read.name.capitalize()}",
            code="broken-type", hint=f"Remove one `newparam :{double}`.", about=Place(str(file), read.line),
        )  # fmt: skip


def takes_titles(read: RubyType, file: Path) -> bool:
    """Whether Puppet can make something of titles of a type.

    Of an ordinary type that is not understood wholly, a namevar may have been missed.
    """
    if len(read.namevars) == 1:
        return True
    if not read.is_capability and (read.warnings or not read.parameters):
        return True
    return "title_patterns" in file.read_text(encoding="utf-8", errors="replace")
