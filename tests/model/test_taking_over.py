"""After a change only what depends on it is resolved again, and the digest tells every change of that."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from appo_tui.evaluator.manifests import ManifestCache
from appo_tui.evaluator.types import Integer, TypeAlias
from appo_tui.model.environment_compilation import EnvironmentCompilation
from appo_tui.model.node_compilation import NodeCompilation
from appo_tui.model.reuse.kept import ReadingCache
from tests.model.test_reading_again import CONTENTS, LAMP, PARTS, SITE, SQL, STORE, read, write

ALL_NODES = ["d", "e", "f", "g", "h", "w"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for file, contents in CONTENTS.items():
        write(tmp_path, file, contents[0])
    return tmp_path


@contextmanager
def resolved() -> Iterator[dict[str, list[str]]]:
    """Takes which nodes are compiled, and which instances' bodies are evaluated for the environment."""
    found: dict[str, list[str]] = {"nodes": [], "instances": []}
    compile_node, evaluate = NodeCompilation.compile, EnvironmentCompilation._evaluate_application

    def noting_node(self: NodeCompilation) -> None:
        found["nodes"].append(str(self.node.certname))
        compile_node(self)

    def noting_instance(self: EnvironmentCompilation, resource: object) -> None:
        found["instances"].append(resource.reference)  # type: ignore[attr-defined]
        evaluate(self, resource)  # type: ignore[arg-type]

    with (
        patch.object(NodeCompilation, "compile", noting_node),
        patch.object(EnvironmentCompilation, "_evaluate_application", noting_instance),
    ):
        yield found


