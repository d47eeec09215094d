"""What the list of stories shows, line by line: outlets as dots, reports with their copies. Pure.

Dots follow the order of the outlets in the list of sources; a letter stands above each.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.model import ArticleId, ArticleRow, SourceRow, Story
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.typeset import cells

MOST_DOTS = 8
"""So many outlets have a dot of their own: those with the most articles."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """The outlets that have a dot of their own, as they stand in the list of sources."""

    names: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    others: int = 0
    """How many outlets have none."""

    def dots(self, sources: Collection[str]) -> str:
        """Return "●●○": a dot for each outlet, filled where it reported; "+2" for others."""
        told = set(sources)
        beyond = len(told - set(self.names))
        dots = "".join("●" if name in told else "○" for name in self.names)
        return dots + (f"+{beyond}" if beyond else "")

    @property
    def width(self) -> int:
        """How many cells the dots take."""
        return len(self.names) + (3 if self.others else 0)


def outlets_of(sources: Iterable[SourceRow], most: int = MOST_DOTS) -> Outlets:
    """Return which outlets have a dot: the largest, in the order in which they stand."""
    known = [source for source in sources if source.kind == "outlet"]
    largest = sorted(known, key=lambda source: -source.articles)[:most]
    names = [source.name for source in known if source in largest]
    return Outlets(tuple(names), letters_of(names), len(known) - len(names))


def letters_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return a letter for each outlet, all different: its first one that is free.

    Reports without an outlet ("") stand under a dash.
    """
    taken: list[str] = []
    for name in names:
        if not name:
            taken.append("–")
            continue
        words = shown_line(name).removeprefix("The ")
        own = [character.upper() for character in words if character.isalnum()]
        offered = [letter for letter in own if len(letter) == cells(letter) == 1]
        spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        taken.append(next(letter for letter in (*offered, *spare) if letter not in taken))
    return tuple(taken)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line below an opened story: a report, or how many others have the same text."""

    report: ArticleRow
    copies: tuple[ArticleRow, ...] = ()
    """The reports that this line stands for: copies of the one above, folded."""
    copy: bool = False
    """Whether this report is a copy, shown because its line was opened."""

    @property
    def articles(self) -> tuple[ArticleId, ...]:
        """What a command on this line is about."""
        return tuple(row.id for row in self.copies) or (self.report.id,)


def report_lines(
    rows: Sequence[ArticleRow], copies: Mapping[ArticleId, ArticleId], unfolded: Collection[int]
) -> tuple[ReportLine, ...]:
    """Return the lines of a story: its reports in the order given, each with its copies folded.

    `copies` names for a copy the report of which it is one; those of the reports in `unfolded` are
    shown.
    """
    lines: list[ReportLine] = []
    there = {row.id for row in rows}
    for row in rows:
        if copies.get(row.id) in there:
            continue
        lines.append(ReportLine(row))
        same = tuple(other for other in rows if copies.get(other.id) == row.id)
        if same and row.id in unfolded:
            lines += [ReportLine(other, copy=True) for other in same]
        elif same:
            lines.append(ReportLine(row, copies=same))
    return tuple(lines)


def copies_told(line: ReportLine) -> str:
    """Return what stands for folded copies: "the same text in 2 more: Town Crier, The Wire"."""
    names = dict.fromkeys(shown_line(row.source) or "(no outlet)" for row in line.copies)
    return f"the same text in {len(line.copies)} more: {', '.join(names)}"


def times_told(first: datetime, last: datetime, now: datetime) -> str:
    """Return when a story's reports came: "4 Jul", "4–6 Jul", "30 Jun – 2 Jul", "5 h – 2 h"."""
    begin, end = formats.age(first, now), formats.age(last, now)
    if begin == end:
        return begin
    one, _, rest = begin.partition(" ")
    other, _, same = end.partition(" ")
    if rest == same and len(rest) > 1:
        return f"{one}–{end}"  # of one month, or of one year
    if rest.isdigit() and same.isdigit() and not (one + other).isdigit():
        return f"{rest} – {same}"
    return f"{begin} – {end}"


def counts_told(story: Story) -> str:
    """Return how many reports there are, and how many texts where some are copies."""
    reports = formats.count(len(story.articles), "report")
    texts = len(story.articles) - len(story.copies)
    return f"{reports} ({formats.count(texts, 'text')})" if story.copies else reports
