"""``new``: which constructor makes a value, and whether it came to one of the type."""

from __future__ import annotations

from appo_tui.evaluator.types import collections as groups
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.compounds import Init, NotUndef, Optional, TypeAlias
from appo_tui.evaluator.types.conversion.bytes_and_texts import BINARY, REGEXP, SENSITIVE, STRING, TYPE
from appo_tui.evaluator.types.conversion.constructor import Constructor, ConversionError
from appo_tui.evaluator.types.conversion.containers import ARRAY, HASH
from appo_tui.evaluator.types.conversion.numbers import BOOLEAN, FLOAT, INTEGER, NUMERIC
from appo_tui.evaluator.types.conversion.times import TIMESPAN, TIMESTAMP
from appo_tui.evaluator.types.conversion.uris import URI
from appo_tui.evaluator.types.conversion.versions import VERSION, VERSION_RANGE
from appo_tui.evaluator.types.instances import is_instance
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.parameters import describe_mismatch
from appo_tui.evaluator.values import Value


def convert(target: PuppetType, arguments: tuple[Value, ...]) -> Value:
    """``target.new(*arguments)``.

    Raises:
        ConversionError: nothing of the type can be made of the arguments.
    """
    plain = not isinstance(target, Init)
    if plain and len(arguments) == 1 and is_instance(target, arguments[0]):
        return arguments[0]
    result = _made(target, arguments)
    if plain and not is_instance(target, result):
        raise ConversionError(
            describe_mismatch(f"Converted value from {target}.new() has wrong type,", target, result)
        )
    return result


def takes(target: PuppetType, arguments: tuple[Value, ...]) -> bool:
    """Whether ``new`` takes these arguments for a type."""
    constructor = CONSTRUCTORS.get(type(target))
    return constructor is not None and constructor.accepts(arguments)


def _made(target: PuppetType, arguments: tuple[Value, ...]) -> Value:
    match target:
        case Optional(contained=PuppetType() as contained) | NotUndef(contained=PuppetType() as contained):
            if isinstance(target, Optional) and arguments == (None,):
                return None
            return convert(contained, arguments)
        case TypeAlias():
            return _made(target.resolve(), arguments)
        case Init(contained=PuppetType() as contained):
            return convert(contained, (*arguments, *target.arguments))
    constructor = CONSTRUCTORS.get(type(target))
    if constructor is None:
        raise ConversionError(f"Creation of new instance of type '{target}' is not supported")
    return constructor.new(arguments)


CONSTRUCTORS: dict[type[PuppetType], Constructor] = {
    scalars.Integer: INTEGER,
    scalars.Float: FLOAT,
    scalars.Numeric: NUMERIC,
    scalars.Boolean: BOOLEAN,
    scalars.String: STRING,
    scalars.Regexp: REGEXP,
    scalars.SemVer: VERSION,
    scalars.SemVerRange: VERSION_RANGE,
    scalars.Timespan: TIMESPAN,
    scalars.Timestamp: TIMESTAMP,
    scalars.Binary: BINARY,
    scalars.URI: URI,
    groups.Array: ARRAY,
    groups.Tuple: ARRAY,
    groups.Hash: HASH,
    groups.Struct: HASH,
    compounds.Sensitive: SENSITIVE,
    compounds.Type: TYPE,
}
