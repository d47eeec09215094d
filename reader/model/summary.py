"""Extractive summaries: which sentences of which articles, and why these."""

from dataclasses import dataclass

from reader.model.article import ArticleId


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a sentence's score."""

    name: str
    """The feature, as `summary.features` names it: "position", "centrality", "support" …"""
    value: float
    """What it added to the score (negative for a penalty)."""
    text: str
    """The same in words: "third sentence", "told by 4 of 5 outlets"."""


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A chosen sentence; `index`, `start`, `end` as in `Sentence` of its article."""

    article: ArticleId
    index: int
    start: int
    end: int
    text: str
    score: float
    reasons: tuple[Reason, ...] = ()
    also_in: tuple[str, ...] = ()
    """The other outlets that say the same, by name, in the order of the articles."""


@dataclass(frozen=True, slots=True)
class SummarizedArticle:
    """An article that a summary was made of, and how many sentences it has."""

    id: ArticleId
    source: str
    title: str
    sentences: int


@dataclass(frozen=True, slots=True)
class Summary:
    """An extractive summary; its sentences stand in reading order (article by article)."""

    method: str
    language: str | None
    """The language of all articles, or None where they differ or it is not known."""
    articles: tuple[SummarizedArticle, ...]
    sentences: tuple[SummarySentence, ...]
    coverage: dict[str, int]
    """Outlet -> how many of the sentences are its own; every outlet is named."""
    redundancy: float
    """Mean over the sentences of the highest cosine of its set of words with another's; 0 to 1."""
    notes: tuple[str, ...] = ()
    """What the reader should know: "the summary is simply the beginning" …"""
