"""Functions of paths and addresses."""

from __future__ import annotations

import ipaddress
import re

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.containers import flattened
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import stdlib_counting
from appo_tui.evaluator.types.ruby_values import ruby_class, ruby_text
from appo_tui.evaluator.values import Value


@stdlib_counting("basename", 1, 2)
def basename(_call: FunctionCall, path: Value, suffix: Value = None) -> Value:
    """A path's last part, without ``suffix``."""
    if not isinstance(path, str):
        raise FunctionError("basename(): Requires string as first argument")
    if suffix is not None and not isinstance(suffix, str):
        raise FunctionError("basename(): Requires string as second argument")
    name = path.rstrip("/").rpartition("/")[2] or ("/" if path.startswith("/") else "")
    if suffix == ".*":
        return re.sub(r"(?<=.)\.[^.]*\Z", "", name)
    return name.removesuffix(suffix) if suffix and name != suffix else name


@stdlib_counting("dirname", 1, 1)
def dirname(_call: FunctionCall, path: Value) -> Value:
    """A path without its last part."""
    if not isinstance(path, str):
        raise FunctionError("dirname(): Requires string as argument")
    if not path:
        raise FunctionError("dirname(): Requires a non-empty string as argument")
    head, slash, _ = path.rstrip("/").rpartition("/")
    return head.rstrip("/") or ("/" if slash or path.startswith("/") else ".")


@stdlib_counting("enclose_ipv6", 1, 1)
def enclose_ipv6(_call: FunctionCall, addresses: Value) -> Value:
    """Addresses with brackets around those of IPv6."""
    if not isinstance(addresses, (str, tuple)):
        raise FunctionError(
            f"enclose_ipv6(): Wrong argument type given {ruby_class(addresses)} expected String or Array"
        )
    return tuple(dict.fromkeys(_enclosed(item) for item in flattened((addresses,))))


def _enclosed(address: Value) -> Value:
    if address == "*":
        return address
    text = "undef" if address is None else ruby_text(address)
    try:
        network = ipaddress.ip_network(re.sub(r"\A\[(.*)\]\Z", r"\1", text), strict=False)
    except ValueError as error:
        raise FunctionError(f"enclose_ipv6(): Wrong argument given {text} is not an ip address.") from error
    return f"[{network.network_address}]" if network.version == 6 else address

