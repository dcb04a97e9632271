"""Command lines of Puppet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_VALUED = frozenset(
    """
    basemodulepath certname codedir confdir config environment environmentpath factpath hiera_config
    lastrunfile lastrunreport libdir localcacert logdest log_level logdir manifest modulepath node_name
    node_name_fact node_name_value plugindest publicdir reportdir reports rundir runtimeout ssldir statedir
    statefile strict render-as tags skip_tags transactionstorefile vardir
    """.split()  # noqa: SIM905 - forty quoted words would be harder to read
)
_SHORT = {"l": "logdest", "d": "debug", "v": "verbose", "t": "test", "e": "execute"}


@dataclass(frozen=True, slots=True)
class Options:
    """A command line of Puppet: options without their dashes, a flag's value being ``true``."""

    named: dict[str, str]
    words: tuple[str, ...]

    def flag(self, name: str) -> bool:
        """Tells whether a flag is on."""
        return self.named.get(name) == "true"

    def path(self, name: str) -> Path | None:
        """Returns a file that an option names."""
        return Path(self.named[name]) if name in self.named else None


def read_options(arguments: Sequence[str]) -> Options:
    """Reads options as Puppet does: ``--name value``, ``--name=value``, ``--flag``, ``--no-flag``."""
    named: dict[str, str] = {}
    words: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("-") or word == "-":
            words.append(word)
            continue
        name, equals, value = word.lstrip("-").partition("=")
        name = _SHORT.get(name, name) if not word.startswith("--") else name
        if equals:
            named[name] = value
        elif name in _VALUED and waiting:
            named[name] = waiting.pop(0)
        elif name.startswith(("no-", "no_")):
            named[name[3:]] = "false"
        else:
            named[name] = "true"
    return Options(named, tuple(words))
