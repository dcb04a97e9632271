"""``x[...]``: elements, slices, types with parameters, references and what they refer to."""

from __future__ import annotations

from appo_tui.evaluator import types
from appo_tui.evaluator.hash_keys import element
from appo_tui.evaluator.interpreter import Interpreter, evaluates
from appo_tui.evaluator.labels import a_or_an, label_of_value
from appo_tui.evaluator.rules.literals import type_label
from appo_tui.evaluator.rules.operators import numeric, to_number
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.text import interpolated
from appo_tui.evaluator.types import ClassType, PuppetType, ResourceType
from appo_tui.evaluator.types.access_keys import kind_of
from appo_tui.evaluator.values import Unknown, Value
from puppet_grammar import nodes


@evaluates(nodes.AccessExpression)
def access(interpreter: Interpreter, node: nodes.AccessExpression, scope: Scope) -> Value:
    """``x[keys]``."""
    known = interpreter.definitions.references.get(id(node))
    if known is not None:
        return known[1]
    value = _accessed(interpreter, node, scope)
    if _is_literal(node) and isinstance(value, ResourceType):
        interpreter.definitions.references[id(node)] = node, value
    return value


def _accessed(interpreter: Interpreter, node: nodes.AccessExpression, scope: Scope) -> Value:
    left = interpreter.evaluate(node.left, scope)
    if isinstance(left, ClassType):
        keys = tuple(_class_key(interpreter, key, scope) for key in node.keys)
    else:
        keys = tuple([interpreter.evaluate(key, scope) for key in node.keys])
    if type(left) is ResourceType and left.title is None and left.type_name is not None:
        title = keys[0] if len(keys) == 1 else None
        if type(title) is str:  # as references nearly always are
            return ResourceType(left.type_name, title)
    return _found(interpreter, node, left, keys, scope)


def _found(
    interpreter: Interpreter, node: nodes.AccessExpression, left: Value, keys: tuple[Value, ...], scope: Scope
) -> Value:
    for value in (left, *keys):
        if isinstance(value, Unknown):
            return value
    if isinstance(left, str):
        return _in_string(interpreter, node, left, flat(keys), scope)
    if isinstance(left, bytes):
        return _in_bytes(interpreter, node, left, flat(keys), scope)
    if isinstance(left, tuple):
        return _in_array(interpreter, node, left, flat(keys), scope)
    if isinstance(left, dict):
        found = tuple(element(left, key) for key in keys)
        return found[0] if len(keys) == 1 else tuple(item for item in found if item is not None)
    if isinstance(left, ResourceType | ClassType):
        return _in_reference(interpreter, node, left, keys, scope)
    if isinstance(left, PuppetType):
        return _specialized(interpreter, node, left, keys, scope)
    raise interpreter.failure(
        f"Operator '[]' is not applicable to {a_or_an(label_of_value(left))}.", node.left, scope
    )


def _is_literal(node: nodes.AccessExpression) -> bool:
    """Whether there is but a type's name and a title, which stand for the same on every node."""
    key = node.keys[0] if len(node.keys) == 1 else None
    return isinstance(key, nodes.LiteralString) and isinstance(node.left, nodes.QualifiedReference)


@evaluates(nodes.NamedAccessExpression)
def named_access(interpreter: Interpreter, node: nodes.NamedAccessExpression, scope: Scope) -> Value:
    """``x.name`` that is not called."""
    raise interpreter.failure("The '.' operator needs a function to call.", node, scope)


