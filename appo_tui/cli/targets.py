"""Names of applications and instances as users type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.cli.arguments import nearest
from appo_tui.cli.faults import CommandError

if TYPE_CHECKING:
    from appo_tui.model.entities import Model


def reference(text: str) -> str:
    """Returns a name or a reference as Puppet prints it: capitalised, its title without quotes.

    ``lamp`` and ``::lamp`` give ``Lamp``; ``lamp::Db['a']`` gives ``Lamp::Db[a]``.
    """
    type_name, bracket, title = text.strip().partition("[")
    words = type_name.strip().removeprefix("::").split("::")
    capitalised = "::".join(word[:1].upper() + word[1:] for word in words)
    if not bracket:
        return capitalised
    return f"{capitalised}[{_unquoted(title.removesuffix(']').strip())}]"


def _unquoted(title: str) -> str:
    if len(title) >= 2 and title[0] == title[-1] and title[0] in "'\"":
        return title[1:-1]
    return title


def known_name(model: Model, text: str) -> str:
    """Returns the application's name or the instance's reference that a user's word means.

    Case and quotes make no difference; a name written exactly comes first.

    Raises:
        CommandError: it means none; with the nearest that is one.
    """
    names = tuple(dict.fromkeys([*model.applications, *_types(model), *model.instances]))
    wanted = reference(text)
    if wanted in names:
        return wanted
    for name in names:
        if name.casefold() == wanted.casefold():
            return name
    raise CommandError(
        f"there is no application or instance {text!r} in environment {model.environment}",
        hint=nearest(wanted, names) or f"there are: {', '.join(names) or 'none'}",
    )


def _types(model: Model) -> list[str]:
    return [each.type for each in model.instances.values()]


def named_instances(model: Model, text: str | None) -> tuple[str, ...]:
    """Returns the references of the instances that a word means: all, an application's, or one.

    Raises:
        CommandError: it means none.
    """
    if text is None:
        return tuple(model.instances)
    wanted = known_name(model, text)
    return tuple(name for name, each in model.instances.items() if wanted in (name, each.type))
