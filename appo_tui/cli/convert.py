"""`appo convert`: the environment written out for a Puppet 7 or 8 server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Parser
from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError

if TYPE_CHECKING:
    from appo_tui.environment import Environment
    from appo_tui.model.entities import Model

_CONFIGURATION = "modulepath = modules:$basemodulepath\nmanifest = manifests\n"
_COMPONENTS = "~components.pp"  # "~" sorts behind all other names: Puppet reads manifests in order
_HEAD = "# The components of each node with their resolved values. Written by appo convert: do not edit.\n"


def declare(family: Parser, _parents: Parser) -> None:
    """Declares the command."""
    family.description = (
        "Writes the environment to DIR so that a Puppet 7 or 8 server serves it: modules without "
        "orchestration statements, and for each node its components with their resolved values. What is "
        "secret is among them: only you may read DIR."
    )
    family.add_argument("DIR", type=Path, help="a directory that is not there yet, or empty")
    family.set_defaults(run=_convert)


def _convert(call: Call) -> int:
    from appo_tui.cli.job.options import refuse_faulty
    from appo_tui.environment import read_environment
    from appo_tui.session import read_model

    session = call.changing("a conversion")
    target: Path = call.options.DIR
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CommandError(f"{target} is there already and not empty", hint="choose another directory")
    environment = read_environment(session.root, session.environment)
    model = read_model(session)
    refuse_faulty(model)
    components = _components(model, declared_apart=_has_node_blocks(environment))
    os.umask(0o077)
    target.mkdir(parents=True, exist_ok=True)
    target.chmod(0o700)
    applications = {name.lower() for name in model.applications}
    for name, file in _files(environment, target):
        _write(target / name, _content(file, applications))
    _write(target / "environment.conf", _CONFIGURATION.encode())
    _write(target / "manifests" / _COMPONENTS, (_HEAD + components).encode())
    if call.output.as_json:
        call.output.json({"directory": str(target.absolute()), "nodes": list(model.nodes)})
    else:
        call.output.line(call.output.text(f"{len(model.nodes)} nodes are in {target}."))
    return 0


def _files(environment: Environment, target: Path) -> Iterator[tuple[str, Path]]:
    """Yields each file to write: its path in the new environment, and where it is now."""
    base = environment.manifest if environment.manifest.is_dir() else environment.manifest.parent
    for file in environment.manifests:
        yield f"manifests/{file.relative_to(base).as_posix()}", file
    for module in environment.modules.values():
        for file in _below(module.root, target):
            yield f"modules/{module.name}/{file.relative_to(module.root).as_posix()}", file
    taken = {"manifests", "modules", "environment.conf", *(path.name for path in environment.manifests)}
    taken |= {module.root.name for module in environment.modules.values()}
    for entry in sorted(environment.root.iterdir()):
        if entry.name in taken or entry.name.startswith(".") or entry.resolve() == target.resolve():
            continue
        for file in _below(entry, target) if entry.is_dir() else (entry,):
            yield file.relative_to(environment.root).as_posix(), file


def _below(directory: Path, target: Path) -> Iterator[Path]:
    """Yields a directory's files, without hidden ones, links, and what is written now."""
    for top, directories, names in os.walk(directory):
        directories[:] = sorted(
            name
            for name in directories
            if not name.startswith(".") and Path(top, name).resolve() != target.resolve()
        )
        for name in sorted(names):
            file = Path(top, name)
            if file.is_file() and not file.is_symlink():
                yield file


def _content(file: Path, applications: set[str]) -> bytes | Path:
    """Returns a manifest without orchestration; any other file as it is."""
    if file.suffix != ".pp":
        return file
    from appo_tui.jobs.bundle.blanking import blanked, needs_blanking
    from puppet_grammar import PuppetSyntaxError, parse

    text = file.read_bytes().decode("utf-8", errors="surrogateescape")
    if not needs_blanking(text, applications):
        return file
    try:
        program = parse(text, file=str(file))
    except PuppetSyntaxError:
        return file  # whoever needs it gets Puppet's own message
    return blanked(text, program, applications).encode("utf-8", errors="surrogateescape")


def _write(path: Path, content: bytes | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        shutil.copyfile(content, path)
        path.chmod(0o600 | content.stat().st_mode & 0o100)
        return
    path.write_bytes(content)
    path.chmod(0o600)


def _has_node_blocks(environment: Environment) -> bool:
    from puppet_grammar import PuppetSyntaxError, nodes, parse

    for file in environment.manifests:
        try:
            body = parse(file.read_bytes().decode("utf-8", errors="surrogateescape"), file=str(file)).body
        except PuppetSyntaxError:
            continue
        statements = body.statements if isinstance(body, nodes.BlockExpression) else (body,)
        if any(isinstance(each, nodes.NodeDefinition) for each in statements):
            return True
    return False


def _components(model: Model, *, declared_apart: bool) -> str:
    """Returns a node block for each node; where the environment has its own, a condition instead.

    Puppet applies one node block to a node, so that ours would replace the environment's.

    Raises:
        CommandError: a value can't be known before a run, so it can't be written down.
    """
    from appo_tui.jobs.bundle.components import node_statements
    from appo_tui.jobs.bundle.literals import literal
    from appo_tui.jobs.transport.prepared import PreparationError

    blocks = [] if declared_apart else ["node default {\n}\n"]
    for certname in model.nodes:
        try:
            body = node_statements(model, certname, availability=True)
        except PreparationError as error:
            raise CommandError(f"{certname} can't be converted: {error}") from error
        head = (
            f"if $trusted['certname'] == {literal(certname)}"
            if declared_apart
            else f"node {literal(certname)}"
        )
        blocks.append(f"{head} {{\n{body}\n}}\n")
    return "\n".join(blocks)
