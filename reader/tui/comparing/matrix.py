"""Who says what: points down, reports across, those of most outlets first."""

from reader.export.outline import MEANINGS, SIGNS, SharedClaim, State
from reader.tui.comparing.page import (
    Columns,
    Entry,
    Line,
    Page,
    Piece,
    columns_for,
    flow,
    heads,
    letter,
    plain,
    saying,
    side_by_side,
)
from reader.tui.comparing.reports import Reports
from reader.tui.typeset import cells, fit

_NUMBER = 4
_LEAST = 4
"""Cells of a report's column at least: a sign and a mark."""
_NARROW = 28
_WORDS: dict[State, str] = {
    "says": "says",
    "differently": "differs",
    "at-odds": "at odds",
    "silent": "silent",
}


def matrix(reports: Reports, width: int, current: int) -> Page:
    """Return points × reports."""
    if not reports.claims:
        return saying("No statement is made by more than one of these reports.", width)
    # as wide as the names, if the points keep half of the width
    most = max(13, min(max(map(cells, reports.names)) + 2, width // 2 // len(reports)))
    columns = columns_for(
        width, len(reports), current, text=_room(width, len(reports)), least=_LEAST, most=most
    )
    entries = tuple(_row(reports, shared, columns) for shared in reports.ranked())
    head = [plain(fit(f"    {_legend(width - 4)}", width), "dim")]
    if columns.cell < 7:
        names = "  ".join(f"{letter(n)} {reports.names[n]}" for n in columns.shown)
        lines = flow(names, width - 4, styles=("dim",), most=2)
        head += [(Piece("    "), *line) for line in lines]
    return Page(entries, (*head, heads(reports.names, columns, "    Point in common")))


def _room(width: int, reports: int) -> int:
    """Return how wide the points are: narrower than usual if all reports have room then."""
    usual, narrow = min(52, width // 2), width - reports * _LEAST
    return narrow if _NARROW <= narrow < usual else usual


def _legend(width: int) -> str:
    """Return what the signs mean, in the longest form that there is room for."""
    legend = "   ".join(f"{sign} {MEANINGS[state]}" for state, sign in SIGNS.items())
    short = "  ".join(f"{sign} {_WORDS[state]}" for state, sign in SIGNS.items())
    return legend if cells(legend) <= width else short


def _row(reports: Reports, shared: SharedClaim, columns: Columns) -> Entry:
    claim = shared.claim
    text = " ".join(shared.text.split())
    number = f"{claim.id + 1:>{_NUMBER - 1}} "
    words: list[Line] = []
    for at, line in enumerate(
        flow(text, columns.text - _NUMBER - 1, most=3 if shared.disputed else 2)
    ):
        words.append((Piece(number if at == 0 else " " * _NUMBER, ("number",)), *line))
    states = [([_cell(shared, n, columns.cell)], columns.cell, n) for n in columns.shown]
    lines = side_by_side([(words, columns.text, None), *states])
    return Entry(lines, reports.evidence(claim), claim=claim.id, table=True)


def _cell(shared: SharedClaim, report: int, width: int) -> Line:
    """Return what a report makes of a point: its sign, the mark of its value, a word."""
    state = shared.states[report]
    told = f" {shared.cells[report]}"
    word = f"{told} {_WORDS[state]}" if width >= 10 else told
    return plain(fit(word if cells(word) < width else told, width), state)
