"""Which values must not be shown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from appo_tui.evaluator.values import Sensitive, Value

_SECRET_WORDS: Final = re.compile(
    r"(^|_)(password|passwd|passphrase|pass|pw|pwd|secret|secrets|token|key|credentials?|private_key)(_|$)"
)
_HARMLESS: Final = re.compile(
    r"(^|_)(public_key|key_(file|path|name|id|type|size|length|server)|keys?_url)(_|$)"
)


def is_secret(name: str, value: Value) -> bool:
    """Whether a value is a secret by its type or by its name.

    Names with a word such as password, secret, token or key are taken for secrets, unless they only say
    where one is.
    """
    return contains_sensitive(value) or _is_name_of_secret(name)


@lru_cache(maxsize=4096)
def _is_name_of_secret(name: str) -> bool:
    lowered = name.lower()
    return bool(_SECRET_WORDS.search(lowered)) and not _HARMLESS.search(lowered)


def contains_sensitive(value: Value) -> bool:
    """Whether a value is Sensitive, or has something Sensitive in it."""
    if type(value) is str:  # as most are
        return False
    if isinstance(value, Sensitive):
        return True
    if isinstance(value, tuple):
        return any(contains_sensitive(item) for item in value)
    if isinstance(value, dict):
        return any(contains_sensitive(item) for item in value.values())
    return False
