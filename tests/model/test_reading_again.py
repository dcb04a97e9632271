"""A model that is read again after changes is the one that is read from scratch."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appo_tui.environment import read_environment, read_facts_file
from appo_tui.evaluator.manifests import ManifestCache
from appo_tui.model import read_model
from appo_tui.model.entities import Model

SQL = """Puppet::Type.newtype :sql, :is_capability => true do
  newparam :name, :is_namevar => true
  newparam :host
end
"""
CONTENTS = {
    "manifests/site.pp": (
        "site { lamp { 'a': nodes => { Node['d'] => Db['a'], Node['w'] => Web['a'] } } }\n",
        "site { lamp { 'b': nodes => { Node['d'] => Db['b'], Node['w'] => Web['b'] } } }\n",
        "site { lamp { 'a': nodes => { Node['d'] => [Db['a'], Web['a']] } } }\n",
        "$port = 7\nsite { lamp { 'a': nodes => { Node['w'] => Db['a'], Node['d'] => Web['a'] } } }\n",
        "site { lamp { 'a': nodes => { ",
        None,
    ),
    "manifests/more.pp": (None, "$zone = 'top'\n", "define unused() { }\n", "$x = )\n"),
    "modules/parts/manifests/init.pp": ("class parts { }\n", None),
    "modules/lamp/manifests/init.pp": (None,),
    "manifests/lamp.pp": (
        """application lamp($p = 1) {
          db { $name: zone => $::zone, export => Sql[$name] }
          web { $name: consume => Sql[$name] }
        }""",
        """application lamp($p = 2) {
          db { $name: zone => lookup('k'), export => Sql[$name] }
          parts::web { $name: consume => Sql[$name] }
        }""",
        "application lamp() {\n  if $::zone == 'x' { db { $name: export => Sql[$name] } }\n}\n",
        None,
    ),
    "manifests/types.pp": (
        """define db($zone = 'none', $host = 'h') { }
        Db produces Sql { }
        define web($host) { }
        Web consumes Sql { }""",
        """define db($zone = 'else', $host = lookup('k')) { }
        Db produces Sql { host => "${host}!" }
        define web($host, $port = 1) { }
        Web consumes Sql { }""",
        "define db($zone = 1) { }\nDb produces Sql { }\n",
    ),
    "modules/parts/manifests/web.pp": (
        "define parts::web($host) { }\nParts::Web consumes Sql { }\n",
        "define parts::web($host, $q = 3) { }\nParts::Web consumes Sql { host => 'fixed' }\n",
        None,
    ),
    "modules/parts/lib/puppet/type/sql.rb": (
        SQL,
        SQL.replace(":host", ":port"),
        SQL.replace(":is_capability => true", ":is_capability => false"),
        "Puppet::Type.newtype",
        None,
    ),
    "hiera.yaml": (
        "version: 5\nhierarchy: [{name: n, path: '%{trusted.certname}.yaml'}, {name: a, path: all.yaml}]\n",
        "version: 5\nhierarchy: [{name: all, path: all.yaml}]\n",
        None,
    ),
    "data/all.yaml": ("k: common\n", "k: another\n", "k: [1, 2]\n", None),
    "data/d.yaml": ("k: of d\n", "j: 1\n", None),
    "facts.yaml": ("{}\n", "d: {zone: x}\nw: {zone: y}\n", "d: {zone: y}\n", "w: {}\n"),
}
EDIT = st.sampled_from(sorted(CONTENTS)).flatmap(
    lambda file: st.tuples(st.just(file), st.sampled_from(CONTENTS[file]))
)


def write(root: Path, file: str, content: str | None) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(content)


def read(root: Path, cache: ManifestCache) -> Model:
    return read_model(read_environment(root), read_facts_file(root / "facts.yaml"), cache=cache)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(EDIT, min_size=1, max_size=8))
def test_after_any_edits_the_model_is_as_if_read_from_scratch(edits: list[tuple[str, str | None]]) -> None:
    cache = ManifestCache()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for file, contents in CONTENTS.items():
            write(root, file, contents[0])
        read(root, cache)
        for file, content in edits:
            write(root, file, content)
            assert read(root, cache) == read(root, ManifestCache())


def test_only_the_changed_file_is_read_again(tmp_path: Path) -> None:

    for file, contents in CONTENTS.items():
        write(tmp_path, file, contents[0])
        if contents[0] is not None:
            os.utime(tmp_path / file, (1, 1))  # long ago: a file that was changed just now is read once more
    cache = ManifestCache()
    read(tmp_path, cache)
    write(tmp_path, "manifests/lamp.pp", CONTENTS["manifests/lamp.pp"][2])
    opened: list[str] = []
    of_path = Path.read_text

    def noted(path: Path, *arguments: object, **options: object) -> str:
        opened.append(path.name)
        return of_path(path, *arguments, **options)  # type: ignore[arg-type]

    with patch.object(Path, "read_text", noted):
        read(tmp_path, cache)
    assert [name for name in opened if name.endswith((".pp", ".rb"))] == ["lamp.pp"]