def flat(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values without any arrays in them."""
    found: list[Value] = []
    for value in values:
        found.extend(flat(value) if isinstance(value, tuple) else (value,))
    return tuple(found)


def _class_key(interpreter: Interpreter, key: nodes.Expression, scope: Scope) -> Value:
    if isinstance(key, nodes.QualifiedReference):
        return interpreter.compilation.named_type(key.value) or types.TypeReference(type_label(key.value))
    return interpreter.evaluate(key, scope)


def _in_string(
    interpreter: Interpreter, node: nodes.AccessExpression, text: str, keys: tuple[Value, ...], scope: Scope
) -> Value:
    if len(keys) not in (1, 2):
        raise interpreter.failure(
            f"String supports [] with one or two arguments. Got {len(keys)}", node.left, scope
        )
    numbers = []
    for index, key in enumerate(keys):
        number = to_number(key)
        if not isinstance(number, int):
            raise interpreter.failure(
                f"A substring operation does not accept {a_or_an(kind_of(key))} as a character index. "
                "Expected an Integer",
                node.keys[min(index, len(node.keys) - 1)], scope,
            )  # fmt: skip
        numbers.append(number)
    if len(numbers) == 1:
        start = numbers[0] + len(text) if numbers[0] < 0 else numbers[0]
        return text[start : start + 1] if start >= 0 else ""
    start, length = _slice(len(text), *numbers)
    return text[start : start + length] if length > 0 else ""


def _in_bytes(
    interpreter: Interpreter, node: nodes.AccessExpression, data: bytes, keys: tuple[Value, ...], scope: Scope
) -> Value:
    indexes = _in_array(interpreter, node, tuple(range(len(data))), keys, scope)
    if isinstance(indexes, tuple):
        return bytes(data[index] for index in indexes if isinstance(index, int))
    return data[indexes : indexes + 1] if isinstance(indexes, int) else b""


def _slice(size: int, start: int, length: int) -> tuple[int, int]:
    start = size + start if start < 0 else start
    length = size - start + length + 1 if length < 0 else length
    return (0, length + start) if start < 0 else (start, length)


def _in_array(
    interpreter: Interpreter,
    node: nodes.AccessExpression,
    array: tuple[Value, ...],
    keys: tuple[Value, ...],
    scope: Scope,
) -> Value:
    if len(keys) not in (1, 2):
        raise interpreter.failure(
            f"Array supports [] with one or two arguments. Got {len(keys)}", node.left, scope
        )
    numbers = []
    for index, key in enumerate(keys):
        blamed = node.keys[min(index, len(node.keys) - 1)]
        number = numeric(interpreter, key, blamed, scope)
        if not isinstance(number, int):
            raise interpreter.failure("An Array[] cannot use Float where Integer is expected", blamed, scope)
        numbers.append(number)
    if len(numbers) == 1:
        return array[numbers[0]] if -len(array) <= numbers[0] < len(array) else None
    start, length = _slice(len(array), *numbers)
    return array[start : start + length] if length > 0 else ()


def _specialized(
    interpreter: Interpreter,
    node: nodes.AccessExpression,
    left: PuppetType,
    keys: tuple[Value, ...],
    scope: Scope,
) -> Value:
    try:
        return types.specialize(left, keys)
    except types.TypeAccessError as error:
        blamed = node.left if error.key_index is None else node.keys[min(error.key_index, len(node.keys) - 1)]
        raise interpreter.failure(str(error), blamed, scope) from error


def _in_reference(
    interpreter: Interpreter,
    node: nodes.AccessExpression,
    left: ResourceType | ClassType,
    keys: tuple[Value, ...],
    scope: Scope,
) -> Value:
    titled = left.title if isinstance(left, ResourceType) else left.name
    if titled is None:
        if left == ResourceType() and len(keys) == 1 and isinstance(keys[0], ResourceType):
            return keys[0]
        return _specialized(interpreter, node, left, keys, scope)
    type_name = "Class" if isinstance(left, ClassType) else str(left.type_name)
    several = len(keys) > 1 or isinstance(keys[0], tuple)
    values = tuple(
        _attribute(interpreter, node, (type_name, titled), key, scope)
        for key in flat(keys)
        if key is not None
    )
    if several:
        return values
    return values[0] if values else None


def _attribute(
    interpreter: Interpreter,
    node: nodes.AccessExpression,
    reference: tuple[str, str],
    key: Value,
    scope: Scope,
) -> Value:
    type_name, title = reference
    resource = interpreter.compilation.find_resource(type_name, title)
    if isinstance(resource, Unknown):
        return resource
    if resource is None:
        raise interpreter.failure(f"Resource not found: {type_name}['{title}']", node, scope)
    if not isinstance(key, str) or not interpreter.compilation.is_parameter(resource, key):
        raise interpreter.failure(
            f"The resource {type_name.capitalize()}['{title}'] does not have a parameter called "
            f"'{interpolated(key)}'",
            node, scope,
        )  # fmt: skip
    value = resource.value(key)
    if value is None and resource.scope is not None:
        fallback = resource.scope.frame.defaults_for(resource.type_name).get(key)
        return fallback.value if fallback else None
    return value
