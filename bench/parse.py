"""Times parsing: ours, Puppet's own and tree-sitter's, in one run on the same files.

``python -m bench.parse [--rounds N]``. Each round parses all manifests of the corpus with each parser in
turn, without a cache; the best round of each counts, in CPU seconds. Starting up, reading files and, for
Puppet, loading Ruby is not counted.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import puppet_grammar
from bench.corpus import corpus
from bench.puppet_parser import PuppetParser, PuppetUnavailableError
from puppet_grammar import PuppetSyntaxError, TreeCache

GOAL = 3.0
"""How many times Puppet's speed ours should have."""
LEAST = 2.5
CACHE_GOAL = 10.0
"""How many times faster a kept tree should be read than made."""

_KEPT = "ours, kept trees"

Texts = list[tuple[str, str]]


def main() -> int:
    """Prints the table; returns 1 if our parser is slower than it must be."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=7)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="appo-bench-") as directory:
        return _measure(rounds, TreeCache(Path(directory)))


def _measure(rounds: int, cache: TreeCache) -> int:
    files = corpus()
    contents = [path.read_bytes() for path in files]
    texts = [(content.decode(), str(path)) for path, content in zip(files, contents, strict=True)]
    kept = [(text, file) for text, file in texts if _keeps(cache, text, file)]
    parsers: dict[str, Callable[[], float]] = {
        "ours": lambda: _timed(_parse_all, texts),
        _KEPT: lambda: _timed(_read_all, cache, kept),
    }
    tree_sitter = _tree_sitter()
    if tree_sitter is not None:
        parsers["tree-sitter-puppet"] = lambda: _timed(_tree_sitter_all, tree_sitter, contents)
    try:
        with PuppetParser("bookworm") as puppet:
            placed = puppet.put(contents)
            parsers[f"Puppet {puppet.version}"] = lambda: puppet.seconds(placed)
            best = _best(parsers, rounds)
    except PuppetUnavailableError as error:
        print(f"Puppet's own parser is left out: {error}", file=sys.stderr)
        best = _best(parsers, rounds)
    refused = {"ours": _refused(texts)}
    if tree_sitter is not None:
        trees = map(tree_sitter.parse, contents)
        refused["tree-sitter-puppet"] = sum(tree.root_node.has_error for tree in trees)
    print(f"{len(files)} manifests, {sum(map(len, contents)) / 1e6:.2f} MB, best of {rounds} rounds")
    return _report(best, refused, sum(map(len, contents)))


def _parse_all(texts: Texts) -> list[Any]:
    trees = []
    for text, file in texts:
        try:
            trees.append(puppet_grammar.parse(text, file=file, language="7"))
        except PuppetSyntaxError:
            continue
    return trees


def _read_all(cache: TreeCache, texts: Texts) -> list[Any]:
    return [cache.parse(text, file) for text, file in texts]


def _refused(texts: Texts) -> int:
    return len(texts) - len(_parse_all(texts))


def _tree_sitter() -> Any:
    try:
        import tree_sitter
        import tree_sitter_puppet
    except ImportError:
        return None
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_puppet.language()))


def _tree_sitter_all(parser: Any, contents: list[bytes]) -> list[Any]:
    return [parser.parse(content) for content in contents]


def _timed(work: Callable[..., Any], *arguments: Any) -> float:
    gc.collect()
    started = time.process_time()
    kept = work(*arguments)
    seconds = time.process_time() - started
    del kept
    return seconds


def _best(parsers: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    best = dict.fromkeys(parsers, float("inf"))
    for _ in range(rounds):
        for name, seconds in parsers.items():
            best[name] = min(best[name], seconds())
    return best


def _report(best: dict[str, float], refused: dict[str, int], size: int) -> int:
    puppet = next((seconds for name, seconds in best.items() if name.startswith("Puppet")), None)
    print(f"{'parser':<22}{'CPU s':>8}{'KB/s':>9}{'x Puppet':>10}{'files refused':>15}")
    for name, seconds in best.items():
        times = f"{puppet / seconds:.2f}" if puppet else "-"
        speed = f"{size / 1000 / seconds:.0f}"
        print(f"{name:<22}{seconds:>8.3f}{speed:>9}{times:>10}{refused.get(name, '-'):>15}")
    cached = best["ours"] / best[_KEPT]
    print(f"a kept tree is read {cached:.1f} times faster than it is made (goal {CACHE_GOAL:.0f})")
    if puppet is None:
        return 0
    ratio = puppet / best["ours"]
    print(f"ours has {ratio:.2f} times Puppet's speed (goal {GOAL}, at least {LEAST})")
    return int(ratio < LEAST)


def _keeps(cache: TreeCache, text: str, file: str) -> bool:
    try:
        cache.parse(text, file)
    except PuppetSyntaxError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
