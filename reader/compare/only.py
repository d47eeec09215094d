"""What only one report says, as far as words can tell."""

from typing import TYPE_CHECKING, Any

from reader.compare.material import Material
from reader.model import Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

ELSEWHERE = 0.25
"""From this likelihood on another report has a fact of the sentence too."""


def only_here(material: Material, shared: "NDArray[Any]") -> tuple[Place, ...]:
    """Return the body sentences of which no fact is likely to be in another report.

    `shared` is (rows, rows): how likely two sentences share a fact.
    """
    return tuple(
        material.place(unit)
        for unit in material.units
        if unit.role == "body" and not (shared[unit.row] >= ELSEWHERE).any()
    )
