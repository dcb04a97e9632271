"""The functions by name, and how one is added.

A function is declared with the ways in which it can be called (types/signature_texts.py)::

    @built_in("join", "Array array, String separator?")
    def join(call, array, separator=""): ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Final

from appo_tui.evaluator.functions.call import Block, FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.first_interface import as_given, count_fault
from appo_tui.evaluator.types import compounds
from appo_tui.evaluator.types.signature_texts import LocalTypes, parsed_signatures
from appo_tui.evaluator.types.signatures import block_type, describe_call
from appo_tui.evaluator.values import Unknown, Value

Body = Callable[..., Value]
Refuse = Callable[[tuple[Value, ...]], str | None]

BUILT_IN_MANUAL: Final = "https://www.puppet.com/docs/puppet/7/function.html"
APP_MODELING_MANUAL: Final = "https://forge.puppet.com/modules/puppetlabs/app_modeling/readme"
TO_RESOURCE_MANUAL: Final = "https://forge.puppet.com/modules/tse/to_resource/readme"
STDLIB_MANUAL: Final = "https://forge.puppet.com/modules/puppetlabs/stdlib/6.6.0/reference"


class Unknowns(Enum):
    """What an argument that is not known before a run makes of a call."""

    ANYWHERE = "the result is unknown if something anywhere in an argument is"
    WHOLE = "the result is unknown if an argument is; what is unknown inside a collection stays there"
    TAKEN = "the function takes unknown arguments itself"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the Puppet language.

    Attributes:
        name: as code calls it.
        manual: the page that describes it.
        signatures: how it can be called, as text.
        arity: for the functions of Puppet's first interface, which check no more than how many arguments
            they get: the least and the most (None: any number); such a function has no signatures.
        undef: what such a function takes undef as.
        unknowns: what an unknown argument means.
        body: takes the call and its arguments.
        local_types: names of types that only the signatures know.
        refuse: what is said, instead of how the signatures don't fit, of arguments that fit none of them;
            None where that is said.
    """

    name: str
    manual: str
    signatures: tuple[str, ...]
    unknowns: Unknowns
    body: Body
    arity: tuple[int, int | None] | None = None
    undef: str | None = ""
    local_types: LocalTypes = ()
    refuse: Refuse | None = None

    @property
    def is_built_in(self) -> bool:
        """Whether it comes with Puppet; any other needs the module that brings it."""
        return self.manual.startswith(BUILT_IN_MANUAL)

    def call(self, call: FunctionCall, args: tuple[Value, ...]) -> Value:
        """The function's value.

        Raises:
            FunctionError: the arguments don't fit, or the function says so.
        """
        reason = self._unknown_argument(args)
        if reason is not None:
            return reason
        if self.arity is not None:
            fault = count_fault(len(args), *self.arity, by_puppet=self.is_built_in)
            if fault is not None:
                raise FunctionError(f"{self.name}(): {fault}")
            return self.body(call, *(as_given(one, self.undef) for one in args))
        signatures = parsed_signatures(self.signatures, self.local_types)
        given_block = type_of_block(call.block)
        if not any(signature.accepts(args, given_block) for signature in signatures):
            own = self.refuse(args) if self.refuse is not None else None
            if own is not None:
                raise FunctionError(f"'{self.name}' {own}")
            raise FunctionError(describe_call(self.name, signatures, args, given_block))
        return self.body(call, *args)

    def _unknown_argument(self, args: tuple[Value, ...]) -> Unknown | None:
        if self.unknowns is Unknowns.TAKEN:
            return None
        search = first_unknown if self.unknowns is Unknowns.ANYWHERE else _itself_unknown
        return next((found for found in map(search, args) if found is not None), None)


def first_unknown(value: Value) -> Unknown | None:
    """What is unknown in ``value``, first in order; None if all is known."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, tuple):
        return next((found for found in map(first_unknown, value) if found is not None), None)
    if isinstance(value, dict):
        return next((found for found in map(first_unknown, value.values()) if found is not None), None)
    return None


def _itself_unknown(value: Value) -> Unknown | None:
    return value if isinstance(value, Unknown) else None


def type_of_block(block: Block | None) -> compounds.Callable | None:
    """The type of a block, as signatures ask for it."""
    if block is None:
        return None
    return block_type(block.parameter_types, block.required_count, captures_rest=block.captures_rest)


_functions: dict[str, Function] = {}
REGISTRY: Final[Mapping[str, Function]] = MappingProxyType(_functions)
"""Every function that is known here, by name."""


def built_in(
    name: str,
    *signatures: str,
    unknowns: Unknowns = Unknowns.ANYWHERE,
    local_types: LocalTypes = (),
    refuse: Refuse | None = None,
) -> Callable[[Body], Body]:
    """Registers a function that comes with Puppet."""

    def register(body: Body) -> Body:
        _registering(name, f"{BUILT_IN_MANUAL}#{name}", signatures, unknowns)(body)
        _functions[name] = replace(_functions[name], local_types=local_types, refuse=refuse)
        return body

    return register


def built_in_counting(
    name: str, least: int, most: int | None = None, *, unknowns: Unknowns = Unknowns.ANYWHERE
) -> Callable[[Body], Body]:
    """Registers a function of Puppet's first interface: it takes any arguments, of a right number."""
    return _registering(name, f"{BUILT_IN_MANUAL}#{name}", (), unknowns, (least, most))


def stdlib(name: str, *signatures: str, unknowns: Unknowns = Unknowns.ANYWHERE) -> Callable[[Body], Body]:
    """Registers a function of the module puppetlabs-stdlib."""
    return _registering(name, f"{STDLIB_MANUAL}#{name}", signatures, unknowns)


def app_modeling(
    name: str, *signatures: str, unknowns: Unknowns = Unknowns.ANYWHERE
) -> Callable[[Body], Body]:
    """Registers a function of the module puppetlabs-app_modeling."""
    return _registering(name, f"{APP_MODELING_MANUAL}#{name}", signatures, unknowns)


def to_resource(
    name: str, *signatures: str, unknowns: Unknowns = Unknowns.ANYWHERE
) -> Callable[[Body], Body]:
    """Registers a function of the module tse-to_resource."""
    return _registering(name, f"{TO_RESOURCE_MANUAL}#{name}", signatures, unknowns)


def of_module(module: str, name: str, *signatures: str) -> Callable[[Body], Body]:
    """Registers a function of another module, which is named as on the Forge: ``puppetlabs/mysql``."""
    manual = f"https://forge.puppet.com/modules/{module}/reference"
    return _registering(name, manual, signatures, Unknowns.ANYWHERE)


def stdlib_counting(
    name: str,
    least: int,
    most: int | None,
    *,
    unknowns: Unknowns = Unknowns.ANYWHERE,
    undef: str | None = "",
) -> Callable[[Body], Body]:
    """Registers a function of stdlib that checks only the number of its arguments.

    Puppet gives functions of its first interface empty text for undef; those that stdlib has wrapped in
    one of the newer interface get undef itself.
    """
    return _registering(name, f"{STDLIB_MANUAL}#{name}", (), unknowns, (least, most), undef)


def registered_as(name: str, function: Function) -> None:
    """Registers a function under a further name."""
    _functions[name] = replace(function, name=name)


def _registering(
    name: str,
    manual: str,
    signatures: tuple[str, ...],
    unknowns: Unknowns,
    arity: tuple[int, int | None] | None = None,
    undef: str | None = "",
) -> Callable[[Body], Body]:
    def register(body: Body) -> Body:
        _functions[name] = Function(name, manual, signatures, unknowns, body, arity, undef)
        return body

    return register
