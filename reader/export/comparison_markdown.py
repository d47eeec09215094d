"""A comparison as a Markdown document that reads well in a note program."""

from collections.abc import Iterator, Sequence

from reader.export.escape import line, prose
from reader.export.outline import LEGEND, Outline, SharedClaim, about, outline, part_text, wordings
from reader.model import Comparison


def comparison_markdown(comparison: Comparison) -> str:
    """Return a comparison as CommonMark with tables (GitHub Flavored Markdown), outlets named."""
    view = outline(comparison)
    parts = [
        *_reports(view),
        *_differences(view),
        *_points("In all reports", view, view.by_all),
        *_points("In some reports", view, view.by_some),
        *_quotes(view),
        *_timeline(view),
        *_only(view),
        *_left_out(view),
    ]
    return "\n\n".join(parts) + "\n"


def _title(view: Outline) -> str:
    return next((a.title for a in view.comparison.articles if a.title), "Comparison")


def _reports(view: Outline) -> Iterator[str]:
    yield f"# {line(_title(view))}"
    points = len(view.by_all) + len(view.by_some)
    yield (
        f"{len(view.names)} reports, {points} points in common, {len(view.by_all)} of them in all, "
        f"{len(view.comparison.differences)} differences."
    )
    rows = []
    for number, article in enumerate(view.comparison.articles):
        when = article.published.date().isoformat() if article.published else ""
        excerpt = "only an excerpt" if article.excerpt else ""
        rows.append((view.names[number], article.title, when, excerpt))
    yield _table(("Outlet", "Title", "Published", ""), rows)
    if view.comparison.notes:
        yield "\n".join(f"- {prose(note)}" for note in view.comparison.notes)


def _differences(view: Outline) -> Iterator[str]:
    for title, meaning, differences in view.by_class():
        yield f"## {title}"
        yield f"{meaning[:1].upper()}{meaning[1:]}."
        for difference in differences:
            yield f"### {line(about(difference))}"
            rows = [
                (
                    f"{wording.mark} {v.value}",
                    view.name(v.article),
                    view.sentence(v.article, v.sentence),
                )
                for wording in wordings(difference)
                for v in wording.variants
            ]
            yield _table(("Value", "Outlet", "In the sentence"), rows)


def _points(title: str, view: Outline, points: Sequence[SharedClaim]) -> Iterator[str]:
    if not points:
        return
    yield f"## {title}"
    yield LEGEND
    yield "\n".join(f"- {p.signs} {prose(p.text)}{_who(view, p)}" for p in points)


def _who(view: Outline, shared: SharedClaim) -> str:
    """Return which reports state a point, and those that put it otherwise."""
    groups = []
    for state, words in (("says", ""), ("differently", "differently: "), ("at-odds", "at odds: ")):
        names = [
            f"{name} {mark}".rstrip()
            for name, its, mark in zip(view.names, shared.states, shared.marks, strict=True)
            if its == state
        ]
        if names:
            groups.append(words + ", ".join(names))
    return f" ({line('; '.join(groups))})"


def _quotes(view: Outline) -> Iterator[str]:
    if not view.quotes:
        return
    yield "## Quoted by several"
    for quote in view.quotes:
        rows = [(view.name(span.article), f"“{span.text}”") for span in quote.variants]
        yield f"### {line(view.speaker(quote) or 'Speaker not named')}"
        yield _table(("Outlet", "Wording"), rows)


def _timeline(view: Outline) -> Iterator[str]:
    events = view.comparison.timeline
    if not events:
        return
    yield "## Dates mentioned"
    rows = []
    for event in events:
        who = dict.fromkeys(view.name(span.article) for span in event.members)
        rows.append((event.date, ", ".join(who)))
    yield _table(("Date", "Outlets"), rows)


def _only(view: Outline) -> Iterator[str]:
    if not any(only.sentences or only.parts for only in view.only):
        return
    yield "## Only here, among these reports"
    for only in view.only:
        if only.sentences or only.parts:
            yield f"### {line(view.names[only.number])}"
            texts = [prose(sentence.text) for sentence in only.sentences]
            texts += [prose(part_text(part)) for part in only.parts]
            yield "\n".join(f"- {text}" for text in texts)


def _left_out(view: Outline) -> Iterator[str]:
    if not any(view.left_out):
        return
    yield "## In all other reports, not here"
    for name, points in zip(view.names, view.left_out, strict=True):
        if points:
            yield f"### {line(name)}"
            yield "\n".join(f"- {prose(point.text)}" for point in points)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads)]
    lines += [[line(cell) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
