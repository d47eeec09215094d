"""The reports of one story made ready to be compared: sentences with roles, words and terms.

Everything in this room works on a `Material`. Its reports stand in an order of their own (by
time, outlet and text), so that no figure depends on the order in which the articles were given;
`reader.compare.compare` puts the answer into the order that was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.compare.roles import role_of_sentences
from reader.compare.synonyms import place_terms
from reader.compare.tables import section
from reader.model import Article, ComparedSentence, Place, Role, Span
from reader.text.copies import SAME_COPY
from reader.text.sentences import sentences
from reader.text.words import Word, stem, stop_words, word_spans

_RUN = 5
MOST_SENTENCES = 3000
"""Of more sentences together only the first of each report are compared: time and memory grow with
their square."""
LONGEST_SENTENCE = 1500
"""What is longer (in code points) is no sentence, and nothing is looked for in it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of one report; `row` is its number among the sentences of all reports."""

    row: int
    report: int
    index: int
    start: int
    """Code points of the article's stored text, as `end`."""
    end: int
    text: str
    role: Role
    words: tuple[Word, ...]
    """All words; their spans are code points of `text`."""
    terms: tuple[str, ...]
    """Stems of the content words in order; a country and its people are one, so are 2 and two."""


@dataclass(frozen=True, slots=True)
class Report:
    """One article with its sentences; `number` is its place in the material."""

    number: int
    article: Article
    units: tuple[Unit, ...]
    voice: int
    """The number of the report that this one is a wire copy of, else its own."""
    twin: bool
    """Whether an earlier report has exactly the same text."""
    rest: tuple[ComparedSentence, ...] = ()
    """The sentences beyond those that are compared."""

    @property
    def language(self) -> str | None:
        """The language of the article, where it is known."""
        return self.article.language


@dataclass(frozen=True, slots=True)
class Material:
    """All reports and all of their sentences, in the material's own order."""

    reports: tuple[Report, ...]
    units: tuple[Unit, ...] = field(repr=False)

    def place(self, unit: Unit) -> Place:
        """Return where a unit stands."""
        return Place(self.reports[unit.report].article.id, unit.index)

    def span(self, unit: Unit, start: int, end: int) -> Span:
        """Return the span of a unit's text from `start` to `end` (code points of that text)."""
        return Span(
            self.reports[unit.report].article.id,
            unit.index,
            unit.start + start,
            unit.start + end,
            unit.text[start:end],
        )

    def source(self, unit: Unit) -> str:
        """Return the outlet of a unit, "" where it is not known."""
        return self.reports[unit.report].article.source


def canonical(articles: Sequence[Article]) -> list[int]:
    """Return the numbers of the articles in an order that their own order does not change."""

    def key(number: int) -> tuple[str, str, str, str, int]:
        article = articles[number]
        time = article.published.isoformat() if article.published else "~"
        return (time, article.source, article.title, article.text, article.id)

    return sorted(range(len(articles)), key=key)


def prepare(articles: Sequence[Article]) -> Material:
    """Return the material of these articles, which must stand in canonical order."""
    reports: list[Report] = []
    units: list[Unit] = []
    runs: list[set[tuple[str, ...]]] = []
    most = _fair_share([len(sentences(a.text, a.language)) for a in articles], MOST_SENTENCES)
    for number, article in enumerate(articles):
        own, rest = _units(article, number, len(units), most)
        units.extend(own)
        runs.append(_runs([word.text for unit in own for word in unit.words]))
        earlier = range(number)
        twin = next((k for k in earlier if articles[k].text == article.text), None)
        copy = twin if twin is not None else _copied(runs, number)
        voice = number if copy is None else reports[copy].voice
        reports.append(Report(number, article, tuple(own), voice, twin is not None, rest))
    return Material(tuple(reports), tuple(units))


def _fair_share(counts: list[int], most: int) -> int:
    """Return how many each may have at most so that all together have no more than `most`."""
    share, left, number = max(counts, default=0), most, len(counts)
    for count in sorted(counts):
        if count * number > left:
            return left // number
        left, number = left - count, number - 1
    return share


def _copied(runs: list[set[tuple[str, ...]]], number: int) -> int | None:
    """Return the first report of which this one is a copy, or that is one of this.

    As `reader.text.copies.same_copy` tells, with the runs of each report made only once.
    """
    own = runs[number]
    for other in range(number):
        shorter = min(len(own), len(runs[other]))
        if shorter and len(own & runs[other]) >= SAME_COPY * shorter:
            return other
    return None


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}


def _units(
    article: Article, report: int, first: int, most: int
) -> tuple[list[Unit], tuple[ComparedSentence, ...]]:
    """Return the sentences of an article that are compared, at most so many, and the rest."""
    found = sentences(article.text, article.language)
    roles = role_of_sentences(article, found)
    units: list[Unit] = []
    for sentence, role in zip(found[:most], roles[:most], strict=True):
        words = tuple(word_spans(sentence.text, article.language))
        terms = tuple(content_terms([word.text for word in words], article.language))
        row = first + len(units)
        units.append(
            Unit(
                row,
                report,
                sentence.index,
                sentence.start,
                sentence.end,
                sentence.text,
                role,
                words,
                terms,
            )
        )
    rest = tuple(
        ComparedSentence(s.index, s.start, s.end, s.text, role)
        for s, role in zip(found[most:], roles[most:], strict=True)
    )
    return units, rest


def terms_within(unit: Unit, start: int, end: int, language: str | None) -> list[str]:
    """Return the content terms of a part of a sentence (code points of its text)."""
    return content_terms([w.text for w in unit.words if start <= w.start < end], language)


def content_terms(words: Sequence[str], language: str | None) -> list[str]:
    """Return the stems of words (case-folded) that are no stop words, countries and numbers folded.

    Other synonyms are left apart here: they helped one of the two aligned stories and harmed the
    other (docs/decisions/comparison.md).
    """
    stops = stop_words(language)
    countries, numbers = place_terms(language), section(language, "numbers", "words")
    found = []
    for word in words:
        if word in numbers:
            found.append(str(numbers[word]))
        elif word not in stops:
            stemmed = stem(word, language)
            found.append(countries.get(stemmed, stemmed))
    return found