EDITS = {
    "nothing": ({}, [], []),
    "a comment": ({"manifests/site.pp": f"{SITE}# said\n"}, [], []),
    "the body of a component": (
        {"modules/parts/manifests/store.pp": STORE.replace("notify { $title: }", "notice('other')")}, [], []
    ),
    "the parameters of a component": (
        {"modules/parts/manifests/store.pp": STORE.replace("$size = 1", "$size = 2")},
        ["Parts[c]", "Parts[e]"],
        ["f", "g", "h", "w"],
    ),
    "a mapping that comes to the same": (
        {"modules/parts/manifests/store.pp": STORE.replace('${size}" }', '${size}", }')},
        [],
        ["f", "g"],
    ),
    "a mapping": (
        {"modules/parts/manifests/store.pp": STORE.replace('"${label}-${size}"', '"${label}+1"')},
        [],
        ["f", "g", "h", "w"],
    ),
    "an application": (
        {"manifests/lamp.pp": LAMP.replace("$p = 1", "$p = 8")}, ["Lamp[a]", "Lamp[b]"], ["d", "e", "w"]
    ),
    "an application that comes to the same": (
        {"modules/parts/manifests/init.pp": PARTS.replace('-1"] }', '-1"] } # said')},
        ["Parts[c]", "Parts[e]"],
        [],
    ),
    "one of an application's components": (
        {"modules/parts/manifests/init.pp": PARTS.replace("consume => Sql", "q => 6, consume => Sql")},
        ["Parts[c]", "Parts[e]"],
        ["h", "w"],
    ),
    "an application that asks the node now": (
        {"modules/parts/manifests/init.pp": PARTS.replace("Integer[1", "$z = $::zone Integer[1")},
        ["Parts[c]", "Parts[e]"],
        ["f", "g", "h", "w"],
    ),
    "a resource type that stays what it is": (
        {"modules/parts/lib/puppet/type/sql.rb": f"{SQL}# said\n"}, [], []
    ),
    "an instance": ({"manifests/site.pp": SITE.replace("p => 2", "p => 3")}, ["Lamp[b]"], ["e", "w"]),
    "an instance that is added": (
        {"manifests/site.pp": SITE.replace(
            "}\n}\n", "}\n  lamp { 'n': nodes => { Node['i'] => [Db['n'], Web['n']] } }\n}\n"
        )},
        ["Lamp[n]"],
        ["i"],
    ),
    "a node's facts": ({"facts.yaml": "d: {zone: x, size: 1}\nf: {size: 2}\n"}, [], ["f"]),
    "data that nothing asks for": ({"data/all.yaml": "k: another\n"}, [], []),
    "a module that nothing asks for": ({"modules/parts/templates/t.epp": "other"}, [], []),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_only_what_depends_on_a_change_is_resolved_again(root: Path, edit: str) -> None:
    written, instances, nodes = EDITS[edit]
    cache = ReadingCache()
    read(root, cache)
    for file, content in written.items():
        write(root, file, content)
    with resolved() as found:
        model = read(root, cache)
    assert (sorted(found["instances"]), sorted(found["nodes"])) == (instances, nodes)
    assert model == read(root, ManifestCache())


def test_data_is_looked_up_again_only_where_it_was_looked_up_before(root: Path) -> None:
    write(root, "manifests/lamp.pp", LAMP.replace("$p = 1", "$p = lookup('k')"))
    write(root, "data/d.yaml", "k: of d\n")
    cache = ReadingCache()
    read(root, cache)
    write(root, "data/all.yaml", "k: changed\n")
    with resolved() as found:
        model = read(root, cache)
    assert found["instances"] == ["Lamp[a]"]
    assert sorted(found["nodes"]) == ["d", "w"]
    assert model == read(root, ManifestCache())


def test_what_was_taken_over_before_a_fault_is_taken_over_after_it(root: Path) -> None:
    cache = ReadingCache()
    read(root, cache)
    write(root, "manifests/site.pp", SITE[:-4])
    assert [item.severity for item in read(root, cache).diagnostics][:1] == ["error"]
    write(root, "manifests/site.pp", SITE.replace("p => 2", "p => 3"))
    with resolved() as found:
        read(root, cache)
    assert sorted(found["nodes"]) == ["e", "w"]


def test_a_reading_that_may_be_wrong_is_done_from_scratch(root: Path) -> None:
    cache = ReadingCache()
    read(root, cache)
    write(root, "manifests/site.pp", f"{SITE}Db['a'] -> Db['b']\n")
    with resolved() as found:
        read(root, cache)
    assert sorted(found["nodes"])[-6:] == ALL_NODES


USES = {
    "modules/parts/templates/t.epp": "$size = epp('parts/t')",
    "modules/parts/files/f": "$size = file('parts/f')",
    "modules/parts/functions/label.pp": "$size = parts::label('y')",
    "modules/parts/types/word.pp": "Parts::Word $size = 'w'",
    "modules/parts/types/other.pp": "Parts::Other $size = 'w'",
    "modules/parts/lib/puppet/functions/made.rb": "$size = made(1)",
    "modules/parts/metadata.json": "$size = load_module_metadata('parts')",
    "modules/parts/lib/puppet/provider/sql/x.rb": "$size = 1",
    "modules/parts/lib/puppet/type/sql.rb": "$size = 1",
    "data/all.yaml": "$size = lookup('k')",
    "data/f.yaml": "$size = lookup('k')",
    "hiera.yaml": "$size = lookup('k')",
    "modules/parts/hiera.yaml": "$size = lookup('parts::k', undef, undef, 1)",
}


@pytest.mark.parametrize("file", USES)
def test_the_digest_tells_a_change_of_whatever_was_looked_at(root: Path, file: str) -> None:
    write(root, "modules/parts/manifests/store.pp", STORE.replace("$size = 1", USES[file]))
    write(root, "modules/parts/lib/puppet/parser/functions/load_module_metadata.rb", "# as stdlib has it")
    before = read(root, ManifestCache())
    path = root / file
    write(root, file, f"{path.read_text()}# x\n" if path.is_file() else "# x\n")
    after = read(root, ManifestCache())
    assert after.digest != before.digest


@pytest.mark.parametrize("file", ["modules/parts/templates/t.epp", "modules/parts/manifests/init.pp.orig"])
def test_the_digest_does_not_tell_changes_of_what_nothing_asks_for(root: Path, file: str) -> None:
    before = read(root, ManifestCache())
    write(root, file, "changed")
    assert read(root, ManifestCache()).digest == before.digest


def test_a_type_alias_that_a_node_came_to_can_be_resolved_when_all_is_read(root: Path) -> None:
    write(root, "manifests/sizes.pp", "type Size = Integer[1, 9]\n")
    write(root, "modules/parts/manifests/store.pp", STORE.replace("$size = 1", "$size = Size"))
    size = read(root, ManifestCache()).components["Parts::Store[c-1]"].parameters["size"].value
    assert isinstance(size, TypeAlias)
    assert size.resolve() == Integer(1, 9)


def test_no_compilation_of_a_node_waits_for_the_collector_of_cycles(root: Path) -> None:
    gc.collect()
    gc.disable()
    try:
        read(root, ManifestCache())
        left = [item for item in gc.get_objects() if isinstance(item, NodeCompilation)]
    finally:
        gc.enable()
    assert left == []


def test_what_asks_for_a_definition_that_can_not_be_read_any_more_is_resolved_again(root: Path) -> None:
    definitions = (root / "manifests/types.pp").read_text().replace("Optional[Parts::Word] ", "")
    write(root, "manifests/types.pp", definitions)
    cache = ReadingCache()
    read(root, cache)
    write(root, "manifests/types.pp", definitions.replace("$w", "Gone $w"))
    model = read(root, cache)
    assert "Resource type not found: Db" in model.diagnostics[0].message
    assert model == read(root, ManifestCache())
