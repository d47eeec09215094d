"""The views of the comparison beside the columns, and what stands below all of them."""

from collections.abc import Callable

from textual import on

from reader.model import Claim, Difference
from reader.text.hygiene import shown_line
from reader.tui.comparing.differences import differences
from reader.tui.comparing.lists import only_here, timeline
from reader.tui.comparing.matrix import matrix
from reader.tui.comparing.page import Entry, Line, Page, Piece, flow
from reader.tui.comparing.quotes import quotes
from reader.tui.comparing.reports import Reports, Spot, kind_and_topic
from reader.tui.screens.compare_beside import BesideScreen
from reader.tui.widgets.bars import StatusBar
from reader.tui.widgets.compare_bars import AboutBar, ViewsBar
from reader.tui.widgets.compare_table import CompareTable

BESIDE, MATRIX, DIFFERENCES, QUOTES, ONLY, TIMELINE = range(6)
VIEWS = (
    ("Side by side", "Side"),
    ("Matrix", "Matrix"),
    ("Differences", "Differs"),
    ("Quotes", "Quotes"),
    ("Only here", "Only"),
    ("Timeline", "Time"),
)
_OF_COLUMNS = {"compare.lock", "compare.fold"}
"""The commands that do something only where the reports stand beside each other."""
_BUILD: dict[int, Callable[[Reports, int, int], Page]] = {
    MATRIX: matrix,
    DIFFERENCES: differences,
    QUOTES: quotes,
    ONLY: only_here,
    TIMELINE: timeline,
}


