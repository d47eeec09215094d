"""A comparison as a Markdown document that reads well in a note program."""

from collections.abc import Iterator, Sequence

from reader.export.escape import line, prose
from reader.export.outline import Outline, SharedClaim, about, outline
from reader.model import Comparison, Difference


def comparison_markdown(comparison: Comparison) -> str:
    """Return a comparison as CommonMark with tables (GitHub Flavored Markdown), outlets named."""
    view = outline(comparison)
    parts = [
        *_reports(view),
        *_differences("Differences: both cannot be right", view, view.alarms),
        *_differences("Other differences", view, view.others),
        *_claims("Shared by all", view, view.by_all),
        *_claims("Shared by some", view, view.by_some),
        *_quotes(view),
        *_timeline(view),
        *_only(view),
    ]
    return "\n\n".join(parts) + "\n"


def _title(view: Outline) -> str:
    return next((a.title for a in view.comparison.articles if a.title), "Comparison")


def _reports(view: Outline) -> Iterator[str]:
    yield f"# {line(_title(view))}"
    claims = len(view.by_all) + len(view.by_some)
    yield (
        f"{len(view.names)} reports, {claims} claims in common, {len(view.by_all)} of them by all, "
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


def _differences(title: str, view: Outline, differences: Sequence[Difference]) -> Iterator[str]:
    if not differences:
        return
    yield f"## {title}"
    for difference in differences:
        yield f"### {line(about(difference))}"
        rows = [
            (view.name(v.article), v.value, view.sentence(v.article, v.sentence))
            for v in difference.variants
        ]
        yield _table(("Outlet", "Says", "In the sentence"), rows)


def _claims(title: str, view: Outline, claims: Sequence[SharedClaim]) -> Iterator[str]:
    if not claims:
        return
    yield f"## {title}"
    yield "\n".join(f"- {prose(c.claim.text)}{_who(view, c)}" for c in claims)


def _who(view: Outline, shared: SharedClaim) -> str:
    if all(shared.present):
        return ""
    names = [n for n, here in zip(view.names, shared.present, strict=True) if here]
    return f" ({line(', '.join(names))})"


def _quotes(view: Outline) -> Iterator[str]:
    if not view.quotes:
        return
    yield "## Quoted by several"
    for quote in view.quotes:
        rows = [(view.name(span.article), f"“{span.text}”") for span in quote.variants]
        yield f"### {line(quote.speaker or 'Speaker not named')}"
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
    if not any(only.sentences for only in view.only):
        return
    yield "## Only here, among these reports"
    for only in view.only:
        if only.sentences:
            yield f"### {line(view.names[only.number])}"
            yield "\n".join(f"- {prose(sentence.text)}" for sentence in only.sentences)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads)]
    lines += [[line(cell) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
