"""What ``[]`` after a type gives: ``Integer[1, 10]``, ``Sql['a']``.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_type.html
"""

from __future__ import annotations

from appo_tui.evaluator.types.access_compounds import COMPOUND_RULES
from appo_tui.evaluator.types.access_keys import Keys, Rules, TypeAccessError, flattened_keys, label_of
from appo_tui.evaluator.types.access_references import REFERENCE_RULES
from appo_tui.evaluator.types.access_scalars import SCALAR_RULES
from appo_tui.evaluator.types.collections import Struct
from appo_tui.evaluator.types.compounds import Callable, ClassType, Init, ResourceType, TypeAlias
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.mismatches import with_article
from appo_tui.evaluator.types.printing import type_to_expanded_string

_UNFLATTENED = (ResourceType, ClassType, Callable, Struct, Init)
_RULES: Rules = {**SCALAR_RULES, **COMPOUND_RULES, **REFERENCE_RULES}


def specialize(general: PuppetType, keys: Keys) -> PuppetType | tuple[PuppetType, ...] | None:
    """What ``general[keys]`` is.

    Returns:
        One type, or where several titles or class names are given (or an array of them), a tuple; None
        where titles are all undef, which Puppet only warns of.

    Raises:
        TypeAccessError: the keys don't fit the type.
    """
    if isinstance(general, TypeAlias):
        label = with_article(f"{type_to_expanded_string(general)}-Type")
        raise TypeAccessError(f"Operator '[]' is not applicable to {label}.")
    rule = _RULES.get(type(general))
    if rule is None:
        raise TypeAccessError(f"Operator '[]' is not applicable to {with_article(label_of(general))}.")
    if type(general) not in _UNFLATTENED:
        keys = flattened_keys(keys)
    return rule(general, keys)


__all__ = ["Keys", "TypeAccessError", "specialize"]
