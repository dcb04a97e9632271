"""What a function takes, and what is wrong with the arguments that it was given."""

from __future__ import annotations

from dataclasses import dataclass, field

from appo_tui.evaluator.types.assignability import is_assignable
from appo_tui.evaluator.types.collections import Tuple
from appo_tui.evaluator.types.compounds import Callable, Optional
from appo_tui.evaluator.types.describing import describe, merge
from appo_tui.evaluator.types.inference import infer_set
from appo_tui.evaluator.types.instances import is_instance
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.mismatches import (
    CountMismatch,
    Mismatch,
    MissingBlock,
    Step,
    StepKind,
    UnexpectedBlock,
)
from appo_tui.evaluator.types.printing import written_out
from appo_tui.evaluator.types.scalars import Any, Integer
from appo_tui.evaluator.values import Value


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function."""

    name: str
    type: PuppetType = field(default_factory=Any)


@dataclass(frozen=True, slots=True)
class Signature:
    """One way of calling a function.

    Attributes:
        parameters: in order; where ``repeats``, the last takes any number of arguments.
        required: how many arguments there must be.
        repeats: whether there may be more arguments than parameters.
        block: the block's type; ``Optional`` if it may be left out, None if there can't be one.
        block_name: how messages call the block.
    """

    parameters: tuple[Parameter, ...]
    required: int
    repeats: bool = False
    block: PuppetType | None = None
    block_name: str = "block"

    @property
    def count(self) -> Integer:
        """How many arguments there may be."""
        return Integer(self.required, None if self.repeats else len(self.parameters))

    def parameter(self, index: int) -> Parameter:
        """The parameter that the argument at ``index`` belongs to."""
        return self.parameters[min(index, len(self.parameters) - 1)]

    def accepts(self, arguments: tuple[Value, ...], block: PuppetType | None) -> bool:
        """Whether a call with these arguments, and a block of this type or none, is a right one."""
        most = len(arguments) if self.repeats else len(self.parameters)
        if not self.required <= len(arguments) <= most:
            return False
        if not all(is_instance(self.parameter(index).type, one) for index, one in enumerate(arguments)):
            return False
        if block is None:
            return self.block is None or isinstance(self.block, Optional)
        return self.block is not None and is_assignable(self.block, block)


def describe_call(
    name: str,
    signatures: tuple[Signature, ...],
    arguments: tuple[Value, ...],
    block: PuppetType | None = None,
) -> str:
    """Why none of ``signatures`` takes the call, in Puppet's words.

    Args:
        name: the function, or ``lambda`` for a block.
        signatures: how the function can be called.
        arguments: what it was called with.
        block: the given block's type, or None if none was given.
    """
    found = [
        _argument_mismatches(signature, arguments, (Step(StepKind.SIGNATURE, index + 1),))
        for index, signature in enumerate(signatures)
    ]
    if not all(found):
        blocks = [
            _block_mismatches(signature, block, (Step(StepKind.SIGNATURE, index + 1),))
            for index, signature in enumerate(signatures)
        ]
        found = blocks if all(blocks) else [one or other for one, other in zip(found, blocks, strict=True)]
    label = "block" if name == "lambda" else f"'{name}'"
    merged = merge(0, CountMismatch, found)
    if len(merged) == 1:
        return f"{label}{merged[0]}"
    if len(signatures) == 1:
        lines = [f"{label} expects ({_signature_text(signatures[0])})"]
        return "\n".join(lines + [f"  rejected:{one.without_step(0)}" for one in found[0]])
    lines = [f"{label} expects one of:"]
    for signature, mismatches in zip(signatures, found, strict=True):
        lines.append(f"  ({_signature_text(signature)})")
        lines += [f"    rejected:{one.without_step(0)}" for one in mismatches]
    return "\n".join(lines)


def _argument_mismatches(
    signature: Signature, arguments: tuple[Value, ...], path: tuple[Step, ...]
) -> list[Mismatch]:
    given = len(arguments)
    if not signature.count.low <= given <= signature.count.high:
        return [CountMismatch(path, signature.count, Integer(given, given))]
    for index, argument in enumerate(arguments):
        parameter = signature.parameter(index)
        actual = infer_set(argument)
        if not is_assignable(parameter.type, actual):
            found = describe(parameter.type, actual, (*path, Step(StepKind.PARAMETER, parameter.name)))
            if found:
                return found
    return []


def _block_mismatches(
    signature: Signature, block: PuppetType | None, path: tuple[Step, ...]
) -> list[Mismatch]:
    if block is None:
        optional = signature.block is None or isinstance(signature.block, Optional)
        return [] if optional else [MissingBlock(path)]
    if signature.block is None:
        return [UnexpectedBlock(path)]
    return describe(signature.block, block, (*path, Step(StepKind.SUBJECT, "block")))


def block_type(parameters: tuple[PuppetType, ...], required: int, *, captures_rest: bool) -> Callable:
    """The type of a block with such parameters, of which as many as ``required`` have no default."""
    count = len(parameters)
    if not count:
        return Callable(Tuple((), Integer(0, 0)))
    size = None if required == count and not captures_rest else Integer(
        required, None if captures_rest else count
    )
    return Callable(Tuple(parameters, size))


def _signature_text(signature: Signature) -> str:
    parts = []
    for index, parameter in enumerate(signature.parameters):
        indicator, printed = "", parameter.type
        if signature.repeats and index == len(signature.parameters) - 1:
            indicator = "+" if signature.required == len(signature.parameters) else "*"
        elif index + 1 > signature.required:
            indicator = "?"
            if isinstance(printed, Optional) and printed.contained is not None:
                printed = printed.contained
        parts.append(f"{_spelled_out(printed)} {parameter.name}{indicator}")
    if isinstance(signature.block, Optional):
        parts.append(f"{_spelled_out(signature.block.contained)} {signature.block_name}?")
    elif isinstance(signature.block, Callable):  # an alias for one is left out
        parts.append(f"{_spelled_out(signature.block)} {signature.block_name}")
    return ", ".join(parts)


def _spelled_out(printed: PuppetType | None) -> str:
    """A type as signatures have it: an alias with what it stands for, one inside another type by name."""
    return "" if printed is None else written_out(printed)
