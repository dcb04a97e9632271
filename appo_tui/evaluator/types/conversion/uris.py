"""New URIs."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.types.conversion.constructor import Constructor
from appo_tui.evaluator.types.uris import Uri
from appo_tui.evaluator.values import Value

_PARTS: Final = (
    "Struct[{Optional[scheme] => String[1], Optional[userinfo] => String[1], Optional[host] => String[1], "
    "Optional[port] => Integer[0], Optional[path] => String[1], Optional[query] => String[1], "
    "Optional[fragment] => String[1], Optional[opaque] => String[1]}]"
)


def _uri(value: Value) -> Value:
    return Uri.of_parts(value) if isinstance(value, dict) else Uri.parse(str(value))


URI: Final = Constructor("new_error", ("String[1] uri", f"{_PARTS} hash"), _uri)
