"""The parser against Puppet's own, on all Puppet code that Debian has, and on mistakes made in it.

Both sides run in one process each. Needs root and the images of the test hosts, and fetches the corpus with
apt-get; see bench/corpus.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bench.corpus import CorpusError, corpus, type_files
from bench.puppet_parser import PuppetParser, PuppetUnavailableError, Verdict
from puppet_grammar import Issue, PuppetSyntaxError, Source, decode, parse, to_pn, validate
from puppet_grammar.ruby_types import read_type
from tests.grammar.mutation import mutants

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MUTANTS = 600
LARGEST_MUTANT = 12_000


def _puppet(suite: str) -> Iterator[PuppetParser]:
    try:
        with PuppetParser(suite) as parser:
            yield parser
    except PuppetUnavailableError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def puppet_7() -> Iterator[PuppetParser]:
    yield from _puppet("bookworm")


@pytest.fixture(scope="module")
def puppet_5() -> Iterator[PuppetParser]:
    yield from _puppet("bullseye")


@pytest.fixture(scope="module")
def manifests() -> list[Path]:
    try:
        return corpus()
    except CorpusError as error:
        pytest.skip(str(error))


def ours(text: bytes, language: str) -> tuple[str | None, PuppetSyntaxError | None]:
    try:
        return to_pn(parse(decode(text), language="7" if language == "7" else "orchestration")), None
    except PuppetSyntaxError as error:
        return None, error


def issues_of(text: str) -> list[tuple[str, str, int, str]]:
    found: Sequence[Issue] = validate(parse(text, language="7"), Source(text))
    return [(issue.severity, issue.code, issue.line, issue.message) for issue in found]


def issues_told(verdict: Verdict) -> list[tuple[str, str, int, str]]:
    return [(told["severity"], told["code"], told["line"], told["message"]) for told in verdict.issues]


def _is_refused_by_validation(text: bytes) -> bool:
    """Whether Puppet's parser trips over what is an issue here: bad regular expressions, ``${true}``."""
    source = Source(decode(text))
    codes = {issue.code for issue in validate(parse(source.text), source)}
    return bool(codes & {"INVALID_REGEXP", "BOOLEAN_INTERPOLATED"})


def equal(texts: Sequence[bytes], verdicts: Sequence[Verdict], language: str) -> int:
    """Counts the texts that both read as the same tree, or refuse at the same place."""
    count = 0
    for text, verdict in zip(texts, verdicts, strict=True):
        tree, error = ours(text, language)
        if tree is not None and verdict.pn is None and _is_refused_by_validation(text):
            count += verdict.line is None
            continue
        # At the end of a file Puppet tells no place.
        places = {(error.line, error.column), (None, None)} if error else set()
        count += tree == verdict.pn and (verdict.pn is not None or (verdict.line, verdict.column) in places)
    return count


def test_every_manifest_of_debian_has_the_tree_that_puppet_7_gives_it(
    manifests: list[Path], puppet_7: PuppetParser, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [path.read_bytes() for path in manifests]
    verdicts = puppet_7.judge(texts)
    same = equal(texts, verdicts, "7")
    refused = sum(verdict.pn is None for verdict in verdicts)
    with capsys.disabled():
        print(f"\n{same} of {len(texts)} manifests equal Puppet {puppet_7.version}'s")
        print(f"{refused} of them refused by both, at the same place")
    assert len(texts) > 2000
    assert same == len(texts)


def test_mistakes_are_refused_where_puppet_7_refuses_them(
    manifests: list[Path], puppet_7: PuppetParser, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [path.read_text() for path in manifests if path.stat().st_size < LARGEST_MUTANT]
    mistaken = mutants(texts, MUTANTS, seed=20)
    verdicts = puppet_7.judge([text.encode() for text in mistaken])
    agreed = lines = refused = trees = issues = 0
    for text, verdict in zip(mistaken, verdicts, strict=True):
        tree, error = ours(text.encode(), "7")
        agreed += (tree is None) == (verdict.pn is None)
        if error is not None and verdict.pn is None:
            refused += 1
            lines += verdict.line in (None, error.line)
        elif verdict.pn is not None:
            trees += tree == verdict.pn
            issues += tree is not None and issues_of(text) == issues_told(verdict)
    accepted = sum(verdict.pn is not None for verdict in verdicts)
    with capsys.disabled():
        print(f"\n{agreed} of {len(mistaken)} mutants are accepted or refused alike")
        print(f"{lines} of {refused} refused mutants have the same line")
        print(f"{trees} of {accepted} accepted mutants have the same tree, {issues} the same issues")
    assert agreed >= 0.99 * len(mistaken)
    assert lines >= 0.97 * refused
    assert trees >= 0.99 * accepted
    assert issues >= 0.97 * accepted


def test_corner_cases_are_what_puppet_7_says(puppet_7: PuppetParser) -> None:
    cases = json.loads((HERE / "language.json").read_text())
    verdicts = puppet_7.judge([case["source"].encode() for case in cases])
    assert [verdict.pn for verdict in verdicts] == [case.get("pn") for case in cases]


def test_orchestration_code_has_the_tree_that_puppet_5_gives_it(
    puppet_5: PuppetParser, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted([*ROOT.glob("sample_modules/**/*.pp"), *ROOT.glob("tests/**/*.pp")])
    cases = json.loads((HERE / "orchestration.json").read_text())
    texts = [path.read_bytes() for path in files] + [case["source"].encode() for case in cases]
    same = equal(texts, puppet_5.judge(texts), "orchestration")
    with capsys.disabled():
        print(f"\n{same} of {len(texts)} orchestration manifests equal Puppet {puppet_5.version}'s")
    assert files
    assert same == len(texts)


def test_every_type_file_of_debian_is_read(manifests: list[Path]) -> None:
    assert manifests
    types = [read_type(path.read_text(), str(path)) for path in type_files()]
    assert len(types) > 200
    assert not [found.name for found in types if found.is_capability]
    assert sum(len(found.parameters) for found in types) > 1300
