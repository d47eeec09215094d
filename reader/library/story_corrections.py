"""What the reader said of stories, and which story an article is therefore shown in."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reader.library.archive import ids_json

_KEY = "stories"
Numbers = Mapping[int, int | None]


@dataclass(frozen=True)
class Corrections:
    """The reader's corrections, as they are kept in the notebook."""

    of: Numbers = field(default_factory=dict)
    """Article -> the story it was put into, or None where it was taken out of all."""
    into: Numbers = field(default_factory=dict)
    """Story -> the story it was merged into."""

    @classmethod
    def told(cls, of: Mapping[int, Any], into: Mapping[int, Any]) -> "Corrections":
        """Return what the notebook's documents say."""
        return cls(
            {article: document["story"] for article, document in of.items()},
            {story: document["into"] for story, document in into.items()},
        )

    def shown(self, article: int, given: int) -> int | None:
        """Return the story that an article is shown in, which was given a story by itself."""
        return self.end(self.of.get(article, given))

    def end(self, story: int | None) -> int | None:
        """Return the story that a story is a part of by now: the last one it was merged into."""
        passed: set[int] = set()
        while story is not None and story not in passed and self.into.get(story) is not None:
            passed.add(story)
            story = self.into[story]
        # stories merged in a circle are one story
        return min(passed) if story in passed else story

    def parts(self, story: int) -> set[int]:
        """Return the stories that may be a part of this one, itself included."""
        return self.together([story])

    def together(self, stories: Iterable[int]) -> set[int]:
        """Return these stories and all that were merged with them, one way or the other."""
        if not self.into:
            return set(stories)
        beside: defaultdict[int, set[int]] = defaultdict(set)
        for one, two in self.into.items():
            if two is not None:
                beside[one].add(two)
                beside[two].add(one)
        found: set[int] = set()
        left = list(stories)
        while left:
            story = left.pop()
            if story not in found:
                found.add(story)
                left.extend(beside[story])
        return found

    def put_into(self, story: int) -> list[int]:
        """Return the articles that the reader put into a story or into a part of it."""
        return [article for article, into in self.of.items() if self.end(into) == story]

    def form(self) -> str:
        """Return what was said as text, the same for the same corrections."""
        return json.dumps([sorted(self.of.items()), sorted(self.into.items())])

    @classmethod
    def from_form(cls, form: str) -> "Corrections":
        """Return what `form` told."""
        of, into = json.loads(form)
        return cls(dict(of), dict(into))


def shown_before(connection: sqlite3.Connection) -> str:
    """Return the form of the corrections that the lists show."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    return str(row[0]) if row else Corrections().form()


def show(connection: sqlite3.Connection, said: Corrections) -> None:
    """Set the story that lists show for all articles that other corrections concern now."""
    before = Corrections.from_form(shown_before(connection))
    articles = {a for a, _ in set(before.of.items()) ^ set(said.of.items())}
    stories = {s for pair in set(before.into.items()) ^ set(said.into.items()) for s in pair}
    stories |= {each.of[a] for each in (before, said) for a in articles if a in each.of}
    stories |= {story for _, story in given(connection, (), articles)}
    wide = before.together(said.together(story for story in stories if story is not None))
    wide = said.together(wide)
    articles |= {a for each in (before, said) for a, s in each.of.items() if s in wide}
    concerned = [
        (article, story)
        for article, story in given(connection, wide, articles)
        # who was put into another story before is there still, with others that are not looked at
        if (now := said.shown(article, story)) is None or now in wide
    ]
    _set_shown(connection, concerned, said)
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, said.form()))


def given(
    connection: sqlite3.Connection, stories: Iterable[int], articles: Iterable[int]
) -> list[tuple[int, int]]:
    """Return (article, story it was given) of these stories and of these articles."""
    rows = connection.execute(
        "SELECT article, story FROM story_items WHERE story IN (SELECT value FROM json_each(?))"
        " OR article IN (SELECT value FROM json_each(?))",
        (ids_json(stories), ids_json(articles)),
    )
    return [(article, story) for article, story in rows]


def _set_shown(
    connection: sqlite3.Connection, articles: Iterable[tuple[int, int]], said: Corrections
) -> None:
    """Set the stories of articles that are whole stories. A story of one article is none."""
    wanted = {article: said.shown(article, story) for article, story in articles}
    sizes = Counter(wanted.values())
    connection.executemany(
        "UPDATE articles SET story = ?1 WHERE id = ?2 AND story IS NOT ?1",
        [(s if sizes[s] > 1 else None, article) for article, s in wanted.items()],
    )


def show_new(
    connection: sqlite3.Connection, placed: Iterable[tuple[int, int]], said: Corrections
) -> None:
    """Set the story that lists show for articles that were just given one, and for the others."""
    newly: defaultdict[int, list[int]] = defaultdict(list)
    for article, story in placed:
        shown = said.shown(article, story)
        if shown is not None:
            newly[shown].append(article)
    for story, came in newly.items():
        if _known(connection, story):
            connection.executemany(
                "UPDATE articles SET story = ? WHERE id = ?", [(story, id_) for id_ in came]
            )
        else:
            parts, also = said.parts(story), said.put_into(story)
            members = given(connection, parts, also)
            _set_shown(connection, [m for m in members if said.shown(*m) == story], said)


def _known(connection: sqlite3.Connection, story: int) -> bool:
    found = connection.execute("SELECT 1 FROM articles WHERE story = ? LIMIT 1", (story,))
    return found.fetchone() is not None
