"""Digests, encodings, and numbers that are derived from a node's name."""

from __future__ import annotations

import base64 as codec
import hashlib
import random
import uuid
from collections.abc import Callable

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.first_interface import text_given
from appo_tui.evaluator.functions.registry import built_in_counting, stdlib, stdlib_counting
from appo_tui.evaluator.functions.validation import is_integer
from appo_tui.evaluator.types.ruby_values import leading_integer, ruby_inspect, ruby_text, to_integer
from appo_tui.evaluator.values import Unknown, Value

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _digesting(algorithm: str) -> Callable[..., Value]:
    def digest(_call: FunctionCall, text: Value) -> Value:
        return hashlib.new(algorithm, text_given(text).encode(), usedforsecurity=False).hexdigest()

    digest.__doc__ = f"The {algorithm} digest in hexadecimal."
    return digest


for _algorithm in ("md5", "sha1", "sha256"):
    built_in_counting(_algorithm, 1, 1)(_digesting(_algorithm))
built_in_counting("digest", 1, 1)(_digesting("md5"))


@stdlib("base64", "String action, String text, String method?")
def base64_(_call: FunctionCall, action: str, text: str, method: str = "default") -> Value:
    """Text to or from base 64."""
    if action not in ("encode", "decode"):
        raise FunctionError("base64(): the first argument must be one of 'encode' or 'decode'")
    if method not in ("default", "strict", "urlsafe"):
        raise FunctionError("base64(): the third argument must be one of 'default', 'strict', or 'urlsafe'")
    if action == "decode":
        decode = codec.urlsafe_b64decode if method == "urlsafe" else codec.b64decode
        return decode(text).decode()
    if method == "urlsafe":
        return codec.urlsafe_b64encode(text.encode()).decode()
    encoded = codec.b64encode(text.encode()).decode()
    if method == "strict":
        return encoded
    return "".join(encoded[start : start + 60] + "\n" for start in range(0, len(encoded), 60))


class RubyRandom:
    """Ruby's ``Random``: the same generator as Python's, with another way of limiting its numbers."""

    def __init__(self, seed: int) -> None:
        self._generator = random.Random(seed)

    def below(self, limit: int) -> int:
        """``rand(limit)``."""
        highest = limit - 1
        if highest <= 0:
            return 0
        mask = (1 << highest.bit_length()) - 1
        while True:
            number = self._masked(mask, highest)
            if number is not None:
                return number

    def _masked(self, mask: int, highest: int) -> int | None:
        number = 0
        for shift in (32, 0):
            if (mask >> shift) & 0xFFFFFFFF:
                number |= self._generator.getrandbits(32) << shift
                number &= mask
                if number > highest:
                    return None
        return number


def _seeded(parts: tuple[Value, ...]) -> RubyRandom:
    text = ":".join(ruby_text(part) for part in parts)
    return RubyRandom(int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16))


def _fqdn(call: FunctionCall) -> Value:
    name = call.lookup_variable("::fqdn")
    return name if name is not None else Unknown("the fact fqdn is not known")


@built_in_counting("fqdn_rand", 1)
def fqdn_rand(call: FunctionCall, limit: Value, *seed: Value) -> Value:
    """A number below ``max`` that is the same at every run on a node."""
    name = _fqdn(call)
    if isinstance(name, Unknown):
        return name
    if to_integer(limit) == 0:
        raise FunctionError("invalid argument - 0")
    # without a seed Puppet still joins an empty one
    return _seeded((name, to_integer(limit), *(seed or ("",)))).below(to_integer(limit))


@stdlib_counting("seeded_rand", 2, 2)
def seeded_rand(_call: FunctionCall, limit: Value, seed: Value) -> Value:
    """A number below ``max`` that depends on the seed alone."""
    highest = leading_integer(ruby_text(limit))
    if highest <= 0:
        raise FunctionError("seeded_rand(): first argument must be a positive integer")
    if not isinstance(seed, str):
        raise FunctionError("seeded_rand(): second argument must be a string")
    return str(_seeded((seed,)).below(highest))


@stdlib("fqdn_rotate", "Variant[Array, String] value, Any seed*")
def fqdn_rotate(call: FunctionCall, value: Value, *seed: Value) -> Value:
    """An array or text turned round by a number that is the same at every run on a node."""
    name = _fqdn(call)
    if isinstance(name, Unknown):
        return name
    seeds = (name, *(seed or ("",)))
    if isinstance(value, tuple):
        turns = _seeded(seeds).below(len(value))
        return value[turns:] + value[:turns]
    text = ruby_text(value)
    turns = _seeded(seeds).below(len(text))
    return text[turns:] + text[:turns]


@stdlib_counting("fqdn_rand_string", 1, None)
def fqdn_rand_string(call: FunctionCall, length: Value, charset: Value = "", *seed: Value) -> Value:
    """Text that is the same at every run on a node."""
    count = leading_integer(ruby_text(length)) if is_integer(length) else 0
    if count < 1:
        raise FunctionError("fqdn_rand_string(): first argument must be a positive integer")
    if not isinstance(charset, str):
        raise FunctionError("fqdn_rand_string(): second argument must be undef or a string")
    characters = charset or _LETTERS
    drawn: list[str] = []
    for number in range(1, count + 1):
        place = fqdn_rand(call, len(characters), *seed, number)
        if isinstance(place, Unknown):
            return place
        drawn.append(characters[to_integer(place)])
    return "".join(drawn)


@stdlib("seeded_rand_string", "Integer[1] length, String seed, Optional[String[2]] charset?")
def seeded_rand_string(_call: FunctionCall, length: int, seed: str, charset: str | None = None) -> Value:
    """Text that depends on the seed alone."""
    characters = charset or _LETTERS.swapcase()
    digest = hashlib.sha256(seed.encode()).hexdigest()
    generator = RubyRandom(int(digest, 16))
    return "".join(characters[generator.below(len(characters))] for _ in range(length))


@stdlib_counting("fqdn_uuid", 1, 1)
def fqdn_uuid(_call: FunctionCall, name: Value) -> Value:
    """The UUID that a DNS name has."""
    if not isinstance(name, str):
        raise FunctionError(f"fqdn_uuid(): Requires a string, got {ruby_inspect(name)}")
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))
