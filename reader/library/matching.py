"""From a query to SQL: its words to one full-text expression, all else to indexed conditions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reader.errors import UsageError
from reader.library import moments
from reader.library.archive import TIE
from reader.library.query import (
    Either,
    Every,
    InStory,
    Is,
    Named,
    Node,
    Not,
    Query,
    Saved,
    Text,
    When,
)
from reader.library.tokens import STEMMED, bare, fold, is_word, stemmed
from reader.model import id_range

MOST_SAVED = 100
"""So many saved searches may take part in one query."""

SHOWN = "a.removed = 0"
"""What holds for articles that lists show."""

_FLAG = {
    "unread": "a.unread = 1",
    "read": "a.unread = 0",
    "starred": "a.starred = 1",
    "noted": "(a.noted > 0) = 1",
    "excerpt": "a.excerpt = 1",
    "starter": "a.starter = 1",
    "removed": "a.removed = 1",
}
_COLUMNS = {"": "{title body author}", "title": "title", "author": "author"}
_FORMS = {"": "{title_forms forms}", "title": "title_forms", "author": "author"}


@dataclass(slots=True)
class Condition:
    """The FROM and WHERE of a query, with their values in order."""

    match: str | None = None
    """A full-text expression for what must be found, joined before the articles."""
    where: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    kept: tuple[int, ...] = ()
    """The ids of articles that are listed besides."""

    @property
    def tables(self) -> str:
        """The FROM clause: the articles are `a`."""
        if self.match is None:
            return "articles a"
        return "search CROSS JOIN articles a ON a.n = search.rowid"

    @property
    def clause(self) -> str:
        """The WHERE clause."""
        first = ["search MATCH ?"] if self.match is not None else []
        return " AND ".join([*first, *self.where]) or "1"

    @property
    def bound(self) -> list[Any]:
        """The values of the placeholders."""
        return [*([self.match] if self.match is not None else []), *self.values]


class Matcher:
    """Makes conditions for one archive, whose languages and saved searches it knows."""

    def __init__(self, languages: Iterable[str], saved: dict[str, Query], now: datetime) -> None:
        """Take the languages of the articles, the saved searches by name, and the time."""
        self._languages = sorted({code.partition("-")[0] for code in languages} & STEMMED)
        self._saved = {name.casefold(): query.node for name, query in saved.items()}
        self._now = now
        self._put_in = 0

    def condition(self, query: Query) -> Condition:
        """Return the condition that a query means; what is removed only where it is asked for."""
        node = self._resolved(query.node)
        parts = node.nodes if isinstance(node, Every) else (node,)
        texts = [part for part in parts if _is_text(part)]
        match = " AND ".join(f"({self._match(part)})" for part in texts) or None
        found = Condition(match, kept=query.kept)
        if not _asks_for_removed(node):
            found.where.append(SHOWN)
        # asked for its own numbers, the full-text index leaves out what lies outside of a time
        place = "a.n" if match is None else "search.rowid"
        for part in parts:
            if isinstance(part, When):
                found.where.append(self._when(part, found.values, place))
            elif not _is_text(part):
                found.where.append(self._sql(part, found.values))
        return found

    def _resolved(self, node: Node, inside: frozenset[str] = frozenset()) -> Node:
        """Put the queries of saved searches in their places; one inside of itself finds nothing."""
        if isinstance(node, Saved):
            name = node.name.casefold()
            found = self._saved.get(name)
            if found is None or name in inside:
                return Not(Every(()))
            self._put_in += 1
            if self._put_in > MOST_SAVED:
                raise UsageError("The saved searches refer to each other too often.")
            return self._resolved(found, inside | {name})
        if isinstance(node, Not):
            return Not(self._resolved(node.node, inside))
        if isinstance(node, Every):
            parts = [self._resolved(part, inside) for part in node.nodes]
            flat = [
                p for part in parts for p in (part.nodes if isinstance(part, Every) else (part,))
            ]
            return Every(tuple(flat))
        if isinstance(node, Either):
            return Either(tuple(self._resolved(part, inside) for part in node.nodes))
        return node

    def _sql(self, node: Node, values: list[Any]) -> str:
        """Return the condition of a node, and add the values of its placeholders."""
        if _is_text(node):
            values.append(self._match(node))
            return "a.n IN (SELECT rowid FROM search WHERE search MATCH ?)"
        match node:
            case Every(nodes):
                sql = self._joined(nodes, " AND ", "1", values)
            case Either(nodes):
                sql = self._joined(nodes, " OR ", "0", values)
            case Not(inner):
                # a language that is not known is not that language either
                sql = f"NOT ifnull({self._sql(inner, values)}, 0)"
            case Is(flag):
                sql = _FLAG[flag]
            case When():
                sql = self._when(node, values)
            case InStory(beginning):
                sql = _in_story(beginning, values)
            case Named():
                sql = _named(node, values)
            case _:
                raise TypeError(node)
        return sql

    def _joined(self, nodes: Iterable[Node], word: str, none: str, values: list[Any]) -> str:
        return f"({word.join(self._sql(node, values) for node in nodes) or none})"

    def _when(self, node: When, values: list[Any], place: str = "a.n") -> str:
        if node.field == "on":
            stretch = moments.stretch(node.moment, self._now)
            assert stretch is not None  # noqa: S101 - the parser saw to it
            values += [stretch.start << TIE, stretch.end << TIE]
            return f"({place} >= ? AND {place} < ?)"
        values.append(moments.since(node.moment, self._now) << TIE)
        return f"{place} < ?" if node.field == "before" else f"{place} >= ?"

    # Full text

    def _match(self, node: Node) -> str:
        """Return the FTS5 expression of words and of what joins them."""
        if isinstance(node, Text):
            return self._words(node)
        if isinstance(node, Either | Every):
            word = " OR " if isinstance(node, Either) else " AND "
            return word.join(f"({self._match(part)})" for part in node.nodes)
        raise TypeError(node)

    def _words(self, text: Text) -> str:
        columns, forms = _COLUMNS[text.field], _FORMS[text.field]
        variants = dict.fromkeys(
            [
                _phrase(map(fold, text.words), text.prefix),
                *(self._stems(text, name) for name in self._languages),
            ]
        )
        found = [f"{columns} : ({' OR '.join(variants)})"]
        if text.prefix and len(text.words) == 1:
            found.append(f"{forms} : {_phrase([fold(text.words[0])], prefix=True)}")
        if len(text.words) == 1 and text.field != "author" and text.words[0].isascii():
            plain = {bare(text.words[0], name) for name in self._languages} - {""}
            found += [f"{forms} : {_phrase([word], prefix=False)}" for word in sorted(plain)]
        return " OR ".join(f"({part})" for part in found)

    def _stems(self, text: Text, language: str) -> str:
        if not text.prefix:
            return _phrase((stemmed(word, language) for word in text.words), prefix=False)
        *first, last = text.words
        # a beginning has no stem, but it has the mark of the language
        beginning = f"{language}_{fold(last)}" if last.isalpha() and is_word(last) else fold(last)
        return _phrase([*(stemmed(word, language) for word in first), beginning], prefix=True)


def _phrase(words: Iterable[str], prefix: bool) -> str:
    quoted = " ".join(words).replace('"', '""')
    return f'"{quoted}"{"*" if prefix else ""}'


def _is_text(node: Node) -> bool:
    if isinstance(node, Either | Every):
        return bool(node.nodes) and all(map(_is_text, node.nodes))
    return isinstance(node, Text)


def _asks_for_removed(node: Node) -> bool:
    if isinstance(node, Either | Every):
        return any(map(_asks_for_removed, node.nodes))
    if isinstance(node, Not):
        return _asks_for_removed(node.node)
    return isinstance(node, Is) and node.flag == "removed"


def _in_story(beginning: str, values: list[Any]) -> str:
    if beginning.lower() == "none":
        return "a.story IS NULL"
    found = id_range(beginning)
    assert found is not None  # noqa: S101 - the parser saw to it
    values += found
    return "(a.story IS NOT NULL AND a.story BETWEEN ? AND ?)"


_LANGUAGE = "a.language IN (SELECT code FROM languages WHERE code = ? OR code LIKE ? ESCAPE '\\')"
# by a tag of its own, or by one of its feed; a UNION, so that an index finds either
_TAGGED = (
    "a.n IN (SELECT n FROM article_tags WHERE tag = (SELECT id FROM tags WHERE folded = ?)"
    " UNION SELECT b.n FROM feed_tags f CROSS JOIN articles b ON b.feed = f.feed"
    " WHERE f.folded = ?)"
)
_TAGGED_LIKE = (
    "a.n IN (SELECT n FROM article_tags WHERE tag IN"
    " (SELECT id FROM tags WHERE folded LIKE ? ESCAPE '\\')"
    " UNION SELECT b.n FROM feed_tags f CROSS JOIN articles b ON b.feed = f.feed"
    " WHERE f.folded LIKE ? ESCAPE '\\')"
)


def _named(node: Named, values: list[Any]) -> str:
    if node.field == "lang":
        values += [node.name.lower(), _like(node.name.lower()) + "-%"]
        return _LANGUAGE
    if node.exact and node.field == "source":
        values.append(node.name)
        return "a.source = (SELECT id FROM sources WHERE name = ?)"
    folded = " ".join(node.name.casefold().split())
    if node.field == "tag":
        values += [_like(folded) + "%" if node.prefix else folded] * 2
        return _TAGGED_LIKE if node.prefix else _TAGGED
    return _source(folded, node.prefix, values)


def _source(folded: str, prefix: bool, values: list[Any]) -> str:
    """Outlets of exactly this name (in any case); where there is none, those that hold it."""
    values += [folded, folded, ("" if prefix else "%") + _like(folded) + "%"]
    return (
        "a.source IN (SELECT id FROM sources WHERE folded = ? UNION ALL SELECT id FROM sources"
        " WHERE NOT EXISTS (SELECT 1 FROM sources WHERE folded = ?) AND folded LIKE ? ESCAPE '\\')"
    )


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
