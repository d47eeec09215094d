"""The door: articles in, a summary of them out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import ModuleType
from typing import Any

from reader.errors import InputError, UsageError
from reader.model import Article, Reason, SummarizedArticle, Summary, SummarySentence
from reader.summary.lengths import Length
from reader.summary.material import Material, Unit, prepare

OWN_METHODS = ("news", "story")
METHODS = (
    *OWN_METHODS, "lead", "lexrank", "textrank", "lsa", "luhn", "edmundson", "kl", "sumbasic",
    "reduction", "random",
)  # fmt: skip
"""The project's own, the first sentences, and sumy's by sumy's names."""


@dataclass(frozen=True)
class Ranking:
    """All units, the best first, as a method orders them."""

    order: tuple[int, ...]
    """Rows of units."""
    scores: dict[int, float]
    """Row -> the method's own figure."""
    parts: dict[str, Any] = field(default_factory=dict)
    """Feature -> what it added to each unit's score; empty for sumy's methods."""


def summarize(
    articles: Sequence[Article],
    *,
    method: str | None = None,
    sentences: int | None = None,
    words: int | None = None,
) -> Summary:
    """Return an extractive summary of one article, or of several together.

    `method` is one of `METHODS`; by default "news" for one article and "story" for several. The
    length is a number of sentences (5 unless told) or of words: then the best sentences are taken
    until they reach that many together, the last one included. The sentences stand in reading
    order: article by article in the order given, inside an article by their index. The same
    articles always give the same summary.

    Raises UsageError for a method or length that there is not, InputError where no article has a
    sentence.
    """
    length = Length(sentences, words)
    if not articles:
        raise UsageError("There is nothing to summarise: no article was given.")
    chosen_method = method or ("news" if len(articles) == 1 else "story")
    if chosen_method not in METHODS:
        raise UsageError(
            f"There is no method {chosen_method!r} of summarising; there are {', '.join(METHODS)}."
        )
    material = prepare(articles)
    if not material.units:
        where = ", ".join(a.title or a.source or "article" for a in articles)
        raise InputError(where, "There is no sentence in it to make a summary of.")
    ranking = rank(material, chosen_method)
    taken = length.take(material.units[row] for row in ranking.order)
    return _summary(material, chosen_method, ranking, sorted(taken, key=lambda unit: unit.row))


@lru_cache(maxsize=1)
def _heavy() -> tuple[ModuleType, ModuleType, ModuleType]:
    """Import sumy and numpy when the first summary is made: together they cost half a second."""
    from reader.summary import blend, classic, document  # noqa: PLC0415

    return blend, classic, document


def rank(material: Material, method: str) -> Ranking:
    """Return all units in the order in which a method would take them."""
    blend, classic, document = _heavy()
    read = document.Document(material, titles=method == "edmundson")
    own = {"news": blend.News, "story": blend.Story}
    summarizer = own[method]() if method in own else classic.summarizer(method, read)
    infos: list[Any] = []

    def keep(rated: list[Any]) -> list[Any]:
        infos.extend(rated)
        return rated

    summarizer(read, keep)
    order = tuple(info.sentence.unit.row for info in infos)
    if method in own:
        scores = {row: float(score) for row, score in enumerate(summarizer.scores)}
        return Ranking(order, scores, summarizer.parts)
    return Ranking(order, {i.sentence.unit.row: float(i.rating) for i in infos})


def _summary(material: Material, method: str, ranking: Ranking, taken: Sequence[Unit]) -> Summary:
    articles = material.articles
    sources = [article.source for article in articles]
    languages = {article.language for article in articles}
    return Summary(
        method=method,
        language=languages.pop() if len(languages) == 1 else None,
        articles=tuple(
            SummarizedArticle(article.id, article.source, article.title, count)
            for article, count in zip(articles, material.counts, strict=True)
        ),
        sentences=tuple(_sentence(material, ranking, unit) for unit in taken),
        coverage={
            source: sum(sources[unit.article] == source for unit in taken) for source in sources
        },
        redundancy=redundancy(taken),
    )


def _sentence(material: Material, ranking: Ranking, unit: Unit) -> SummarySentence:
    sentence = unit.sentence
    parts = {name: float(values[unit.row]) for name, values in ranking.parts.items()}
    return SummarySentence(
        article=material.articles[unit.article].id,
        index=sentence.index,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        score=ranking.scores[unit.row],
        reasons=tuple(Reason(name, value, name) for name, value in parts.items() if value),
    )


def redundancy(units: Sequence[Unit]) -> float:
    """Return the mean, over the sentences, of the highest cosine of its set of words with another.

    0 for a single sentence; 1 where each stands there twice.
    """
    sets = [set(unit.words) for unit in units]
    if len(sets) < 2:
        return 0.0
    highest = [
        max(_cosine(own, other) for k, other in enumerate(sets) if k != n)
        for n, own in enumerate(sets)
    ]
    return sum(highest) / len(highest)


def _cosine(a: set[str], b: set[str]) -> float:
    size = len(a) * len(b)
    return float(len(a & b) / size**0.5) if size else 0.0
