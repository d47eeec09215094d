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
_WORDS: dict[State, str] = {
    "says": "says",
    "differently": "otherwise",
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
        width, len(reports), current, text=min(52, width // 2), least=4, most=most
    )
    entries = tuple(_row(reports, shared, columns) for shared in reports.ranked())
    legend = "   ".join(f"{sign} {MEANINGS[state]}" for state, sign in SIGNS.items())
    if columns.cell < 7:
        names = "  ".join(f"{letter(n)} {reports.names[n]}" for n in columns.shown)
        legend = f"{legend}   {names}"
    head = heads(reports.names, columns, "    Point in common")
    return Page(entries, (plain(fit(f"    {legend}", width), "dim"), head))


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
