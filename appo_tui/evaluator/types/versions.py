"""Semantic versions and ranges of them.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_semver.html, https://semver.org
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERSION = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?", re.ASCII
)


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
    """A range of versions, kept as it was written."""

    text: str

    def __contains__(self, version: object) -> bool:
        return isinstance(version, SemVer) and any(
            all(_meets(version, comparator) for comparator in _comparators(alternative))
            for alternative in self.text.split("||")
        )

    def __str__(self) -> str:
        return self.text


def _comparators(alternative: str) -> list[tuple[str, SemVer]]:
    """The lower and upper bounds that one alternative of a range sets."""
    hyphen = re.fullmatch(r"\s*(\S+)\s+-\s+(\S+)\s*", alternative)
    if hyphen:
        return _bounds(">=", hyphen[1]) + _bounds("<=", hyphen[2])
    parts = re.findall(r"([<>]=?|=|~>?|\^)?\s*([0-9xX*][^\s]*)", alternative)
    return [bound for operator, version in parts for bound in _bounds(operator or "=", version)]


def _bounds(operator: str, text: str) -> list[tuple[str, SemVer]]:
    numbers = [int(part) for part in re.match(r"[\d.]*", text)[0].split(".") if part]  # type: ignore[index]
    given = len(numbers[:3])
    numbers = [*numbers[:3], 0, 0, 0][:3]
    exact = SemVer.parse(text) if given == 3 else SemVer(numbers[0], numbers[1], numbers[2])
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
        return next((index for index in range(given) if numbers[index]), given - 1)
    return given - 1 if operator == "=" else min(1, given - 1)


def _next(numbers: list[int], place: int) -> SemVer:
    if place < 0:
        return SemVer(0, 0, 0)
    major, minor, patch = [*numbers[:place], numbers[place] + 1, 0, 0][:3]
    return SemVer(major, minor, patch)


def _meets(version: SemVer, comparator: tuple[str, SemVer]) -> bool:
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
