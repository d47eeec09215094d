"""Where the reports differ: a row for each difference, a column for each report."""

from collections.abc import Sequence

from reader.model import Difference, Variant
from reader.text.hygiene import shown_line
from reader.tui.comparing.page import (
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

NONE = "No differences were found among these reports."
_LEAST = 15
_TOPIC = 22


def differences(reports: Reports, width: int, current: int) -> Page:
    """Return the differences, alarms apart; below a certain width each stands on its own lines."""
    if not reports.comparison.differences:
        return saying(NONE, width)
    tabular = width >= _TOPIC + _LEAST * min(2, len(reports)) + 20
    columns = columns_for(width, len(reports), current, text=_TOPIC, least=_LEAST, most=40)
    entries: list[Entry] = []
    for title, told, group in reports.outline.by_class():
        entries.append(heading(f"{title} · {len(group)}", width, tail=told, first=not entries))
        for difference in group:
            number = reports.comparison.differences.index(difference)
            lines = (
                _row(reports, difference, columns.text, columns.cell, columns.shown)
                if tabular
                else _stacked(reports, difference, width)
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


def _topic(difference: Difference, width: int) -> list[Line]:
    kind, topic = kind_and_topic(difference)
    sign = "!" if difference.alarm else "≠"
    style = "alarm" if difference.alarm else "differs"
    return [
        (Piece(f"{sign} ", (style,)), Piece(kind, (style,))),
        *((Piece("  "), *line) for line in flow(topic, width - 3, most=3)),
    ]


def _row(
    reports: Reports, difference: Difference, topic: int, cell: int, shown: range
) -> tuple[Line, ...]:
    groups = _groups(difference)
    blocks: list[tuple[Sequence[Line], int, int | None]] = [
        (_topic(difference, topic), topic, None)
    ]
    for number in shown:
        values = _values(reports, difference, number)
        lines: list[Line] = []
        for variant in values:
            words = flow(_told(variant, groups), cell - 2, styles=("value",), most=6)
            lines += [(Piece(" "), *line) for line in words]
        blocks.append((lines or [(Piece(" –", ("silent",)),)], cell, number))
    return side_by_side(blocks)


def _stacked(reports: Reports, difference: Difference, width: int) -> tuple[Line, ...]:
    groups = _groups(difference)
    room = min(22, max(12, width // 3))
    kind, topic = kind_and_topic(difference)
    style = "alarm" if difference.alarm else "differs"
    sign = "!" if difference.alarm else "≠"
    lines: list[Line] = list(flow(f"{sign} {kind}: {topic}", width, styles=(style,), most=3))
    for number, name in enumerate(reports.names):
        for variant in _values(reports, difference, number):
            value = flow(_told(variant, groups), width - room - 2, styles=("value",), most=6)
            lines += [
                tuple(Piece(p.text, p.styles, number) for p in line)
                for line in labelled(f"  {name}", room, value, "outlet")
            ]
    return tuple(lines)


def _values(reports: Reports, difference: Difference, report: int) -> list[Variant]:
    """Return what a report says, each value once."""
    found: dict[str, Variant] = {}
    for variant in difference.variants:
        if reports.number[variant.article] == report:
            found.setdefault(shown_line(variant.value).casefold(), variant)
    return list(found.values())


def _same(variant: Variant) -> str:
    return (variant.normalized or shown_line(variant.value)).casefold()


def _groups(difference: Difference) -> dict[str, str]:
    """Return a circled number for each value, where there are more reports than values."""
    values = list(dict.fromkeys(_same(variant) for variant in difference.variants))
    reports = {variant.article for variant in difference.variants}
    if not 1 < len(values) < len(reports) or len(values) > 9:
        return {}
    return {value: f"{'①②③④⑤⑥⑦⑧⑨'[number]} " for number, value in enumerate(values)}


def _told(variant: Variant, groups: dict[str, str]) -> str:
    return groups.get(_same(variant), "") + shown_line(variant.value)
