"""Reports of one story folded into one row. Pure functions and values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reader.model import ArticleId


@dataclass(frozen=True, slots=True)
class Fold:
    """The reports that one row stands for, the one that is shown first."""

    story: int
    members: tuple[ArticleId, ...]
    unread: int


@dataclass(frozen=True, slots=True)
class Folded:
    """A list in which each story takes one row: the articles shown, and what each stands for."""

    rows: tuple[ArticleId, ...]
    folds: Mapping[ArticleId, Fold]

    def row_of(self, article: ArticleId) -> int | None:
        """Return the row in which an article is shown, or that of the report it is folded into."""
        for number, shown in enumerate(self.rows):
            fold = self.folds.get(shown)
            if shown == article or (fold is not None and article in fold.members):
                return number
        return None


def fold(
    ids: Sequence[ArticleId],
    stories: Mapping[ArticleId, int],
    unread: Collection[ArticleId],
    opened: Collection[int],
) -> Folded:
    """Fold a list: a story's reports stand where its first one stands, but for those opened.

    `stories` names the story of each article that is in one; a story with one report in the list
    is not folded.
    """
    members: dict[int, list[ArticleId]] = {}
    for id_ in ids:
        story = stories.get(id_)
        if story is not None and story not in opened:
            members.setdefault(story, []).append(id_)
    rows: list[ArticleId] = []
    folds: dict[ArticleId, Fold] = {}
    for id_ in ids:
        story = stories.get(id_)
        held = members.get(story, []) if story is not None else []
        if len(held) > 1 and story is not None:
            if held[0] != id_:
                continue
            folds[id_] = Fold(story, tuple(held), sum(member in unread for member in held))
        rows.append(id_)
    return Folded(tuple(rows), folds)
