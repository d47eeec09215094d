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
    annotated: Selector | None = None
    """The place as it was annotated, if its words are others today or gone; else None."""
    annotated_revision: int = 0
    """The revision that `annotated` points into; 0 without it."""

    @property
    def quote(self) -> str:
        """The words as they were annotated, whatever the outlet made of them since."""
        place = self.annotated or self.selector
        return place.exact if place else ""

    @property
    def changed_to(self) -> str:
        """The words at its place today, if the outlet changed them; else ""."""
        if self.annotated is None or self.selector is None or self.orphaned:
            return ""
        return self.selector.exact if self.selector.exact != self.annotated.exact else ""
