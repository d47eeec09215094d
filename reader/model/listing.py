"""What lists show: an article without its text, together with what the reader did with it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from reader.model.article import ArticleId

SortOrder = Literal["newest", "oldest", "source", "unread"]
SourceKind = Literal["all", "unread", "starred", "noted", "stories", "tag", "outlet", "search"]
"""Stories stand among the sources and are counted like articles, but are no list of these."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The reader's own work on one article, as the notebook keeps it."""

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    """In alphabetical order, each once."""
    position: int = 0
    """Where reading stopped: a code point of the stored text."""
    annotations: int = 0
    """How many notes and highlights there are."""
    removed: bool = False
    """Taken out of the lists; kept, so that it can be undone."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as a list shows it."""

    id: ArticleId
    source: str
    title: str
    added: datetime
    url: str | None = None
    author: str | None = None
    language: str | None = None
    published: datetime | None = None
    revision: int = 1
    feed: str | None = None
    starter: bool = False
    excerpt: bool = False
    stripped: int = 0
    story: int | None = None
    marks: Marks = field(default_factory=Marks)
    feed_tags: tuple[str, ...] = ()
    """The tags of its feed, which it carries as long as the feed has them."""

    @property
    def tags(self) -> tuple[str, ...]:
        """All tags that it carries: its own first, then those of its feed, each once."""
        own = {tag.casefold() for tag in self.marks.tags}
        return (*self.marks.tags, *(tag for tag in self.feed_tags if tag.casefold() not in own))

    @property
    def when(self) -> datetime:
        """The time it sorts by: when it was published, else when it came in."""
        return self.published or self.added


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line of the list of sources: a group of articles and how many of them are unread."""

    kind: SourceKind
    name: str
    """The outlet's or the tag's name; "" for all, unread, starred, noted and stories."""
    articles: int
    unread: int


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of articles that were given to the library, in the order given."""

    added: tuple[ArticleId, ...] = ()
    changed: tuple[ArticleId, ...] = ()
    unchanged: tuple[ArticleId, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be used, and why, in one sentence."""

    input: str
    reason: str
