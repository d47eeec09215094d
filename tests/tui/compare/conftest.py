"""A small story of three reports whose comparison is known, whatever the engine finds.

What the screen shows is tested on this; that it is fed by the engine is tested apart.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.briefing import compare_telling
from reader.library import Library
from reader.model import (
    Article,
    Claim,
    ClaimMember,
    ComparedArticle,
    ComparedSentence,
    Comparison,
    DatedEvent,
    Difference,
    Place,
    Quote,
    SentenceLink,
    Span,
    Stance,
    Variant,
)
from reader.text.sentences import sentences
from reader.tui import jobs
from reader.workers import Workers

NOW = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)
POST = (
    "The river Orl burst its banks at Millbrook on Tuesday evening. Twelve houses were flooded, the"
    " fire brigade said.\n\n"
    "The mayor, Ida Kessler, called it “a long night for the town”. The bridge at the mill stayed"
    " closed until Wednesday.\n\n"
    "The old mill has stood at the weir since 1788."
)
ECHO = (
    "On Tuesday evening the Orl flooded parts of Millbrook. Water stood in 14 houses, according to"
    " the fire brigade.\n\n"
    "“It was a very long night for the town”, said the mayor, Ida Kesler. Volunteers filled"
    " sandbags in the school yard."
)
CRIER = (
    "Parts of Millbrook were under water on Tuesday evening after the Orl rose. The bridge at the"
    " mill was closed until Wednesday, police said.\n\n"
    "Insurance will not cover every cellar."
)


def spot(article: Article, phrase: str) -> Span:
    """Where a phrase stands in an article."""
    start = article.text.index(phrase)
    found = next(s for s in sentences(article.text, "en") if s.start <= start < s.end)
    return Span(article.id, found.index, start, start + len(phrase), phrase)


def compared(article: Article) -> ComparedArticle:
    return ComparedArticle(
        article.id, article.source, article.title, article.published, "en", article.excerpt, (),
        tuple(
            ComparedSentence(s.index, s.start, s.end, s.text)
            for s in sentences(article.text, "en")
        ),
    )  # fmt: skip


def variant(article: Article, phrase: str) -> Variant:
    at = spot(article, phrase)
    return Variant(phrase, None, at.article, at.sentence, at.start, at.end)


class Story:
    """The comparison of those of the three reports that are asked for."""

    CLAIMS = (
        ("burst its banks", "flooded parts of", "under water"),
        ("Twelve houses", "14 houses"),
        ("Ida Kessler", "Ida Kesler"),
        ("stayed closed", "was closed"),
    )
    DIFFERENCES: tuple[tuple[Any, bool, str, int, tuple[str, ...]], ...] = (
        ("number", True, "houses flooded", 1, ("Twelve houses", "14 houses")),
        ("name", True, "name: the mayor", 2, ("Ida Kessler", "Ida Kesler")),
        ("quote", False, "statement: the mayor", 2, ("a long night", "a very long night")),
    )
    ONLY = ("The old mill", "Volunteers filled", "Insurance will")
    QUOTES = ("a long night for the town", "It was a very long night for the town")

    def _stance(self, phrases: tuple[str, ...], member: int) -> Stance:
        """Return where a member is: those after the first are at odds over an alarm."""
        alarmed = any(d[1] and self.CLAIMS[d[3]] == phrases for d in self.DIFFERENCES)
        return "at-odds" if alarmed and member else "says"

    def compare(self, articles: Sequence[Article]) -> Comparison:
        claims, links = [], []
        for phrases in self.CLAIMS:
            members = self._found(articles, phrases)
            if len(members) > 1:
                claims.append(
                    Claim(
                        len(claims), phrases[0], len(members),
                        tuple(
                            ClaimMember(m.article, m.sentence, 0.9, self._stance(phrases, n))
                            for n, m in enumerate(members)
                        ),
                    )
                )  # fmt: skip
                places = [Place(m.article, m.sentence) for m in members]
                links += [SentenceLink(places[0], other, 0.9) for other in places[1:]]
        numbers = {self._wording(claim.text): claim.id for claim in claims}
        differences = []
        for kind, alarm, topic, claim, values in self.DIFFERENCES:
            given = [variant(a, v) for a in articles for v in values if v in a.text]
            if len(given) > 1:
                number = numbers.get(self.CLAIMS[claim])
                worth = "at-odds" if alarm else "differently"
                differences.append(Difference(kind, alarm, topic, number, 0.8, tuple(given), worth))
        quoted = self._found(articles, self.QUOTES)
        times = self._found(articles, ("Tuesday evening",))
        old = self._found(articles, ("1788",))
        return Comparison(
            articles=tuple(compared(a) for a in articles),
            links=tuple(links),
            claims=tuple(claims),
            only=tuple(Place(s.article, s.sentence) for s in self._found(articles, self.ONLY)),
            differences=tuple(differences),
            quotes=(Quote("Ida Kessler", tuple(quoted)),) if quoted else (),
            timeline=tuple(
                DatedEvent(date, tuple(members))
                for date, members in (("2025-03-11", times), ("1788", old))
                if members
            ),
            notes=("One of the reports is only an excerpt.",),
        )

    def _wording(self, text: str) -> tuple[str, ...]:
        return next(phrases for phrases in self.CLAIMS if phrases[0] == text)

    def _found(self, articles: Sequence[Article], phrases: Sequence[str]) -> list[Span]:
        return [spot(a, phrase) for a in articles for phrase in phrases if phrase in a.text]


class StoryWorkers(Workers):
    """Does the work at once; what is compared is counted, and may be held back."""

    def __init__(self, compare: Callable[[Sequence[Article]], Comparison]) -> None:
        super().__init__()
        self.compare = compare
        self.compared = 0
        self.held: list[tuple[Future[Any], Sequence[Article]]] = []
        self.holding = False

    def submit(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if work in {jobs.warm, jobs.form_stories}:
            future.set_result(None)
        elif work is compare_telling:
            self.compared += 1
            articles, sign, *_ = args
            if self.holding:
                sign.write_text("0.300", encoding="ascii")
                self.held.append((future, articles))
            else:
                future.set_result(self.compare(articles))
        else:
            future.set_result(work(*args, **kwargs))
        return future

    def release(self) -> None:
        """Let what was held back be done."""
        self.holding = False
        for future, articles in self.held:
            future.set_result(self.compare(articles))
        self.held.clear()


@pytest.fixture
def reports(make: Callable[..., Article]) -> tuple[Article, ...]:
    """Three reports of a flood; the third is an excerpt."""
    return (
        make("River floods houses in Millbrook", POST, published=NOW - timedelta(hours=3)),
        make(
            "Orl floods Millbrook", ECHO, source="Harbour Echo",
            published=NOW - timedelta(hours=5),
        ),
        make(
            "Water in Millbrook", CRIER, source="Town Crier", excerpt=True,
            published=NOW - timedelta(hours=4),
        ),
    )  # fmt: skip


@pytest.fixture
def library(tmp_path: Path, reports: tuple[Article, ...], make: Any) -> Iterator[Library]:
    """A library with the story, and an article that is not of it."""
    with Library.open(tmp_path / "library") as opened:
        other = make("Choir wins the regional prize", published=NOW - timedelta(days=2))
        opened.add([*reports, other])
        opened.stories.update()
        opened.stories.put_into([report.id for report in reports[1:]], reports[0].id)
        yield opened


@pytest.fixture
def workers() -> StoryWorkers:
    """Workers that know the story."""
    return StoryWorkers(Story().compare)


@pytest.fixture
def opened(library: Library, start: Any, workers: StoryWorkers) -> Any:
    """Opens the story's comparison from the list, in a terminal of a size."""

    @asynccontextmanager
    async def comparison(size: tuple[int, int] = (120, 40), **settings: Any) -> Any:
        async with start(library, size, workers=workers, **settings) as reader:
            await reader.press("c")
            yield reader

    return comparison


@pytest.fixture
def now() -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: NOW
