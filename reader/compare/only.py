"""What only one report says and what only one leaves out, as far as words can tell."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader.compare.material import Material
from reader.model import LeftOut, Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

ELSEWHERE = 0.25
"""From this likelihood on another report has a fact of the sentence too."""

_VOICES = 2


def only_here(material: Material, shared: "NDArray[Any]") -> tuple[Place, ...]:
    """Return the body sentences of which no fact is likely to be in another report.

    `shared` is (rows, rows): how likely two sentences share a fact. A sentence that another report
    has word for word is in no doubt, even if it has no word to go by ("And it wasn't.").
    """
    reports: dict[str, set[int]] = {}
    for unit in material.units:
        reports.setdefault(_letters(unit.text), set()).add(unit.report)
    return tuple(
        material.place(unit)
        for unit in material.units
        if unit.role == "body"
        and not (shared[unit.row] >= ELSEWHERE).any()
        and len(reports[_letters(unit.text)]) == 1
    )


def _letters(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return "".join(char for char in text.casefold() if char.isalnum())


def left_out(
    material: Material, shared: "NDArray[Any]", groups: Sequence[Sequence[int]]
) -> tuple[LeftOut, ...]:
    """Return the points that all reports but one state, with the one that does not.

    At least two other voices must state a point, and no sentence of the report may be likely to
    have a fact of it (headings are not looked at). An excerpt leaves nothing out: its rest is not
    known.
    """
    reports = material.reports
    found = []
    for number, group in enumerate(groups):
        stating = {material.units[row].report for row in group}
        missing = [report for report in reports if report.number not in stating]
        voices = {reports[n].voice for n in stating}
        if len(missing) != 1 or len(voices) < _VOICES or missing[0].article.excerpt:
            continue
        rows = [unit.row for unit in missing[0].units]
        if not rows or (shared[rows][:, list(group)] < ELSEWHERE).all():
            found.append(LeftOut(missing[0].article.id, number))
    return tuple(found)
