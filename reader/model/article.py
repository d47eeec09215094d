"""Articles: what an outlet published, as it is kept and pointed into."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType, get_args

ArticleId = NewType("ArticleId", int)
"""A positive 63-bit number made from the article's identity alone (see `reader.model.identity`)."""

BlockKind = Literal["paragraph", "heading", "list", "quote", "code", "table", "caption"]
BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like part of the stored text.

    `start` and `end` are code points of the text; blocks do not overlap and stand in order. A list
    item is a block of its own; the items of one list are separated by one newline, all other
    blocks by a blank line.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Link:
    """An address that the text refers to; `start` and `end` are code points of the stored text."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    r"""One revision of one article, as it is stored.

    The text is plain text in NFC with "\n" as its only line break; it holds neither the title nor
    the left-overs of the page it came from. Everything that points into it (sentences, links,
    annotations, summaries, comparisons) counts code points of exactly this text.
    """

    id: ArticleId
    identity: str
    """What the id was made from; see `reader.model.identity`."""
    source: str
    """The outlet's name as shown; "" where it is not known."""
    title: str
    text: str
    added: datetime
    """When it first came into the library; aware, UTC."""
    url: str | None = None
    author: str | None = None
    language: str | None = None
    """A BCP 47 primary subtag ("en"), declared or detected; None where neither was possible."""
    published: datetime | None = None
    """When the outlet published it; aware. None where it is not known: nothing is invented."""
    revision: int = 1
    """Counts from 1; a changed text of the same identity is the next revision."""
    feed: str | None = None
    """The address of the feed it came from."""
    starter: bool = False
    """Whether it is one of the starter articles that travel with the program."""
    excerpt: bool = False
    """Whether the text is known to be only a part of the article."""
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    leftovers: tuple[str, ...] = ()
    """Lines of the page that are not the article's, in their order, to be shown on demand."""
    stripped: int = 0
    """How many control, bidi and invisible characters hygiene took out of it."""

    @property
    def when(self) -> datetime:
        """The time it sorts by: when it was published, else when it came in."""
        return self.published or self.added


@dataclass(frozen=True, slots=True)
class Revision:
    """One of an article's revisions, as a list of them shows it."""

    number: int
    """Counts from 1."""
    title: str
    came: datetime | None
    """When it came into the library; None where that was not noted."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a stored text.

    `index` counts the sentences of the text from 0; `text` is the article's text[start:end], in
    code points. Sentences do not overlap and stand in order; what lies between them is white space.
    """

    index: int
    start: int
    end: int
    text: str
