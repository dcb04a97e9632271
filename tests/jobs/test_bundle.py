from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import puppet_grammar
from appo_tui.environment import NO_FACTS, read_environment
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.types.compounds import ResourceType
from appo_tui.evaluator.values import Regexp, Sensitive, Unknown
from appo_tui.jobs.bundle.building import Builder
from appo_tui.jobs.bundle.components import node_manifest, node_secrets
from appo_tui.jobs.bundle.literals import literal
from appo_tui.jobs.request import JobOptions
from appo_tui.jobs.transport.prepared import NodeHello, PreparationError
from appo_tui.model import read_model
from appo_tui.model.entities import Model

FILES = {
    "environment.conf": "modulepath = modules\nmanifest = manifests\n",
    "manifests/site.pp": (
        "site {\n  shop { 'a': secret => 'hunter22', nodes => {\n"
        "    Node['db1.x'] => Shop::Db['a'], Node['web1.x'] => Shop::Web['a'] } }\n}\n"
        "node 'web1.x' { include helped }\nnode default { }\n"
    ),
    "modules/shop/manifests/init.pp": (
        "application shop (String $secret) {\n"
        "  shop::db { $name: password => $secret, export => Sql[$name] }\n"
        "  shop::web { $name: consume => Sql[$name] }\n}\n"
    ),
    "modules/shop/manifests/db.pp": (
        "define shop::db ($password, $size = 1) { }\nShop::Db produces Sql { password => $password }\n"
    ),
    "modules/shop/manifests/web.pp": "define shop::web ($password) { }\nShop::Web consumes Sql { }\n",
    "modules/shop/lib/puppet/type/sql.rb": (
        "Puppet::Type.newtype :sql, :is_capability => true do\n"
        "  newparam :name, :namevar => true\n  newparam :password\nend\n"
    ),
    "modules/helped/manifests/init.pp": "class helped { $x = deep_helper(1) }\n",
    "modules/deep/lib/puppet/functions/deep_helper.rb": "Puppet::Functions.create_function(:deep_helper)\n",
    "modules/alone/manifests/init.pp": "class alone { }\n",
    "modules/shop/spec/secret_spec.rb": "x\n",
    "hiera.yaml": (
        "version: 5\nhierarchy:\n  - name: n\n"
        "    paths: ['nodes/%{fqdn}.yaml', 'os/%{facts.os.family}.yaml']\n"
    ),
    "data/nodes/db1.x.yaml": "k: db\n",
    "data/nodes/web1.x.yaml": "k: web\n",
    "data/os/Debian.yaml": "k: d\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / "env" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "env"


def built(root: Path) -> tuple[Model, Builder]:
    environment = read_environment(root)
    model = read_model(environment, NO_FACTS)
    return model, Builder(model, environment, NO_FACTS, JobOptions())


def paths(builder: Builder, certname: str, version: str = "7.23.0") -> set[str]:
    bundle = builder.prepare(certname, NodeHello("/s", "/usr/bin/puppet", version)).bundle
    assert bundle is not None
    return {path.removeprefix("environments/production/") for path in bundle.files}


def test_a_node_gets_the_modules_that_its_catalog_reaches_and_no_others(root: Path) -> None:
    _, builder = built(root)
    db, web = paths(builder, "db1.x"), paths(builder, "web1.x")
    assert {path.split("/")[1] for path in db if path.startswith("modules/")} == {"shop"}
    assert {path.split("/")[1] for path in web if path.startswith("modules/")} == {"shop", "helped", "deep"}


def test_a_node_gets_no_data_of_another(root: Path) -> None:
    _, builder = built(root)
    assert {path for path in paths(builder, "db1.x") if path.startswith("data/")} == {
        "data/nodes/db1.x.yaml", "data/os/Debian.yaml",
    }  # fmt: skip


def test_tests_of_modules_stay_at_home(root: Path) -> None:
    _, builder = built(root)
    assert not any("spec" in path for path in paths(builder, "db1.x"))


def test_a_module_file_that_links_out_of_its_module_is_not_sent(root: Path) -> None:
    (root / "modules/shop/files").mkdir()
    (root / "modules/shop/files/passwd").symlink_to("/etc/passwd")
    _, builder = built(root)
    assert not any("passwd" in path for path in paths(builder, "db1.x"))


def test_only_puppets_with_the_language_get_types_without_their_capability_flag(root: Path) -> None:
    _, builder = built(root)
    key = "environments/production/modules/shop/lib/puppet/type/sql.rb"
    contents = {}
    for version in ("5.5.22", "8.10.0"):
        bundle = builder.prepare("db1.x", NodeHello("/s", "/p", version)).bundle
        assert bundle is not None
        content = bundle.files[key]
        contents[version] = content if isinstance(content, bytes) else content.read_bytes()
    assert b"is_capability" not in contents["5.5.22"]
    assert contents["5.5.22"].startswith(b"Puppet::Type.newtype :sql  ")
    assert b"is_capability" in contents["8.10.0"]


def test_the_producer_declares_its_component_before_its_service_resource(root: Path) -> None:
    model, _ = built(root)
    assert node_manifest(model, "db1.x", availability=True) == (
        "define appo_tui_components {\n"
        "  shop::db { 'a':\n    password => 'hunter22',\n  }\n"
        "  sql { 'a':\n    password => 'hunter22',\n  }\n"
        "  Shop::Db['a'] -> Sql['a']\n}\n"
        "appo_tui_components { 'db1.x': }\n"
    )


def test_the_consumer_declares_what_it_consumes_before_itself(root: Path) -> None:
    model, _ = built(root)
    manifest = node_manifest(model, "web1.x", availability=True)
    assert manifest.index("sql { 'a':") < manifest.index("shop::web { 'a':")
    assert "  Sql['a'] -> Shop::Web['a']\n" in manifest


def test_a_password_is_a_secret_of_the_nodes_that_know_it(root: Path) -> None:
    model, _ = built(root)
    assert "hunter22" in node_secrets(model, "db1.x")
    assert "hunter22" in node_secrets(model, "web1.x")


def test_site_code_of_other_nodes_stays_at_home(root: Path) -> None:
    _, builder = built(root)
    prepared = builder.prepare("db1.x", NodeHello("/s", "/p", "7.23.0"))
    assert b"helped" not in prepared.manifests["site.pp"]
    assert b"hunter22" not in prepared.manifests["site.pp"]
    assert list(prepared.manifests) == ["site.pp", "~components.pp"]


def test_a_manifest_is_parsed_once_for_all_nodes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, builder = built(root)
    parsed: list[str] = []
    parse = puppet_grammar.parse

    def counted(text: str, file: str) -> puppet_grammar.nodes.Program:
        parsed.append(Path(file).name)
        return parse(text, file=file)

    monkeypatch.setattr(puppet_grammar, "parse", counted)
    for certname in ("db1.x", "web1.x", "other.x"):
        builder.prepare(certname, NodeHello("/s", "/usr/bin/puppet", "7.23.0"))
    assert parsed.count("site.pp") == 1


def test_what_stands_behind_the_last_statement_is_not_sent(root: Path) -> None:
    (root / "manifests/site.pp").write_text("$a = 1\n" + FILES["manifests/site.pp"].partition("node '")[0])
    _, builder = built(root)
    made = builder.prepare("db1.x", NodeHello("/s", "/usr/bin/puppet", "7.23.0"))
    assert made.manifests["site.pp"] == b"$a = 1\n"


def test_puppet_8_gets_the_options_that_old_code_needs(root: Path) -> None:
    _, builder = built(root)
    new = builder.prepare("db1.x", NodeHello("/s", "/p", "8.10.0")).arguments
    old = builder.prepare("db1.x", NodeHello("/s", "/p", "5.5.22")).arguments
    assert {"--include_legacy_facts", "--strict=warning", "--no-strict_variables"} <= set(new)
    assert "--include_legacy_facts" not in old


def test_a_certname_with_capitals_goes_only_where_puppet_takes_it(root: Path) -> None:
    site = root / "manifests/site.pp"
    site.write_text(site.read_text().replace("db1.x", "DB1"))
    _, builder = built(root)
    words = builder.prepare("DB1", NodeHello("/s", "/p", "7.23.0")).arguments
    assert words[words.index("--node_name_value") + 1] == "DB1"
    assert "--certname" not in words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "undef"),
        (True, "true"),
        (-3, "(-3)"),
        (1.5, "1.5"),
        ("it's $x", "'it\\'s $x'"),
        ("two\nlines $x", '"two\\nlines \\$x"'),
        (("a", 1), "['a', 1]"),
        ({"k": ("v",)}, "{'k' => ['v']}"),
        (Sensitive("s"), "Sensitive.new('s')"),
        (Regexp("a'b"), "Regexp['a\\'b']"),
        (ResourceType("Http", "w-1"), "Http['w-1']"),
    ],
)
def test_a_value_is_written_so_that_puppet_reads_it_back(value: object, text: str) -> None:
    assert literal(value) == text


def test_a_value_that_is_not_known_is_refused_with_its_reason() -> None:
    with pytest.raises(PreparationError, match="can't be known before the run: fact"):
        literal(("a", Unknown("fact x")))


def test_a_component_with_an_unknown_parameter_is_named(root: Path) -> None:
    from dataclasses import replace

    model, _ = built(root)
    component = model.components["Shop::Db[a]"]
    password = component.parameters["password"]
    given = msgspec.structs.replace(password, value=Unknown("why"), origin=Origin(OriginKind.GIVEN))
    broken = msgspec.structs.replace(component, parameters={"password": given})
    model = replace(model, components={**model.components, "Shop::Db[a]": broken})
    with pytest.raises(PreparationError, match=r"Shop::Db\[a\] needs the value of password, but .*why"):
        node_manifest(model, "db1.x", availability=True)
