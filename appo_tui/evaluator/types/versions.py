"""Semantic versions and ranges of them.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_semver.html, https://semver.org
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

_VERSION = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?", re.ASCII
)
_NUMBER = r"(?:\d+|[xX*])"
_PARTIAL = rf"{_NUMBER}(?:\.{_NUMBER}(?:\.{_NUMBER}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)?)?"
_COMPARISON = rf"(?:[<>]=?|=|~>?|\^)?\s*{_PARTIAL}"
_ALTERNATIVE = re.compile(
    rf"{_PARTIAL}\s+-\s+{_PARTIAL}|(?:{_COMPARISON}(?:\s+{_COMPARISON})*)?", re.ASCII
)
Comparator: TypeAlias = "tuple[str, SemVer]"
"""An operator and the version that it compares with."""


@dataclass(frozen=True, slots=True)
class SemVer:
    """A semantic version."""

    major: int
    minor: int
    patch: int
    prerelease: tuple[str, ...] = ()
    build: tuple[str, ...] = ()

    @staticmethod
    def parse(text: str) -> SemVer:
        """The version that ``text`` is.

        Raises:
            ValueError: it isn't one.
        """
        match = _VERSION.fullmatch(text)
        if match is None:
            raise ValueError(f"Unable to parse '{text}' as a semantic version identifier")
        major, minor, patch, prerelease, build = match.groups()
        return SemVer(
            int(major),
            int(minor),
            int(patch),
            tuple(prerelease.split(".")) if prerelease else (),
            tuple(build.split(".")) if build else (),
        )

    @staticmethod
    def is_version(text: str) -> bool:
        """Whether ``text`` is a version."""
        return _VERSION.fullmatch(text) is not None

    @property
    def precedence(self) -> tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]:
        """What versions are ordered by; builds play no part in it."""
        return (
            self.major,
            self.minor,
            self.patch,
            not self.prerelease,
            tuple(
                (False, int(part), "") if part.isdigit() else (True, 0, part) for part in self.prerelease
            ),
        )

    def __str__(self) -> str:
        text = f"{self.major}.{self.minor}.{self.patch}"
        if self.prerelease:
            text += "-" + ".".join(self.prerelease)
        return text + ("+" + ".".join(self.build) if self.build else "")


@dataclass(frozen=True, slots=True)
class SemVerRange:
    """A range of versions; two are equal if the same versions are in them.

    Attributes:
        text: as it was written, which is how types print it.
    """

    text: str

    @staticmethod
    def parse(text: str) -> SemVerRange:
        """The range that ``text`` is.

        Raises:
            ValueError: it isn't one; in Puppet's words.
        """
        if not all(_ALTERNATIVE.fullmatch(one.strip()) for one in text.split("||")) or text != text.strip():
            raise ValueError(f'Unparsable version range: "{text}"')
        return SemVerRange(text)

    def __contains__(self, version: object) -> bool:
        return isinstance(version, SemVer) and any(
            all(_meets(version, comparator) for comparator in comparators)
            and (not version.prerelease or any(_allows_prerelease(one, version) for one in comparators))
            for comparators in self._alternatives()
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SemVerRange) and self.plainest == other.plainest

    def __hash__(self) -> int:
        return hash(self.plainest)

    def __str__(self) -> str:
        return self.text

    @property
    def plainest(self) -> str:
        """The range in its plainest form: ``>=1.0.0 <2.0.0`` for ``1.x``."""
        return " || ".join(dict.fromkeys(_plainest(one) for one in self._alternatives()))

    def _alternatives(self) -> list[list[Comparator]]:
        return [_comparators(alternative) for alternative in self.text.split("||")]


def _comparators(alternative: str) -> list[Comparator]:
    """The lower and upper bounds that one alternative of a range sets."""
    hyphen = re.fullmatch(r"\s*(\S+)\s+-\s+(\S+)\s*", alternative)
    if hyphen:
        return [(">=", _filled(hyphen[1])), ("<=", _filled(hyphen[2]))]
    parts = re.findall(r"([<>]=?|=|~>?|\^)?\s*([0-9xX*][^\s]*)", alternative)
    return [bound for operator, version in parts for bound in _bounds(operator or "=", version)]


def _numbers(text: str) -> list[int]:
    return [int(part) for part in (re.match(r"[\d.]*", text) or [""])[0].split(".") if part][:3]


def _filled(text: str) -> SemVer:
    """A version, with zeros for the numbers that it leaves out."""
    numbers = _numbers(text)
    return SemVer.parse(text) if len(numbers) == 3 else _release([*numbers, 0, 0, 0])


def _release(numbers: list[int]) -> SemVer:
    major, minor, patch = numbers[:3]
    return SemVer(major, minor, patch)


def _bounds(operator: str, text: str) -> list[Comparator]:
    numbers = _numbers(text)
    given = len(numbers)
    exact = _filled(text)
    numbers = [*numbers, 0, 0, 0][:3]
    if operator in (">=", "<"):
        return [(operator, exact)]
    if operator in (">", "<="):
        if given == 3:
            return [(operator, exact)]
        return [(">=" if operator == ">" else "<", _next(numbers, given - 1))]
    if operator == "=" and given == 3:
        return [("=", exact)]
    if given == 0:
        return []
    return [(">=", exact), ("<", _next(numbers, _fixed_place(operator, numbers, given)))]


def _fixed_place(operator: str, numbers: list[int], given: int) -> int:
    """The index of the last number that a range leaves as it is."""
    if operator == "^":
        return 0 if numbers[0] else min(1, given - 1)
    return given - 1 if operator == "=" else min(1, given - 1)


def _next(numbers: list[int], place: int) -> SemVer:
    if place < 0:
        return SemVer(0, 0, 0)
    return _release([*numbers[:place], numbers[place] + 1, 0, 0])


def _plainest(comparators: list[Comparator]) -> str:
    """One alternative with no more than one lower and one upper bound."""
    lows = [one for one in comparators if one[0] in (">", ">=", "=")]
    highs = [one for one in comparators if one[0] in ("<", "<=", "=")]
    low = max(lows, key=lambda one: (one[1].precedence, one[0] == ">"), default=None)
    high = min(highs, key=lambda one: (one[1].precedence, one[0] != "<"), default=None)
    if low is None or high is None:
        return " ".join(f"{operator}{bound}" for operator, bound in filter(None, (low, high))) or "*"
    if low[1].precedence > high[1].precedence:
        return "<0.0.0"
    if low[1] == high[1] and low[0] != ">" and high[0] != "<":
        return str(low[1])
    return f"{low[0]}{low[1]} {high[0]}{high[1]}"


def _allows_prerelease(comparator: Comparator, version: SemVer) -> bool:
    """Whether a bound is itself before a release, that of ``version``: no others let such versions in."""
    bound = comparator[1]
    same_release = (bound.major, bound.minor, bound.patch) == (version.major, version.minor, version.patch)
    return bool(bound.prerelease) and same_release


def _meets(version: SemVer, comparator: Comparator) -> bool:
    operator, bound = comparator
    left, right = version.precedence, bound.precedence
    match operator:
        case ">=":
            return left >= right
        case ">":
            return left > right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case _:
            return left == right
