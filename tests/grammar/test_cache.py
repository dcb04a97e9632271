"""Trees that are kept between runs."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from puppet_grammar import PuppetSyntaxError, TreeCache, parse
from puppet_grammar.ruby_types import read_type

TEXT = "class a($x = 1) { file { '/x': mode => $x } }\n"


def kept(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


def test_a_tree_is_kept_and_read_back_equal(tmp_path: Path) -> None:
    assert TreeCache(tmp_path).parse(TEXT) == parse(TEXT)
    assert len(kept(tmp_path)) == 1
    assert TreeCache(tmp_path).parse(TEXT, "other/file.pp") == parse(TEXT)


def test_a_kept_tree_is_read_without_pyparsing(tmp_path: Path) -> None:
    TreeCache(tmp_path).parse(TEXT)
    code = (
        "import sys; from pathlib import Path; from puppet_grammar import TreeCache;"
        f"TreeCache(Path({str(tmp_path)!r})).parse({TEXT!r}); print('pyparsing' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    "damage", [b"", b"\x80\x04.", b"puppet_grammar tree 1\n\xc1", b"puppet_grammar tree 0\n"]
)
def test_a_damaged_or_foreign_file_is_replaced(tmp_path: Path, damage: bytes) -> None:
    cache = TreeCache(tmp_path)
    cache.parse(TEXT)
    (path,) = kept(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert cache.parse(TEXT) == parse(TEXT)
    assert path.read_bytes() == whole


def test_every_truncated_file_is_replaced(tmp_path: Path) -> None:
    cache = TreeCache(tmp_path)
    cache.parse(TEXT)
    (path,) = kept(tmp_path)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert cache.parse(TEXT) == parse(TEXT)
        assert path.read_bytes() == whole


def test_an_error_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(PuppetSyntaxError, match="Syntax error at"):
        TreeCache(tmp_path).parse("$x = = 1", "site.pp")
    assert not kept(tmp_path)


def test_a_directory_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert TreeCache(blocked).parse(TEXT) == parse(TEXT)


def test_text_that_utf_8_cannot_express_is_read_and_not_kept(tmp_path: Path) -> None:
    text = "$x = '\udcff'"
    assert TreeCache(tmp_path).parse(text) == parse(text)


def test_threads_share_a_directory(tmp_path: Path) -> None:
    texts = [f"$x = {number % 5}" for number in range(50)]
    cache = TreeCache(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(cache.parse, texts)) == [parse(text) for text in texts]
    assert len(kept(tmp_path)) == 5


def test_plans_and_manifests_of_the_same_text_are_kept_apart(tmp_path: Path) -> None:
    cache = TreeCache(tmp_path)
    assert cache.parse("plan", "m/manifests/init.pp") == parse("plan")
    with pytest.raises(PuppetSyntaxError):
        cache.parse("plan", "m/plans/init.pp")


def test_a_resource_type_is_kept_without_its_path_and_read_back_equal(tmp_path: Path) -> None:
    text = "Puppet::Type.newtype(:sql, :is_capability => true) do\n  newparam :host\nend\n"
    assert TreeCache(tmp_path).ruby_type(text, "a/sql.rb") == read_type(text, "a/sql.rb")
    assert b"a/sql.rb" not in kept(tmp_path)[0].read_bytes()
    assert TreeCache(tmp_path).ruby_type(text, "b/sql.rb") == read_type(text, "b/sql.rb")
    assert len(kept(tmp_path)) == 1
