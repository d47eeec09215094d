"""The door: articles in, a summary of them out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import ModuleType
from typing import Any

from reader.errors import InputError, UsageError
from reader.model import Article, SummarizedArticle, Summary, SummarySentence
from reader.summary.gate import held_back
from reader.summary.lengths import Length
from reader.summary.material import Material, Unit, prepare
from reader.summary.notes import notes
from reader.summary.reasons import blend_reasons, rated_reasons, told_by

OWN_METHODS = ("news", "story")
METHODS = (
    *OWN_METHODS, "lead", "lexrank", "textrank", "lsa", "luhn", "edmundson", "kl", "sumbasic",
    "reduction", "random",
)  # fmt: skip
"""The project's own, the first sentences, and sumy's by sumy's names."""

SAME = 0.27
"""Sentences of two outlets with at least this TF-IDF cosine say the same; measured on links made
by hand, where it carried over from one story to another."""


@dataclass(frozen=True)
class Ranking:
    """All units, the best first, as a method orders them."""

    method: str
    order: tuple[int, ...]
    """Rows of units."""
    scores: dict[int, float]
    """Row -> the method's own figure."""
    held: list[str]
    """Why the body gate holds each unit back, "" for those of the body."""
    parts: dict[str, Any] = field(default_factory=dict)
    """Feature -> what it added to each unit's score; empty for sumy's methods."""
    likeness: Any = None
    """(n, n) the TF-IDF cosine of each pair of units, where the method has computed it."""


def summarize(
    articles: Sequence[Article],
    *,
    method: str | None = None,
    sentences: int | None = None,
    words: int | None = None,
) -> Summary:
    """Return an extractive summary of one article, or of several together.

    `method` is one of `METHODS`; by default "news" for one article and "story" for several. The
    length is a number of sentences (5 unless told) or of words: then the sentences are those that
    reach that many together, and without the last one they would not. The sentences stand in
    reading order: article by article in the order given, inside an article by their index. The
    same articles always give the same summary.

    Raises UsageError for a method or length that there is not, InputError where no article has a
    sentence.
    """
    length = Length(sentences, words)
    if not articles:
        raise UsageError("There is nothing to summarise: no article was given.")
    chosen_method = method
    if method is None:
        chosen_method = "news" if len(articles) == 1 else "story"
    if chosen_method not in METHODS:
        raise UsageError(
            f"There is no method {chosen_method!r} of summarising; there are {', '.join(METHODS)}."
        )
    material = prepare(articles)
    if not material.units:
        where = articles[0].title or material.outlets[0]
        raise InputError(where, "there is no sentence in the text to make a summary of")
    ranking = rank(material, chosen_method, length)
    taken = length.take(material.units[row] for row in ranking.order)
    taken.sort(key=lambda unit: unit.row)
    return _summary(material, ranking, taken, length)


@lru_cache(maxsize=1)
def _heavy() -> tuple[ModuleType, ModuleType, ModuleType, ModuleType]:
    """Import sumy and numpy when the first summary is made: together they cost half a second."""
    from reader.summary import blend, classic, document, similarity  # noqa: PLC0415 - numpy

    return blend, classic, document, similarity


def rank(material: Material, method: str, length: Length) -> Ranking:
    """Return all units in the order in which a method would take them for this length."""
    blend, classic, document, _similarity = _heavy()
    read = document.Document(material, titles=method == "edmundson")
    own = {"news": blend.News, "story": blend.Story}
    summarizer = own[method](length) if method in own else classic.summarizer(method, read)
    infos: list[Any] = []

    def keep(rated: list[Any]) -> list[Any]:
        infos.extend(rated)
        return rated

    summarizer(read, keep)
    order = tuple(info.sentence.unit.row for info in infos)
    if method in own:
        scores = {row: float(score) for row, score in enumerate(summarizer.scores)}
        return Ranking(
            method, order, scores, summarizer.held, summarizer.parts, summarizer.similarity
        )
    ratings = {info.sentence.unit.row: float(info.rating) for info in infos}
    return Ranking(method, order, ratings, held_back(material))


def _summary(
    material: Material, ranking: Ranking, taken: Sequence[Unit], length: Length
) -> Summary:
    articles = material.articles
    languages = {article.language for article in articles}
    also_in = _also_in(material, taken, ranking.likeness)
    return Summary(
        method=ranking.method,
        language=languages.pop() if len(languages) == 1 else None,
        articles=tuple(
            SummarizedArticle(article.id, article.source, article.title, count)
            for article, count in zip(articles, material.counts, strict=True)
        ),
        sentences=tuple(
            _sentence(material, ranking, unit, others)
            for unit, others in zip(taken, also_in, strict=True)
        ),
        coverage={
            outlet: sum(material.outlets[unit.article] == outlet for unit in taken)
            for outlet in material.outlets
        },
        redundancy=redundancy(taken),
        notes=notes(material, ranking.held, taken, length),
    )


def _sentence(
    material: Material,
    ranking: Ranking,
    unit: Unit,
    others: tuple[str, ...],
) -> SummarySentence:
    sentence = unit.sentence
    score = ranking.scores[unit.row]
    telling = told_by(others, len(set(material.outlets)))
    if ranking.parts:
        earlier = material.units[: unit.row]
        place = sum(u.article == unit.article and not ranking.held[u.row] for u in earlier)
        reasons = blend_reasons(unit, ranking.parts, place, telling)
    else:
        place = ranking.order.index(unit.row)
        reasons = rated_reasons(ranking.method, score, place, len(ranking.order), telling)
    return SummarySentence(
        article=material.articles[unit.article].id,
        index=sentence.index,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        score=score,
        reasons=reasons,
        also_in=others,
    )


def _also_in(material: Material, taken: Sequence[Unit], likeness: Any) -> list[tuple[str, ...]]:
    """Return for each chosen unit the other outlets that say the same, in the articles' order."""
    outlets = material.outlets
    if len(set(outlets)) < 2:
        return [()] * len(taken)
    if likeness is None:
        *_others, similarity = _heavy()
        likeness = similarity.tfidf_cosines([unit.stems for unit in material.units])
    found = []
    for unit in taken:
        tellers = set(unit.repeats)
        tellers |= {u.article for u in material.units if likeness[unit.row, u.row] >= SAME}
        names = {outlets[number] for number in tellers} - {outlets[unit.article]}
        found.append(tuple(name for name in dict.fromkeys(outlets) if name in names))
    return found


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
