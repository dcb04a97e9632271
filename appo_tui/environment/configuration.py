"""environment.conf: where an environment keeps its modules and manifests.

Puppet's manual, "Config files: environment.conf": an ini file without sections; relative paths are
relative to the environment's directory; ``$basemodulepath`` stands for the machine's own modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from appo_tui.environment.faults import EnvironmentReadError
from appo_tui.environment.places import Place

CONFIGURATION_FILE = "environment.conf"
DEFAULT_MODULEPATH = "modules:$basemodulepath"
DEFAULT_MANIFEST = "manifests"
BASE_MODULEPATH = (
    "/etc/puppetlabs/code/modules",
    "/opt/puppetlabs/puppet/modules",
    "/etc/puppet/code/modules",
    "/usr/share/puppet/modules",
)
"""``$basemodulepath`` of Puppet's own packages and of Debian's; those that exist are used."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What environment.conf says, paths absolute.

    Attributes:
        modulepath: directories of modules in the order of search; they need not exist.
        manifest: a file, or a directory of manifests.
    """

    modulepath: tuple[Path, ...]
    manifest: Path


def read_configuration(root: Path) -> Configuration:
    """Read ``root``/environment.conf; what it does not say has Puppet's defaults.

    Raises:
        EnvironmentReadError: the file can't be read as text.
    """
    settings = _read_settings(root / CONFIGURATION_FILE)
    entries = settings.get("modulepath", DEFAULT_MODULEPATH).split(":")
    modulepath: list[Path] = []
    for entry in entries:
        directories = BASE_MODULEPATH if entry.strip() == "$basemodulepath" else (entry.strip(),)
        modulepath.extend(_absolute(root, directory) for directory in directories if directory)
    manifest = settings.get("manifest", DEFAULT_MANIFEST)
    return Configuration(tuple(dict.fromkeys(modulepath)), _absolute(root, manifest))


def _absolute(root: Path, directory: str) -> Path:
    directory = directory.replace("${environment}", root.name).replace("$environment", root.name)
    return Path(directory) if directory.startswith("/") else _joined(root, directory)


def _joined(root: Path, directory: str) -> Path:
    parts = [part for part in directory.split("/") if part not in ("", ".")]
    return root.joinpath(*parts)


def _read_settings(file: Path) -> dict[str, str]:
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentReadError(
            f"environment.conf can't be read: {error}", "Make it a readable UTF-8 file.", Place(str(file), 1)
        ) from error
    settings: dict[str, str] = {}
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith(("#", ";", "[")):
            continue
        name, separator, value = stripped.partition("=")
        if separator:
            settings[name.strip()] = value.strip().strip("\"'")
    return settings
