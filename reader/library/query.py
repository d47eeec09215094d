"""A search that was understood: what must hold for an article that is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reader.model import SourceRow

TextField = Literal["", "title", "author"]
Flag = Literal["unread", "read", "starred", "noted", "excerpt", "starter", "removed"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words next to each other, in the whole article or in one field; the last may be a prefix."""

    words: tuple[str, ...]
    field: TextField = ""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Articles of an outlet, with a tag, in a language; exactly this name, or any that fits."""

    field: Literal["source", "tag", "lang"]
    name: str
    exact: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class InStory:
    """Articles of the story whose id begins so."""

    beginning: str


@dataclass(frozen=True, slots=True)
class Is:
    """Articles with a mark or a nature."""

    flag: Flag


@dataclass(frozen=True, slots=True)
class When:
    """Articles before, since or in a stretch of time (as written: it may count from now)."""

    field: Literal["before", "after", "on"]
    moment: str


@dataclass(frozen=True, slots=True)
class Saved:
    """Articles that a saved search finds."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """Articles for which the other does not hold."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Every:
    """Articles for which all of these hold; with none, any article."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Articles for which one of these holds."""

    nodes: tuple["Node", ...]


Node = Text | Named | InStory | Is | When | Saved | Not | Every | Either

_OF_ROW: dict[str, Node] = {
    "unread": Is("unread"),
    "starred": Is("starred"),
    "noted": Is("noted"),
}


@dataclass(frozen=True, slots=True)
class Query:
    """A search that was understood; `Query()` finds everything that is not removed."""

    node: Node = Every(())
    kept: tuple[int, ...] = ()
    """Articles that are shown besides, even where they are not (or no longer) found."""

    def __and__(self, other: "Query") -> "Query":
        """Return the search for what both find (and what either keeps)."""
        parts = [*parts_of(self.node), *parts_of(other.node)]
        node = parts[0] if len(parts) == 1 else Every(tuple(dict.fromkeys(parts)))
        return Query(node, tuple(sorted({*self.kept, *other.kept})))

    def within(self, row: SourceRow) -> "Query":
        """Return the search for what is found in a line of the list of sources."""
        if row.kind == "all":
            return self
        node = _OF_ROW.get(row.kind)
        if row.kind == "outlet":
            node = Named("source", row.name, exact=True)
        elif row.kind == "tag":
            node = Named("tag", row.name, exact=True)
        elif row.kind == "search":
            node = Saved(row.name)
        return self & Query(node) if node is not None else self

    def keeping(self, ids: Iterable[int]) -> "Query":
        """Return the search for what this one finds, and for these articles besides."""
        return Query(self.node, tuple(sorted({*self.kept, *ids})))

    @property
    def names(self) -> frozenset[str]:
        """The saved searches that it refers to."""
        return frozenset(node.name for node in _leaves(self.node) if isinstance(node, Saved))

    @property
    def words(self) -> tuple[tuple[str, bool], ...]:
        """The words that are looked for, each with whether it is only a beginning."""
        found: dict[tuple[str, bool], None] = {}
        for text in _texts(self.node):
            last = len(text.words) - 1
            found.update(
                {(word, text.prefix and i == last): None for i, word in enumerate(text.words)}
            )
        return tuple(found)


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return the nodes that must all hold for a node to hold."""
    return node.nodes if isinstance(node, Every) else (node,)


def _leaves(node: Node) -> list[Node]:
    if isinstance(node, Not):
        return _leaves(node.node)
    if isinstance(node, Every | Either):
        return [leaf for part in node.nodes for leaf in _leaves(part)]
    return [node]


def _texts(node: Node) -> list[Text]:
    if isinstance(node, Text):
        return [node]
    if isinstance(node, Every | Either):
        return [text for part in node.nodes for text in _texts(part)]
    return []
