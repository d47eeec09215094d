"""Which listing is shown, and what there is to say about it. Pure functions and values."""

import re
from dataclasses import dataclass
from typing import get_args

from reader.library import Query, parse_query
from reader.library.completion import quoted
from reader.library.listing import Order
from reader.library.query import Either, parts_of
from reader.library.search import written_out
from reader.model import ArticleId, SortOrder, SourceKind, SourceRow

SourceKey = tuple[SourceKind, str]
UNREAD = parse_query("is:unread")
ORDERS: tuple[SortOrder, ...] = get_args(SortOrder)
ORDER_NAMES: dict[Order, str] = {
    "best": "best first",
    "newest": "newest first",
    "oldest": "oldest first",
    "source": "by source",
    "unread": "unread first",
}


@dataclass(frozen=True, slots=True)
class View:
    """Which listing is shown: where one comes back to after a search."""

    source: SourceKey = ("all", "")
    order: Order = "newest"
    search: str = ""
    kept: frozenset[ArticleId] = frozenset()
    """Articles that stay although they no longer belong (read while looking at the unread)."""
    folded: bool = False
    """Whether the reports of one story take one row."""
    opened: frozenset[int] = frozenset()
    """The stories whose reports are shown nevertheless."""

    def query(self) -> Query:
        """Return the view's query. Raises QueryError where the search makes no sense (yet)."""
        query = parse_query(self.search, typing=True) if self.search.strip() else Query()
        kind, name = self.source
        return query.within(SourceRow(kind, name, 0, 0)).keeping(self.kept)

    def as_query_text(self, *, whole: bool = False) -> str:
        """Return the query that finds the same in the whole library. Raises QueryError.

        With `whole`, the last word is taken for one, not for the beginning of others too.
        """
        kind, name = self.source
        fields = {"outlet": "source", "tag": "tag", "search": "search"}
        before = f"{fields[kind]}:{quoted(name)}" if kind in fields else ""
        if kind in {"unread", "starred", "noted"}:
            before = f"is:{kind}"
        search = (self.search if whole else written_out(self.search)).strip()
        several = any(isinstance(part, Either) for part in parts_of(parse_query(search).node))
        if before and several:
            search = f"({search})"
        return f"{before} {search}".strip()

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders that make sense: the best first only where something is searched for."""
        return (*ORDERS, "best") if self.search.strip() or self.order == "best" else ORDERS

    def pattern(self) -> re.Pattern[str] | None:
        """Return what finds the searched words in a text."""
        if not self.search.strip():
            return None
        return search_pattern(parse_query(self.search, typing=True))

    @property
    def keeps_what_leaves(self) -> bool:
        """Whether articles leave this list, or their place in it, by being read or changed."""
        return self.source[0] in {"unread", "starred", "tag", "noted"} or self.order == "unread"

    def why_empty(self) -> list[str]:
        """Say why the list is empty and what to do next."""
        if self.search:
            return ["Nothing found.", "Esc takes the search back."]
        return _EMPTY.get(self.source[0], ["Nothing is here.", "[ and ] go to another source."])


_EMPTY = {
    "all": ["The library is empty.", "A adds a file or a folder."],
    "unread": ["Everything is read.", "[ and ] go to another source."],
    "starred": ["Nothing has a star.", "* gives one to an article."],
    "noted": ["There are no notes.", "a writes one on an article or sentence."],
}


def search_pattern(query: Query) -> re.Pattern[str] | None:
    """Return what finds the searched words in a text, for showing them; None where there are none.

    Words are found by their stems; so what only goes on after a word's first two thirds counts.
    """
    parts = [_word_pattern(word, beginning=beginning) for word, beginning in query.words if word]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _word_pattern(word: str, *, beginning: bool) -> str:
    if not word[0].isascii() and not word.isalpha():
        return re.escape(word)
    if "\u2e80" <= word[0] <= "\uffdc":  # scripts that put no spaces between words
        return re.escape(word)
    stem = word if beginning or len(word) < 5 else word[: max(4, len(word) * 2 // 3)]
    return rf"\b{re.escape(stem)}\w*"
