"""Where the reports differ: each difference with its values, who gives which, and the sentences."""

from collections.abc import Sequence

from reader.export.outline import Wording, wordings
from reader.model import Difference, Variant
from reader.text.hygiene import shown_line
from reader.tui.comparing.page import (
    Columns,
    Entry,
    Line,
    Page,
    Piece,
    columns_for,
    flow,
    heading,
    heads,
    labelled,
    saying,
    side_by_side,
)
from reader.tui.comparing.reports import Reports, Spot, kind_and_topic
from reader.tui.typeset import cells

NONE = "No differences were found among these reports."
_LEAST = 30
"""A column for each report is at least so wide: a value and its sentence must be readable."""
_MOST = 60
_TOPIC = 22
_SENTENCE_LINES = 3


def differences(reports: Reports, width: int, current: int) -> Page:
    """Return the differences by class, those that matter most first.

    If there is room for a column for each report, they are a table; otherwise each is a list of
    its values.
    """
    if not reports.comparison.differences:
        return saying(NONE, width)
    columns = columns_for(width, len(reports), current, text=_TOPIC, least=_LEAST, most=_MOST)
    tabular = columns.count == len(reports) and columns.text + columns.cell * columns.count <= width
    entries: list[Entry] = []
    for title, told, group in reports.outline.by_class():
        entries.append(heading(f"{title} · {len(group)}", width, tail=told, first=not entries))
        for difference in group:
            number = reports.comparison.differences.index(difference)
            lines = (
                _row(reports, difference, columns)
                if tabular
                else _listed(reports, difference, width)
            )
            entries.append(
                Entry(
                    ((), *lines),
                    _spots(reports, difference),
                    claim=difference.claim,
                    difference=number,
                    table=True,
                )
            )
    if not tabular:
        return Page(tuple(entries))
    return Page(tuple(entries), (heads(reports.names, columns, "What differs"),))


def _spots(reports: Reports, difference: Difference) -> dict[int, Spot]:
    found: dict[int, Spot] = {}
    for variant in difference.variants:
        found.setdefault(reports.number[variant.article], reports.spot(variant))
    return found


def _sign(difference: Difference) -> tuple[str, str]:
    """Return the sign of a difference and the style of its kind."""
    return ("!", "alarm") if difference.alarm else ("≠", "differs")


def _sentence(reports: Reports, variant: Variant) -> str:
    """Return the sentence that a value is in; "" if the value is the whole of it."""
    found = shown_line(reports.outline.sentence(variant.article, variant.sentence))
    return "" if found == shown_line(variant.value) else found


# A column for each report


def _row(reports: Reports, difference: Difference, columns: Columns) -> tuple[Line, ...]:
    sign, style = _sign(difference)
    kind, topic = kind_and_topic(difference)
    about: list[Line] = [
        (Piece(f"{sign} ", (style,)), Piece(kind, (style,))),
        *((Piece("  "), *line) for line in flow(topic, columns.text - 3, most=3)),
    ]
    blocks: list[tuple[Sequence[Line], int, int | None]] = [(about, columns.text, None)]
    for number in columns.shown:
        lines = _cell(reports, difference, number, columns.cell)
        blocks.append((lines or [(Piece(" –", ("silent",)),)], columns.cell, number))
    return side_by_side(blocks)


def _cell(reports: Reports, difference: Difference, report: int, width: int) -> list[Line]:
    lines: list[Line] = []
    for wording in wordings(difference):
        variant = next((v for v in wording.variants if reports.number[v.article] == report), None)
        if variant is None:
            continue
        told = f"{wording.mark} {shown_line(variant.value)}"
        lines += [(Piece(" "), *line) for line in flow(told, width - 2, styles=("value",), most=6)]
        sentence = _sentence(reports, variant)
        if sentence:
            words = flow(sentence, width - 4, styles=("dim",), most=_SENTENCE_LINES)
            lines += [(Piece("   "), *line) for line in words]
    return lines


# A list of the values


def _listed(reports: Reports, difference: Difference, width: int) -> tuple[Line, ...]:
    sign, style = _sign(difference)
    about = ": ".join(part for part in kind_and_topic(difference) if part)
    lines: list[Line] = list(flow(f"{sign} {about}", width, styles=(style,), most=3))
    for wording in wordings(difference):
        lines += _value(reports, wording, width)
    return tuple(lines)


def _value(reports: Reports, wording: Wording, width: int) -> list[Line]:
    """Return a value with the reports that give it, and the sentence of the first of them."""
    first = wording.variants[0]
    told = f"{wording.mark} {shown_line(wording.value)}  "
    lines: list[Line] = []
    givers = list(dict.fromkeys(reports.number[v.article] for v in wording.variants))
    names = [(n, reports.names[n] + (", " if n != givers[-1] else "")) for n in givers]
    if cells(told) + 2 + sum(cells(name) for _, name in names) <= width:
        pieces = [Piece(name, ("outlet",), number) for number, name in names]
        lines.append((Piece("  "), Piece(told, ("value",), givers[0]), *pieces))
    else:
        value = flow(told, width - 2, styles=("value",), most=6)
        lines += [(Piece("  "), *(Piece(p.text, p.styles, givers[0]) for p in v)) for v in value]
        outlets = "".join(name for _, name in names)
        lines += labelled("", 4, flow(outlets, width - 4, styles=("outlet",), most=4))
    sentence = _sentence(reports, first)
    if sentence:
        words = flow(sentence, width - 4, styles=("dim",), most=_SENTENCE_LINES)
        lines += labelled("", 4, words)
    return lines
