"""Names that people type, to references."""

from __future__ import annotations

from difflib import get_close_matches

from appo_tui.environment.faults import AppoError
from appo_tui.model.entities import Model


class UnknownTargetError(AppoError):
    """A name that stands for no application, instance or component."""


def find_target(model: Model, text: str) -> str:
    """The reference that ``text`` means: an application ``Lamp``, an instance or a component.

    Case and quotes do not matter: ``lamp``, ``Lamp['app1']`` and ``lamp[APP1]`` are all understood, and of
    several that differ in case only the one written exactly.

    Raises:
        UnknownTargetError: nothing has this name.
    """
    known = [*model.applications, *model.instances, *model.components]
    used = {instance.type for instance in model.instances.values()}
    wanted = _plain(text)
    if wanted in known:
        return wanted
    matching = [name for name in known if name.lower() == wanted.lower()]
    if matching:
        return matching[0]
    if not used:
        raise UnknownTargetError(f"There is no {text!r} here.", "The environment declares no instances.")
    close = get_close_matches(wanted.lower(), [name.lower() for name in known], n=1)
    if close:
        nearest = next(name for name in known if name.lower() == close[0])
        raise UnknownTargetError(f"There is no {text!r} here.", f"Did you mean {nearest}?")
    raise UnknownTargetError(
        f"There is no {text!r} here.", f"There are: {', '.join(list(model.instances)[:10])}."
    )


def _plain(text: str) -> str:
    type_name, bracket, title = text.strip().removeprefix("::").partition("[")
    if not bracket:
        return type_name
    return f"{type_name}[{title.removesuffix(']').strip().strip(chr(39) + chr(34))}]"
