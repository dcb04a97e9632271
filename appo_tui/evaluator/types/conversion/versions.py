"""New versions and ranges of them."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.types.conversion.constructor import Constructor, cannot_be_converted
from appo_tui.evaluator.types.ruby_values import ruby_text
from appo_tui.evaluator.types.versions import SemVer, SemVerRange
from appo_tui.evaluator.values import Value

_QUALIFIER: Final = r"Pattern[/\A(?<part>[0-9A-Za-z-]+)(?:\.\g<part>)*\Z/]"
_VERSION: Final = (
    r"Pattern[/\A(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
    r"(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?\Z/]"
)
_PARTS: Final = (
    "PositiveInteger major, PositiveInteger minor, PositiveInteger patch, "
    "SemVerQualifier prerelease?, SemVerQualifier build?"
)
_PARTS_BY_NAME: Final = (
    "Struct[{major => PositiveInteger, minor => PositiveInteger, patch => PositiveInteger, "
    "Optional[prerelease] => SemVerQualifier, Optional[build] => SemVerQualifier}]"
)
_ENDS_BY_NAME: Final = (
    "Struct[{min => Variant[Default, SemVer], Optional[max] => Variant[Default, SemVer], "
    "Optional[exclude_max] => Boolean}]"
)


def _version(value: Value, *parts: Value) -> Value:
    if isinstance(value, dict):
        given = ("major", "minor", "patch", "prerelease", "build")
        return _version(*(value.get(part) for part in given))
    if not parts:
        return SemVer.parse(ruby_text(value))
    prerelease, build = (*parts[2:], None, None)[:2]
    text = ".".join(ruby_text(part) for part in (value, *parts[:2]))
    text += f"-{prerelease}" if prerelease is not None else ""
    return SemVer.parse(text + (f"+{build}" if build is not None else ""))


def _wrong_version(arguments: tuple[Value, ...]) -> str | None:
    if len(arguments) == 1 and isinstance(arguments[0], str):
        return f"'new_Version' {cannot_be_converted(arguments[0], 'a SemVer')}"
    return None


def _range(value: Value, maximum: Value = None, exclude_maximum: Value = False) -> Value:  # noqa: FBT002 - Puppet's own
    if isinstance(value, dict):
        return _range(value["min"], value.get("max"), value.get("exclude_max", False))
    if isinstance(value, str):
        return SemVerRange.parse(value)
    comparators = [f">={value}"] if isinstance(value, SemVer) else []
    if isinstance(maximum, SemVer):
        comparators.append(f"{'<' if exclude_maximum else '<='}{maximum}")
    return SemVerRange(" ".join(comparators) or "*")


VERSION: Final = Constructor(
    "new_Version",
    (
        "SemVerPattern str",
        _PARTS,
        "SemVerHash hash_args",
    ),
    _version,
    (
        ("PositiveInteger", "Integer[0, default]"),
        ("SemVerQualifier", _QUALIFIER),
        ("SemVerPattern", _VERSION),
        ("SemVerHash", _PARTS_BY_NAME),
    ),
    _wrong_version,
)
VERSION_RANGE: Final = Constructor(
    "new_VersionRange",
    (
        "SemVerRangeString str",
        "Variant[Default, SemVer] min, Variant[Default, SemVer] max, Boolean exclude_max?",
        "SemVerRangeHash hash_args",
    ),
    _range,
    (
        ("SemVerRangeString", "String[1]"),
        ("SemVerRangeHash", _ENDS_BY_NAME),
    ),
)
