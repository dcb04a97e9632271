"""What the cursor can be on: the keys of trees and the targets of jumps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "application", "instance", "component", "produces", "consumes", "requires", "node", "service_resource"
]


@dataclass(frozen=True, slots=True)
class Selection:
    """A thing of the model.

    Attributes:
        kind: what it is.
        name: its reference, or its certname.
        component: the component that it hangs from in the tree: for what a component produces, consumes
            or runs on; empty elsewhere.
    """

    kind: Kind
    name: str
    component: str = ""
