"""What the reader writes onto articles, after the W3C Web Annotation Data Model."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from reader.model.article import ArticleId

AnnotationKind = Literal["note", "highlight"]


@dataclass(frozen=True, slots=True)
class Selector:
    """A place in an article's text, found again by its position or by its words.

    `start` and `end` are code points of the stored text of the revision it was made on (W3C
    TextPositionSelector); `exact`, `prefix` and `suffix` are the words there and around it
    (TextQuoteSelector), by which the place is found again in a later revision.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note or a highlight on an article or on a place in it."""

    id: int
    """A positive 63-bit number."""
    article: ArticleId
    kind: AnnotationKind
    created: datetime
    modified: datetime
    body: str = ""
    """The note's Markdown; "" for a highlight."""
    selector: Selector | None = None
    """None where it is about the whole article."""
    revision: int = 1
    """The revision of the article that the selector points into."""
    orphaned: bool = False
    """Whether its place could not be found again in the newest revision."""
