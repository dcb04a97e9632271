"""``tree_each``: everything in a tree of collections."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError, StopIterationSignal
from appo_tui.evaluator.functions.iteration import elements
from appo_tui.evaluator.functions.registry import Unknowns, built_in
from appo_tui.evaluator.types import PuppetType, is_assignable, is_instance
from appo_tui.evaluator.types.parsing import parse_type
from appo_tui.evaluator.values import Value

_TREE = "Variant[Iterator, Array, Hash, Object] tree, OptionsType options?"
_OPTIONS = (
    "Struct[{container_type => Optional[Type], include_root => Optional[Boolean], include_containers => "
    "Optional[Boolean], include_values => Optional[Boolean], order => Optional[Enum[depth_first, "
    "breadth_first]], include_refs => Optional[Boolean]}]"
)
_CONTAINERS = parse_type("Variant[Array, Hash, Object]")
_Step = tuple[tuple[Value, ...], Value]


@built_in(
    "tree_each",
    f"{_TREE}, Callable[2, 2] &block",
    f"{_TREE}, Callable[1, 1] &block",
    _TREE,
    unknowns=Unknowns.WHOLE,
    local_types=(("OptionsType", _OPTIONS),),
)
def tree_each(call: FunctionCall, tree: Value, options: dict[str, Value] | None = None) -> Value:
    """[path, value] of everything in a tree of collections, or the block called with each."""
    given = options or {}
    walk = _walk(given)
    walked = walk.breadth_first(tree) if given.get("order") == "breadth_first" else walk.depth_first(tree)
    if call.block is None:
        return tuple(walked)
    for path, value in walked:
        try:
            call.block(*((path, value) if call.block.parameter_count > 1 else (value,)))
        except StopIterationSignal:
            break
    return tree


@dataclass(frozen=True, slots=True)
class _Walk:
    """A way through a tree.

    Attributes:
        containers: what is walked into.
        gives_root: whether the tree itself is given.
        gives_containers: whether what is walked into is given.
        gives_values: whether what is not walked into is given.
    """

    containers: PuppetType
    gives_root: bool
    gives_containers: bool
    gives_values: bool

    def depth_first(self, tree: Value) -> Iterator[_Step]:
        if self.gives_root:
            yield (), tree
        yield from self._below((), tree)

    def _below(self, path: tuple[Value, ...], container: Value) -> Iterator[_Step]:
        for key, item in _entries(container):
            inner = is_instance(self.containers, item)
            if self.gives_containers if inner else self.gives_values:
                yield (*path, key), item
            if inner:
                yield from self._below((*path, key), item)

    def breadth_first(self, tree: Value) -> Iterator[_Step]:
        """Gives what is not walked into in any case, as Puppet does."""
        if self.gives_root:
            yield (), tree
        waiting: deque[_Step] = deque([((), tree)])
        while waiting:
            path, container = waiting.popleft()
            for key, item in _entries(container):
                inner = is_instance(self.containers, item)
                if inner:
                    waiting.append(((*path, key), item))
                if self.gives_containers or not inner:
                    yield (*path, key), item


def _walk(options: Mapping[str, Value]) -> _Walk:
    containers = options.get("container_type")
    wanted = containers if isinstance(containers, PuppetType) else _CONTAINERS
    if not is_assignable(_CONTAINERS, wanted):
        raise FunctionError(
            f"Only Array, Hash, and Object types can be used as container types. Got {wanted}"
        )
    root, inner, values = (
        options.get(name) is not False for name in ("include_root", "include_containers", "include_values")
    )
    if not inner and not values:
        raise FunctionError("Options 'include_containers' and 'include_values' cannot both be false")
    return _Walk(wanted, root and inner, inner, values)


def _entries(container: Value) -> Iterator[tuple[Value, Value]]:
    if isinstance(container, dict):
        yield from container.items()
    else:
        yield from enumerate(elements(container))
