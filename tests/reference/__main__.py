"""Compare the conformance cases with Puppet 5.5: `python -m tests.reference [CASE...]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.hosts.testbed import BedError
from tests.reference.comparing import differences
from tests.reference.compiling import compile_cases, puppet_5

CASES = Path(__file__).parent.parent / "conformance" / "cases"


def main(words: list[str]) -> int:
    """Print how the cases differ from what Puppet says, and how many don't; 1 if one does."""
    cases = [Path(word) for word in words] or sorted(path.parent for path in CASES.glob("*/expected.json"))
    with puppet_5() as bed:
        results = compile_cases(bed, cases)
    equal = 0
    for case in cases:
        said = results.get(case.name)
        found = list(differences(case, said)) if said else ["Puppet said nothing"]
        equal += not found
        for line in found:
            print(f"{case.name}: {line}")
    print(f"{equal} of {len(cases)} cases are as Puppet 5.5 says")
    return int(equal < len(cases))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BedError as error:
        sys.exit(f"reference: {error}")