class TablesScreen(BesideScreen):
    """The part of the comparison that shows tables and lists, with the columns' cursor."""

    view = BESIDE
    _places: dict[int, int]
    """View -> the entry on which its cursor stood last."""

    @property
    def table(self) -> CompareTable:
        """The widget of all views but the first."""
        return self.query_one(CompareTable)

    def counts(self) -> list[int | None]:
        """Return how much each view holds."""
        reports = self.reports
        if reports is None:
            return [None] * len(VIEWS)
        comparison = reports.comparison
        return [
            None,
            len(comparison.claims),
            len(comparison.differences),
            len(comparison.quotes),
            len(comparison.only),
            len(comparison.timeline),
        ]

    def show_view(self, view: int) -> None:
        """Show a view with the cursor on what it stood on in the view before."""
        if self.view != BESIDE:
            self._places[self.view] = self.table.at
        self.view = view
        self.query_one("#columns").display = view == BESIDE
        self.table.display = view != BESIDE
        self.query_one(ViewsBar).tell(view, self.counts())
        offered = self.reader.footer_of("compare")
        kept = [c for c in offered if view == BESIDE or c.id not in _OF_COLUMNS]
        self.query_one(StatusBar).offer(kept)
        if self.reports is None:
            return
        if view == BESIDE:
            self._show_beside()
        else:
            self._show_table(self.reports)
        self.tell_about()

    def _show_beside(self) -> None:
        spot = self.spot
        if spot is None:
            self.leading.focus()
            return
        self.show_report_in_column(spot.report)
        self.leading.focus()
        self.call_after_refresh(self._put_cursor_again, spot.sentence)

    def _put_cursor_again(self, sentence: int) -> None:
        if self.view == BESIDE and self.reports is not None:
            self.put_cursor(sentence)

    def _show_table(self, reports: Reports) -> None:
        view, spot = self.view, self.spot
        column = spot.report if spot else self.leading_report
        table = self.table
        table.show(
            lambda width, current: _BUILD[view](reports, width, current),
            self._entry_for,
            at=self._places.get(view, 0),
            column=column,
        )
        table.focus()

    def _entry_for(self, entries: list[Entry]) -> int | None:
        """Return the entry of what the cursor stands on: its place, its difference or its claim."""
        spot, claim, difference = self.spot, self.claim, self.difference
        if difference is not None:
            for number, entry in enumerate(entries):
                if entry.difference == difference:
                    return number
        for number, entry in enumerate(entries):
            here = entry.spots.get(spot.report) if spot else None
            if spot and here and here.sentence == spot.sentence:
                return number
        if claim is not None:
            for number, entry in enumerate(entries):
                if entry.claim == claim:
                    return number
        return _nearest(entries, spot)

    @on(CompareTable.Moved)
    def _moved(self) -> None:
        """Let the cursor that all views share stand on the entry."""
        if self.view != BESIDE and (here := self._here()) is not None:
            self.spot, self.claim, self.difference = here
            self.tell_about()

    @on(CompareTable.LaidOut)
    def _laid_out(self) -> None:
        self.tell_about()

    def _here(self) -> tuple[Spot, int | None, int | None] | None:
        """Return place, claim and difference of what the cursor stands on in this view."""
        if self.view == BESIDE:
            return (self.spot, self.claim, self.difference) if self.spot else None
        entry = self.table.entry
        if entry is None or self.reports is None:
            return None
        spots = entry.spots
        column = self.table.column if self.table.column in spots else min(spots)
        at = self.reports.claim_at(column, spots[column].sentence)
        claim = entry.claim if entry.claim is not None else at.id if at else None
        return spots[column], claim, entry.difference

    def step_entry(self, step: int) -> None:
        """Go to the next entry."""
        if not self.table.entries:
            return
        self.table.go_to(self.table.at + step)

    def step_cell(self, step: int) -> None:
        """Go to the next report's cell, or in a list to the next report's first entry."""
        table, reports = self.table, self.reports
        entry = table.entry
        if reports is None or entry is None:
            return
        if entry.table:
            table.turn_to((table.column + step) % len(reports))
            return
        owners = [min(each.spots) for each in table.entries]
        numbers = range(table.at + step, len(owners) if step > 0 else -1, step)
        for number in numbers:
            if owners[number] != owners[table.at]:
                table.go_to(number)
                return

    # What the cursor stands on

    spot: Spot | None = None
    claim: int | None = None

    def cursor_moved(self) -> None:
        """Take note that the cursor of the columns stands on another sentence."""
        reports, number = self.reports, self.leading.sentence_number
        if reports is None or self.view != BESIDE:
            return
        self.spot = reports.whole(self.leading_report, number) if number is not None else None
        claim = reports.claim_at(self.leading_report, number) if number is not None else None
        self.claim = claim.id if claim else None
        found = reports.differences_at(self.leading_report, number) if number is not None else ()
        self.difference = reports.comparison.differences.index(found[0]) if found else None
        self.tell_about()

    def tell_about(self) -> None:
        """Tell below the view what the cursor stands on, and at first what one should know."""
        lines = self._about()
        height = self.size.height
        room = 1 if height < 20 else 2 if height < 32 else 3
        if self._here() is None:
            room = max(room, min(len(lines), height // 4))
            lines = _cut(lines, room)
        bar = self.query_one(AboutBar)
        bar.styles.height = room
        bar.tell(lines)

    def _about(self) -> list[Line]:
        reports, here = self.reports, self._here()
        if reports is None:
            return []
        if here is None:
            hint = "↑ ↓ go from claim to claim, n to what differs, N to what is only here."
            told = [hint, *map(shown_line, reports.comparison.notes)]
            width = self.size.width - 2
            return [line for note in told for line in flow(note, width, styles=("dim",))]
        spot, number, difference = here
        claim = reports.claims.get(number) if number is not None else None
        found = list(reports.differences_at(spot.report, spot.sentence))
        if difference is not None:
            first = reports.comparison.differences[difference]
            found = [first, *(one for one in found if one is not first)]
        differing = [_differs(reports, one) for one in found]
        lines = [*differing[:1], _what(reports, spot, claim)]
        if self.view != BESIDE:
            lines.append(self._words(reports, spot))
        return [*lines, *differing[1:], *self._other_words(reports, claim)]

    def _other_words(self, reports: Reports, claim: Claim | None) -> list[Line]:
        """Return how the reports that are out of sight put a claim."""
        if claim is None or self.view != BESIDE:
            return []
        seen = {self.shown[column] for column in self.in_sight()}
        lines: list[Line] = []
        for member in sorted(claim.members, key=lambda m: -m.score):
            report = reports.number[member.article]
            sentence = reports.sentence(report, member.sentence)
            if report not in seen and sentence is not None:
                seen.add(report)
                name = Piece(f"{reports.names[report]}  ", ("outlet",))
                lines.append((name, Piece(shown_line(sentence.text))))
        return lines

    def _words(self, reports: Reports, spot: Spot) -> Line:
        """Return the evidence: whose it is, and its sentence."""
        report = self.table.column
        entry = self.table.entry
        if entry is not None and entry.table and report not in entry.spots:
            return (
                Piece(f"{reports.names[report]}  ", ("outlet",)),
                Piece("silent on this, as far as its stored text goes", ("dim",)),
            )
        sentence = reports.sentence(spot.report, spot.sentence)
        words = shown_line(sentence.text) if sentence else ""
        return (Piece(f"{reports.names[spot.report]}  ", ("outlet",)), Piece(words))


def _nearest(entries: list[Entry], spot: Spot | None) -> int | None:
    """Return of a list's entries that nearest in the same report."""
    if spot is None:
        return None
    near = [
        (abs(here.sentence - spot.sentence), number)
        for number, entry in enumerate(entries)
        if not entry.table and (here := entry.spots.get(spot.report))
    ]
    return min(near)[1] if near else None


def _cut(lines: list[Line], room: int) -> list[Line]:
    """Return the lines that there is room for, the last with a sign where more would follow."""
    if len(lines) <= room:
        return lines
    return [*lines[: room - 1], (*lines[room - 1], Piece(" …", ("dim",)))]


def _what(reports: Reports, spot: Spot, claim: Claim | None) -> Line:
    if claim is not None:
        return (
            Piece(f"Claim {claim.id + 1}  ", ("strong",)),
            Piece(f"{reports.dots(claim)}  ", ("dots",)),
            Piece(", ".join(reports.makers(claim))),
        )
    name = reports.names[spot.report]
    if reports.only_at(spot.report, spot.sentence):
        return (
            Piece("Only here, among the stored articles  ", ("only",)),
            Piece(name, ("dim",)),
        )
    role = reports.sentence(spot.report, spot.sentence)
    if role is not None and role.role in {"heading", "caption"}:
        return (Piece(f"A {role.role}; it is not compared.", ("dim",)),)
    return (Piece("Others touch on this, without saying the same.", ("dim",)),)


def _differs(reports: Reports, difference: Difference) -> Line:
    """Return who tells it how."""
    kind, topic = kind_and_topic(difference)
    style = "alarm" if difference.alarm else "differs"
    told: dict[str, list[str]] = {}
    for variant in difference.variants:
        names = told.setdefault(shown_line(variant.value), [])
        name = reports.names[reports.number[variant.article]]
        if name not in names:
            names.append(name)
    parts = [Piece("! alarm  " if difference.alarm else "≠ differs  ", (style,))]
    parts.append(Piece(f"{kind}: {topic}  "))
    for number, (value, names) in enumerate(told.items()):
        parts.append(Piece("·  " if number else "", ("dim",)))
        parts += [Piece(value, ("mark",)), Piece(f" {', '.join(names)}  ", ("outlet",))]
    return tuple(parts)
