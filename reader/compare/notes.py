"""What the reader should know before reading a comparison: excerpts, copies, languages."""

from collections.abc import Sequence

from reader.compare.material import Material, Report


def notes(material: Material) -> list[str]:
    """Return the notes on a comparison, one sentence each."""
    reports = material.reports
    found = []
    excerpts = [report for report in reports if report.article.excerpt]
    if excerpts:
        found.append(f"Only an excerpt is stored of the report by {_names(excerpts)}.")
    for original in reports:
        copies = [r for r in reports if r.voice == original.number and r.number != r.voice]
        if copies:
            named = _names([original, *copies])
            found.append(f"{named} print mostly the same text and count as one voice.")
    languages = sorted({report.language for report in reports if report.language})
    if len(languages) > 1:
        found.append(
            f"The reports are in several languages ({', '.join(languages)}): between languages, "
            "sentences are matched by meaning, names, numbers and dates, and more is missed."
        )
    cut = [report for report in reports if report.rest]
    if cut:
        found.append(
            f"Only the first sentences of the report by {_names(cut)} are compared: there are too "
            "many of them."
        )
    undated = [report for report in reports if report.article.published is None]
    if undated:
        found.append(
            f"It is not known when the report by {_names(undated)} was published: times like "
            '"yesterday" stay open there.'
        )
    return list(dict.fromkeys(found))  # the same outlets may have several texts in common


def _names(reports: Sequence[Report]) -> str:
    """Return the outlets' names, in alphabetical order and each once."""
    names = sorted({_name(report) for report in reports})
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _name(report: Report) -> str:
    article = report.article
    return article.source or (f"“{article.title}”" if article.title else "an unnamed outlet")
