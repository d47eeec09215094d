"""What a reader should know about a summary besides its sentences."""

from collections.abc import Sequence

from reader.summary.gate import CERTAIN
from reader.summary.lengths import Length
from reader.summary.material import MOST_SENTENCES, Material, Unit


def notes(
    material: Material, held: Sequence[str], taken: Sequence[Unit], length: Length
) -> tuple[str, ...]:
    """Return the notes, each one sentence; `taken` are the chosen units in reading order."""
    return tuple(
        note
        for note in (
            _excerpts(material),
            _languages(material),
            _beginning(material, held, taken, length),
            _doubtful(held, taken),
            _left_out(material),
        )
        if note
    )


def _excerpts(material: Material) -> str:
    names = [material.outlets[n] for n, article in enumerate(material.articles) if article.excerpt]
    if not names:
        return ""
    if len(material.articles) == 1:
        return "Only an excerpt of the article is stored; the summary covers no more than that."
    return f"Only an excerpt is stored of {_listed(names)}."


def _languages(material: Material) -> str:
    languages = sorted({article.language for article in material.articles if article.language})
    if len(languages) < 2:
        return ""
    return (
        f"The articles are in several languages ({', '.join(languages)}); what they say alike is "
        "only found within one language."
    )


def _beginning(
    material: Material, held: Sequence[str], taken: Sequence[Unit], length: Length
) -> str:
    one = len(material.articles) == 1
    if len(taken) == len(material.units):
        if length.words is None and len(taken) >= length.target:
            return ""
        number = "one sentence" if len(taken) == 1 else f"{len(taken)} sentences"
        what = "The article has" if one else "The articles have together"
        again = ", apart from repetitions" if sum(material.counts) > len(taken) else ""
        return f"{what} only {number}{again}, and this is all of it."
    by_article: dict[int, list[int]] = {}
    for unit in taken:
        by_article.setdefault(unit.article, []).append(unit.row)
    if not all(_is_beginning(material, held, *item) for item in by_article.items()):
        return ""
    if one:
        return "The summary is simply the beginning of the article."
    return "The summary is simply the beginnings of the articles."


def _is_beginning(material: Material, held: Sequence[str], article: int, rows: list[int]) -> bool:
    """Tell whether these are an article's first sentences, or the first ones of its body."""
    own = [unit.row for unit in material.units if unit.article == article]
    body = [row for row in own if not held[row]]
    return rows in (own[: len(rows)], body[: len(rows)])


def _doubtful(held: Sequence[str], taken: Sequence[Unit]) -> str:
    if not any(held[unit.row] in CERTAIN for unit in taken):
        return ""
    return "Some of these sentences may be headings, captions or lines of the page."


def _left_out(material: Material) -> str:
    if not material.left_out:
        return ""
    return f"Only the first {MOST_SENTENCES} sentences were looked at; there are more."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
