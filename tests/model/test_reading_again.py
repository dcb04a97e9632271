"""A model that is read again after changes is the one that is read from scratch."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appo_tui.environment import read_environment, read_facts_file
from appo_tui.evaluator.manifests import ManifestCache
from appo_tui.model import read_model
from appo_tui.model.entities import Model
from appo_tui.model.reuse.kept import ReadingCache
from appo_tui.model.sharing import body_sharing

SQL = """Puppet::Type.newtype :sql, :is_capability => true do
  newparam :name, :is_namevar => true
  newparam :host
end
"""
LAMP = """application lamp($p = 1, $zone = $::zone) {
  db { $name: zone => $::zone, export => Sql[$name] }
  web { $name: consume => Sql[$name] }
}
"""
PARTS = """application parts($n = 1, $label = '') {
  Parts::Web { q => 5 }
  Integer[1, $n].each |$i| { parts::store { "${name}-${i}": label => $label, export => Sql["${name}-${i}"] } }
  parts::web { $name: consume => Sql["${name}-1"] }
}
"""
STORE = """define parts::store($label = parts::label('x'), $size = 1) { notify { $title: } }
Parts::Store produces Sql { host => "${label}-${size}" }
"""
SITE = """$top = 'top'
site {
  lamp { 'a': nodes => { Node['d'] => Db['a'], Node['w'] => Web['a'] } }
  lamp { 'b': p => 2, nodes => { Node['e'] => Db['b'], Node['w'] => Web['b'] } }
  parts { 'c': label => $top, nodes => { Node['f'] => Parts::Store['c-1'], Node['w'] => Parts::Web['c'] } }
  parts { 'e': nodes => { Node['g'] => Parts::Store['e-1'], Node['h'] => Parts::Web['e'] } }
}
"""
CONTENTS = {
    "manifests/site.pp": (
        SITE,
        SITE.replace("p => 2", "p => 3"),
        SITE.replace("label => $top", "label => $::zone"),
        SITE.replace("$top = 'top'", "$top = 'other'"),
        SITE.replace("$top = 'top'", "$top = 'top' Db { zone => 'default' }"),
        SITE.replace("site {\n", "site {\n  Lamp { p => 9 }\n"),
        SITE.replace("site {\n", "site {\n  if $::zone == 'x' { notice('x') }\n"),
        SITE.replace("  lamp { 'b'", "  lamp { 'z'"),
        SITE.replace("Node['w'] => Web['b']", "Node['d'] => Web['b']"),
        SITE.replace("}\n}\n", "}\n  lamp { 'n': nodes => { Node['h'] => [Db['n'], Web['n']] } }\n}\n"),
        SITE + "node default { $zone = 'of the block' }\n",
        SITE + "# only said\n",
        SITE.replace("lamp { 'a'", "\n  lamp { 'a'"),
        SITE + "Db['a'] -> Db['b']\n",
        "site { lamp { 'a': nodes => { Node['d'] => [Db['a'], Web['a']] } } }\n",
        "site { lamp { 'a': nodes => { ",
        None,
    ),
    "manifests/more.pp": (
        None, "$zone = 'top'\n", "define unused() { }\n", "$x = )\n",
        "function parts::label($x) { \"top ${x}\" }\n", "Db produces Sql { host => 'second' }\n",
    ),
    "manifests/lamp.pp": (
        LAMP,
        LAMP.replace("$p = 1", "$p = 7"),
        LAMP.replace("db {", "# moved\n  db {"),
        LAMP.replace("zone => $::zone, export", "zone => lookup('k', undef, undef, 'none'), export"),
        LAMP.replace("zone => $::zone, export", "zone => epp('parts/t'), export"),
        LAMP.replace("zone => $::zone", "zone => defined(Db['a'])"),
        LAMP.replace("web { $name:", "include parts\n  web { $name:"),
        LAMP.replace("  web {", "  Db <| |> { zone => 'collected' }\n  web {"),
        LAMP.replace("  web {", "  Db[$name] -> Web[$name]\n  web {"),
        LAMP.replace("  web {", "  if $::zone == 'x' { $y = 1 }\n  web {"),
        "application lamp() {\n  if $::zone == 'x' { db { $name: export => Sql[$name] } }\n}\n",
        None,
    ),
    "manifests/types.pp": (
        """define db($zone = 'none', $host = 'h') { }
        Db produces Sql { }
        define web($host, Optional[Parts::Word] $w = undef) { }
        Web consumes Sql { }""",
        """define db($zone = 'none', $host = 'h') { notify { 'x': } }
        Db produces Sql { }
        define web($host, Optional[Parts::Word] $w = undef) { }
        Web consumes Sql { }""",
        """define db($zone = 'else', $host = lookup('k', undef, undef, 'no')) { }
        Db produces Sql { host => "${host}!" }
        define web($host, $port = 1) { }
        Web consumes Sql { }""",
        """define db($zone = 'none', $host = 'h') { }
        Db produces Sql { host => $::zone }
        define web($host, $w = 'x') { }
        Web consumes Sql { w => "${host}${::zone}" }""",
        "define db($zone = 1) { }\nDb produces Sql { }\n",
    ),
    "modules/parts/manifests/init.pp": (
        PARTS,
        PARTS.replace("q => 5", "q => 6"),
        PARTS.replace("$n = 1", "$n = 2"),
        PARTS.replace('-1"] }', '-1"] } # said'),
        PARTS.replace("consume => Sql", "q => 7, consume => Sql"),
        PARTS.replace("Integer[1", "$z = $::zone Integer[1"),
        PARTS.replace("Integer[1", "if $::zone == 'x' { notice('x') } Integer[1"),
        PARTS.replace("{ label => $label", "{ size => $::zone"),
        PARTS + "class parts { }\n",
        "class parts { }\n" + PARTS,
    ),
    "modules/parts/manifests/store.pp": (
        STORE,
        STORE.replace("notify { $title: }", "notify { $title: message => 'other' }"),
        STORE.replace("$size = 1", "$size = $::size"),
        STORE.replace("$size = 1", "Parts::Word $size = 'w'"),
        STORE.replace("${label}-", "${label}+"),
        STORE.replace("$size = 1", "$size = lookup('k', undef, undef, 'no')"),
        STORE.replace("$size = 1", "$size = file('parts/f')"),
        STORE.replace("$size = 1", "$size = made(1)"),
        None,
    ),
    "modules/parts/manifests/web.pp": (
        "define parts::web($host, $q = 1) { }\nParts::Web consumes Sql { }\n",
        "define parts::web($host, $q = 3) { }\nParts::Web consumes Sql { host => 'fixed' }\n",
        "define parts::web($host, $q) { }\n",
        None,
    ),
    "modules/parts/functions/label.pp": (
        "function parts::label($x) { \"l-${x}\" }\n", "function parts::label($x) { \"m-${x}\" }\n", None
    ),
    "modules/parts/types/word.pp": (
        "type Parts::Word = String\n", "type Parts::Word = Variant[String, Integer]\n",
        "type Parts::Word = Parts::Other\n", None,
    ),
    "modules/parts/types/other.pp": (
        "type Parts::Other = String[1]\n", "type Parts::Other = Integer\n", None,
    ),
    "modules/parts/templates/t.epp": ("of <%= $::zone %>", "from <%= $top %>", None),
    "modules/parts/files/f": ("one", "two", None),
    "modules/parts/lib/puppet/functions/made.rb": (None, "Puppet::Functions.create_function(:made) {}"),
    "modules/parts/metadata.json": ("{}", '{"version": "2"}', None),
    "modules/parts/lib/puppet/provider/sql/x.rb": (None, "Puppet::Type.type(:sql).provide(:x)"),
    "modules/parts/lib/puppet/type/sql.rb": (
        SQL,
        SQL.replace(":host", ":port"),
        SQL.replace(":is_capability => true", ":is_capability => false"),
        "Puppet::Type.newtype",
        None,
    ),
    "modules/added/manifests/init.pp": (None, "class added { }\n"),
    "modules/parts/hiera.yaml": (None, "version: 5\nhierarchy: [{name: a, path: all.yaml}]\n"),
    "hiera.yaml": (
        "version: 5\nhierarchy: [{name: n, path: '%{trusted.certname}.yaml'}, {name: a, path: all.yaml}]\n",
        "version: 5\nhierarchy: [{name: all, path: all.yaml}]\n",
        "version: 5\nhierarchy: [{name: all, glob: '*.yaml'}]\n",
        None,
    ),
    "data/all.yaml": ("k: common\n", "k: another\n", "k: [1, 2]\n", None),
    "data/d.yaml": ("k: of d\n", "j: 1\n", None),
    "data/f.yaml": (None, "k: 1\n", "k: true\n"),
    "environment.conf": (None, "modulepath = modules\n", "manifest = manifests/site.pp\n"),
    "facts.yaml": (
        "d: {zone: x, size: 1}\nf: {size: 1}\n", "d: {zone: x, size: 1}\nf: {size: true}\n",
        "d: {zone: x}\nw: {zone: y}\n", "d: {zone: y}\n", "w: {}\n", "{}\n",
    ),
}  # fmt: skip
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


def parts(model: Model) -> tuple[Iterable[str], ...]:
    return model.applications, model.instances, model.components, model.service_resources, model.nodes


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(EDIT, min_size=1, max_size=8), enough=st.sampled_from((0, 8)))
def test_after_any_edits_the_model_is_as_if_read_from_scratch(
    edits: list[tuple[str, str | None]], enough: int
) -> None:
    cache = ReadingCache()
    with patch.object(body_sharing, "ENOUGH_SITES", enough), tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for file, contents in CONTENTS.items():
            write(root, file, contents[0])
        read(root, cache)
        for file, content in edits:
            write(root, file, content)
            again, anew = read(root, cache), read(root, ManifestCache())
            assert again == anew
            assert [list(of) for of in parts(again)] == [list(of) for of in parts(anew)]


def test_only_the_changed_file_is_read_again(tmp_path: Path) -> None:

    for file, contents in CONTENTS.items():
        write(tmp_path, file, contents[0])
        if contents[0] is not None:
            os.utime(tmp_path / file, (1, 1))  # long ago: a file that was changed just now is read once more
    cache = ReadingCache()
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
