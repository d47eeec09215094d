"""Stories: articles about the same event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from reader.model.article import ArticleId
from reader.model.comparison import Span

StoryOrder = Literal["newest", "largest", "unread"]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles of several outlets (or of one) about the same event."""

    id: int
    """A positive 63-bit number: the id of its first article."""
    title: str
    articles: tuple[ArticleId, ...]
    """In the order of their time."""
    sources: tuple[str, ...]
    """Each outlet once, in the order in which they first reported."""
    first: datetime
    last: datetime
    terms: tuple[str, ...] = ()
    """The words why these belong together, the strongest first."""
    unread: int = 0
    """How many of its articles were not read yet."""
    copies: tuple[tuple[ArticleId, ArticleId], ...] = ()
    """Articles with the text of an earlier one (an agency's, or of a second feed): (copy, of)."""


@dataclass(frozen=True, slots=True)
class NewSentence:
    """A sentence that no report one has read has said; `index`, `start`, `end` as in `Sentence`."""

    article: ArticleId
    """The first of the new reports that says it."""
    index: int
    start: int
    end: int
    text: str
    also_in: tuple[Span, ...] = ()
    """The sentences of other new reports that say the same."""


@dataclass(frozen=True, slots=True)
class NewSince:
    """What a story says that the reports one has read have not said."""

    sentences: tuple[NewSentence, ...] = ()
    """In the order of the reports' time, within a report in its order."""
    read: tuple[ArticleId, ...] = ()
    """The reports that were read, against which the new ones were held."""
    new: tuple[ArticleId, ...] = ()
    """The reports that were not read yet and were held against them."""
    apart: tuple[ArticleId, ...] = ()
    """Reports not read yet that were not held against them: none that was read is in their
    language, or there are too many."""

    def places(self, article: ArticleId) -> tuple[tuple[int, int], ...]:
        """Return where the new sentences stand in the text of an article: (start, end), sorted."""
        own = [(s.start, s.end) for s in self.sentences if s.article == article]
        also = [
            (span.start, span.end)
            for sentence in self.sentences
            for span in sentence.also_in
            if span.article == article
        ]
        return tuple(sorted({*own, *also}))
