"""What is made of each rule of the grammar: functions from the values of a rule's parts to a node.

Every builder takes the offsets of the rule's first character and of the end of its last, and the values
of its parts. ``BUILDERS`` has them under the names of their rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from puppet_grammar.building import calls, definitions, expressions, resources, strings

BUILDERS: Mapping[str, Callable[..., Any]] = {
    **expressions.BUILDERS,
    **strings.BUILDERS,
    **calls.BUILDERS,
    **resources.BUILDERS,
    **definitions.BUILDERS,
}
