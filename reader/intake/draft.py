"""What an importer found in an input, before it becomes an article."""

from dataclasses import dataclass
from datetime import datetime

from reader.model import Article
from reader.text.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the reader tells about all inputs of an import, used where they do not say it."""

    source: str | None = None
    """The outlet's name."""
    language: str | None = None
    """A BCP 47 primary subtag ("en")."""
    published: datetime | None = None
    """Aware; a naive time is taken as UTC."""
    starter: bool = False
    """Mark all as starter articles."""
    full_text: bool = False
    """Whether the pages of addresses that come without a text are fetched."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its input has it; what the input does not say is None or empty."""

    paragraphs: tuple[Paragraph, ...]
    scraped: bool = True
    """Whether it may hold the left-overs of a page; a text written as a document holds few."""
    chosen: bool = False
    """Whether its paragraphs were chosen by the structure of a page."""
    settled: bool = False
    """Whether the text was stored by a reader before: nothing is taken out of it again."""
    given: str | None = None
    """The id in the input, kept as identity."""
    feed: str | None = None
    title: str | None = None
    source: str | None = None
    host: str | None = None
    """Of the page's address: the outlet where nothing else names one."""
    author: str | None = None
    language: str | None = None
    url: str | None = None
    published: datetime | None = None
    saved: datetime | None = None
    """When the reader saved it in another program: counts as the time when it came in."""
    there: datetime | None = None
    """When the page was saved: dates an article that nothing else dates."""
    revision: int = 1
    starter: bool = False
    excerpt: bool | None = None
    leftovers: tuple[str, ...] = ()
    stripped: int = 0
    tags: tuple[str, ...] = ()
    read: bool = False
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that came in, and the marks that its input had (of an export of one's own)."""

    article: Article
    tags: tuple[str, ...] = ()
    read: bool = False
    starred: bool = False
