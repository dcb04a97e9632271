"""Fetches the manifests of Debian's puppet-module-* packages: ``python -m bench.corpus [DIRECTORY]``.

They are what the parser is compared on with Puppet's own, in trees and in speed. The packages are fetched
with apt-get and unpacked without being installed; a directory that has them is used as it is.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

CORPUS_DIRECTORY = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "appo-corpus"
_COMPLETE = "complete"


class CorpusError(Exception):
    """The corpus could not be fetched; the text says what failed."""


def corpus(directory: Path = CORPUS_DIRECTORY) -> list[Path]:
    """Returns all manifests of the corpus, in order; fetches them if they are not there.

    Raises:
        CorpusError: apt-get is missing, or failed.
    """
    if not (directory / _COMPLETE).exists():
        _fetch(directory)
    return sorted(path for path in directory.glob("unpacked/**/*.pp") if path.is_file())


def type_files(directory: Path = CORPUS_DIRECTORY) -> list[Path]:
    """Returns all files of the corpus that define resource types, in order.

    Raises:
        CorpusError: apt-get is missing, or failed.
    """
    corpus(directory)
    return sorted(directory.glob("unpacked/**/lib/puppet/type/*.rb"))


def _fetch(directory: Path) -> None:
    packages = _packages()
    if not packages:
        _run(["apt-get", "update", "-qq"])
        packages = _packages()
    if not packages:
        raise CorpusError("apt-cache knows no puppet-module-* package")
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory) as downloads:
        # apt-get warns that its own user cannot write there, and downloads as root.
        _run(["apt-get", "download", "-qq", *packages], cwd=downloads)
        for package in sorted(Path(downloads).glob("*.deb")):
            unpacked = directory / "unpacked" / package.name.partition("_")[0]
            unpacked.mkdir(parents=True, exist_ok=True)
            _run(["dpkg-deb", "-x", str(package), str(unpacked)])
    (directory / _COMPLETE).touch()


def _packages() -> list[str]:
    found = _run(["apt-cache", "search", "--names-only", "^puppet-module-"])
    return sorted(line.split()[0] for line in found.splitlines())


def _run(command: list[str], cwd: str | None = None) -> str:
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    except FileNotFoundError as error:
        raise CorpusError(f"{command[0]} is not installed") from error
    except subprocess.CalledProcessError as error:
        raise CorpusError(f"{' '.join(command[:2])} failed: {error.stderr.strip()}") from error
    return done.stdout


def main() -> None:
    """Fetches the corpus and says how large it is."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("directory", nargs="?", type=Path, default=CORPUS_DIRECTORY)
    directory = arguments.parse_args().directory
    files = corpus(directory)
    size = sum(path.stat().st_size for path in files)
    print(f"{directory}: {len(files)} manifests, {size} bytes, {len(type_files(directory))} type files")


if __name__ == "__main__":
    main()
