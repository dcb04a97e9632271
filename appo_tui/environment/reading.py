"""From a directory to an environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from appo_tui.environment import autoload
from appo_tui.environment.configuration import CONFIGURATION_FILE, read_configuration
from appo_tui.environment.faults import EnvironmentReadError
from appo_tui.environment.modules import Module, find_modules
from appo_tui.environment.places import Place

DEFAULT_NAME = "production"


@dataclass(frozen=True, slots=True)
class Environment:
    """A directory of Puppet code: where its parts are, not what they say.

    Attributes:
        name: the environment's name, as Puppet's messages give it.
        root: its directory, absolute.
        modulepath: directories searched for modules.
        modules: the modules found there, by name.
        manifests: the top-level manifests, in the order in which Puppet reads them.
        manifest: the file or directory that environment.conf names for them.
    """

    name: str
    root: Path
    modulepath: tuple[Path, ...]
    modules: Mapping[str, Module]
    manifests: tuple[Path, ...]
    manifest: Path

    def files_defining(self, name: str) -> Iterator[Path]:
        """Existing files that may define a class, define or application, the most specific first."""
        return autoload.manifest_files(self.modules, name)

    def namespace_of(self, file: Path) -> str | None:
        """What names defined in ``file`` must begin with; None where the rule does not hold."""
        if file in self.manifests:
            return None
        return autoload.expected_namespace(self.modules, file)

    def type_alias_file(self, name: str) -> Path | None:
        """The file of a type alias, or None."""
        return autoload.type_alias_file(self.modules, self.root, name)

    def function_file(self, name: str) -> Path | None:
        """The file of a function written in Puppet, or None."""
        return autoload.function_file(self.modules, self.root, name)

    def ruby_function_file(self, name: str) -> Path | None:
        """The file of a function written in Ruby, or None."""
        return next(autoload.ruby_function_files(self.modules, self.root, name), None)

    def ruby_type_file(self, name: str) -> Path | None:
        """The file of a resource type, or None."""
        return autoload.ruby_type_file(self.modules, self.root, name)

    def has_provider(self, type_name: str) -> bool:
        """Whether a module brings a provider for this resource type."""
        return autoload.has_provider(self.modules, self.root, type_name)

    @property
    def hiera_configuration(self) -> Path | None:
        """The environment's hiera.yaml, or None."""
        file = self.root / "hiera.yaml"
        return file if file.is_file() else None


def read_environment(root: Path, name: str | None = None) -> Environment:
    """Find what an environment's directory holds.

    Args:
        root: the directory.
        name: its name for Puppet; ``production`` unless given.

    Raises:
        EnvironmentReadError: the directory is not there, or its environment.conf can't be read.
    """
    root = root.absolute()
    if not root.is_dir():
        raise EnvironmentReadError(
            f"There is no environment in {root}: no such directory.",
            "Give a directory that has an environment.conf, or manifests/ and modules/.",
            Place(str(root), 1),
        )
    configuration = read_configuration(root)
    return Environment(
        name=name or DEFAULT_NAME,
        root=root,
        modulepath=configuration.modulepath,
        modules=find_modules(configuration.modulepath),
        manifests=_manifests(configuration.manifest),
        manifest=configuration.manifest,
    )


def _manifests(manifest: Path) -> tuple[Path, ...]:
    if manifest.is_file():
        return (manifest,)
    if manifest.is_dir():
        return tuple(sorted(manifest.rglob("*.pp"), key=str))
    return ()


def find_environment(start: Path) -> Path | None:
    """The nearest directory, upward from ``start``, that is an environment; None if there is none.

    An environment has an environment.conf, or manifests/ beside modules/.
    """
    start = start.absolute()
    for directory in (start, *start.parents):
        has_both = (directory / "manifests").is_dir() and (directory / "modules").is_dir()
        if has_both or (directory / CONFIGURATION_FILE).is_file():
            return directory
    return None
