"""Comparisons: what several reports of one event all say, what one says, where they differ."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from reader.model.article import ArticleId

Role = Literal["body", "heading", "caption", "list"]
DifferenceKind = Literal[
    "time",
    "number",
    "name",
    "quote",
    "attribution",
    "office",
    "list",
    "label",
    "place",
    "status",
    "cause",
    "sequence",
    "other",
]
DifferenceClass = Literal["at-odds", "differently", "spelling", "correction", "own"]
"""Both cannot be right; worded, named or measured otherwise; one name written in two ways; a later
or corrected figure; one report against itself."""
Stance = Literal["says", "differently", "at-odds"]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of an article: `sentence` is its index."""

    article: ArticleId
    sentence: int


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence; `start` and `end` are code points of the article's stored text."""

    article: ArticleId
    sentence: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    """A sentence of a compared article, with its role; otherwise as `Sentence`."""

    index: int
    start: int
    end: int
    text: str
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class ComparedArticle:
    """One of the reports compared."""

    id: ArticleId
    source: str
    title: str
    published: datetime | None
    language: str | None
    excerpt: bool
    leftovers: tuple[str, ...]
    sentences: tuple[ComparedSentence, ...]
    copy_of: ArticleId | None = None
    """The report of which this one is a wire copy: both count as one voice."""


@dataclass(frozen=True, slots=True)
class SentenceLink:
    """Two sentences of different articles that say the same (or touch the same); 0 < score <= 1."""

    a: Place
    b: Place
    score: float


@dataclass(frozen=True, slots=True)
class ClaimMember:
    """A sentence that makes a claim; the score is its mean similarity to the other members."""

    article: ArticleId
    sentence: int
    score: float
    stance: Stance = "says"
    """Whether the sentence carries what the wording shown says: `says` only if it has the wording's
    numbers, names and negation and most of its words."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A point in common: a fact that at least two reports state; members in their order."""

    id: int
    text: str
    """The most central wording, as one of the members has it."""
    sources: int
    """How many voices say it (wire copies count once)."""
    members: tuple[ClaimMember, ...]
    wording: str = ""
    """`text` with each value that others put otherwise as `[nine | fourteen]`."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The parts of a sentence that no other report states, in their order."""

    article: ArticleId
    sentence: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A point that all other reports state and this one does not."""

    article: ArticleId
    claim: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the values that differ: a phrase and where it stands (code points of the text)."""

    value: str
    normalized: str | None
    article: ArticleId
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Where reports differ: two or more variants with different values."""

    kind: DifferenceKind
    alarm: bool
    """True where both cannot be true (or right); False where they merely differ."""
    topic: str
    claim: int | None
    confidence: float
    variants: tuple[Variant, ...]
    class_: DifferenceClass = "differently"
    weight: float = 0.0
    """How much it matters to a reader, 0 to 1: the dead before the day of the week."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a speaker is quoted with: all wordings of one statement."""

    speaker: str | None
    variants: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A date that the reports mention ("2021", "2021-08", "2025-07-03") and where."""

    date: str
    members: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several reports against each other; `articles` stand in the order given."""

    articles: tuple[ComparedArticle, ...]
    links: tuple[SentenceLink, ...] = ()
    related: tuple[SentenceLink, ...] = ()
    claims: tuple[Claim, ...] = ()
    only: tuple[Place, ...] = ()
    """Body sentences that matched nothing: "not matched", never "omitted by others"."""
    new: tuple[Statements, ...] = ()
    """The statements of each report that no other has: of whole sentences (those in `only`), and of
    sentences that share something else with the others."""
    left_out: tuple[LeftOut, ...] = ()
    differences: tuple[Difference, ...] = ()
    quotes: tuple[Quote, ...] = ()
    timeline: tuple[DatedEvent, ...] = ()
    notes: tuple[str, ...] = ()
    """What the reader should know: reports in several languages, excerpts, wire copies …"""
