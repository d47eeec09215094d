"""The notebook: what the reader does with articles. It is acknowledged at once and kept for good.

A change is applied in memory and handed to the store, whose thread journals it; the interface never
waits for a disk. What articles were like before comes from the mirror, with what is newer than the
mirror laid over it.
"""

import json
import threading
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from tinydb import where

from reader.errors import NotFoundError, UsageError
from reader.library import listing
from reader.library.archive import Archive, ids_json
from reader.library.forms import annotation_form, annotations_of
from reader.library.journal import Edit
from reader.library.marks import ANNOTATIONS
from reader.library.overlay import Newer
from reader.library.snapshot import ARTICLES, TAG
from reader.library.store import JournalStorage
from reader.library.table import JournalTable
from reader.library.undo import Change, History, Step, articles
from reader.model import Annotation, ArticleId, Marks, article_id, shown_id
from reader.text.hygiene import clean_line

SETTINGS = "settings"
LONGEST_TAG = 100
SETTLE = 1.0
"""Seconds that a list waits at most for the newest changes to be mirrored: a millisecond as a rule,
a moment on a busy machine, and no time at all where the archive is being written."""

_WORDS = {
    "read": ("marked unread", "marked read"),
    "starred": ("unstarred", "starred"),
    "removed": ("put back", "removed"),
}
_STATE = {"read": 1, "starred": 2, "removed": 3}


class Notebook:
    """The reader's own work; may be used from any thread."""

    def __init__(self, storage: JournalStorage, archive: Archive) -> None:
        """Stand on the store and on the archive that mirrors it."""
        self._storage = storage
        self._archive = archive
        self._history = History()
        self._lock = threading.RLock()
        self._annotations = JournalTable(storage, ANNOTATIONS)

    # Marks

    def marks(self, id: ArticleId) -> Marks:
        """Return what the reader did with an article; NotFoundError where it is not there."""
        return self.marks_of([id])[id]

    def marks_of(self, ids: Iterable[ArticleId]) -> dict[ArticleId, Marks]:
        """Return what the reader did with articles; NotFoundError where one is not there."""
        wanted, newer = list(dict.fromkeys(ids)), self.newer()
        with self._archive.reading() as connection:
            rows = listing.rows(connection, wanted, "id")
        found = {row.id: row.marks for row in newer.over(rows)}
        _all_there(wanted, found)
        return found

    def mark(
        self,
        ids: Iterable[ArticleId],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        removed: bool | None = None,
    ) -> Change:
        """Mark articles as read, starred or removed, or as not; what already is so stays."""
        wanted = {"read": read, "starred": starred, "removed": removed}
        fields = {name: value for name, value in wanted.items() if value is not None}
        with self._lock:
            given = list(dict.fromkeys(ids))
            forward, back, texts = [], [], []
            touched: dict[ArticleId, None] = {}
            for name, value in fields.items():
                changed = self._other_than(given, name, value)
                if changed:
                    forward.append(Edit(ARTICLES, changed, {name: value}))
                    back.append(Edit(ARTICLES, changed, {name: not value}))
                    texts.append(f"{articles(changed)} {_WORDS[name][value]}")
                    touched.update(dict.fromkeys(changed))
            return self._do(" and ".join(texts), tuple(touched), forward, back)

    def toggle(self, ids: Iterable[ArticleId], mark: Literal["read", "starred"]) -> Change:
        """Mark articles, or take the mark from them where all have it."""
        with self._lock:
            given = list(dict.fromkeys(ids))
            missing = bool(self._other_than(given, mark, True))
            return self.mark(
                given,
                read=missing if mark == "read" else None,
                starred=missing if mark == "starred" else None,
            )

    def set_position(self, id: ArticleId, position: int) -> None:
        """Keep where reading stopped: a code point of the stored text. Not undone."""
        self._storage.submit([Edit(ARTICLES, (id,), {"position": max(0, position)})])

    # Tags

    def tag(
        self, ids: Iterable[ArticleId], *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> Change:
        """Give articles tags and take tags off them. A tag is the same in upper and lower case."""
        added = {tag.casefold(): tag for tag in map(checked_tag, add)}
        gone = {tag.casefold(): None for tag in map(checked_tag, remove)}
        with self._lock:
            given = list(dict.fromkeys(ids))
            certain = self._look()
            have = self._tags_of(given)
            known = {tag.casefold(): tag for tag in self.tags()}
            steps = _Steps()
            for folded, tag in added.items():
                without = [id_ for id_ in given if folded not in have[id_] or not certain]
                steps.tag(without, folded, known.get(folded, tag))
            for folded in gone:
                tagged = [id_ for id_ in given if folded in have[id_] or not certain]
                steps.untag(tagged, folded, have)
            return self._do(steps.text(), tuple(steps.touched), steps.forward, steps.back)

    def tags(self) -> list[str]:
        """Return the tags in use, of articles and of feeds, in alphabetical order."""
        newer = self.newer()
        self.settle()
        with self._archive.reading() as connection:
            rows = connection.execute(
                "SELECT folded, name FROM tags WHERE articles > 0"
                " OR EXISTS (SELECT 1 FROM article_tags WHERE tag = tags.id)"
                " UNION ALL SELECT folded, min(name) FROM feed_tags"
                " WHERE folded NOT IN (SELECT folded FROM tags WHERE articles > 0) GROUP BY folded"
            )
            known: dict[str, str] = dict(rows.fetchall())
        if self._storage.recent():  # the mirror is busy
            known = newer.tags() | known
        return [known[folded] for folded in sorted(known)]

    # Annotations

    def annotate(self, annotation: Annotation) -> Change:
        """Add an annotation, or put it in the place of the one with its id."""
        form = annotation_form(annotation)
        with self._lock:
            self._check_there([annotation.article])
            before = self._storage.documents(ANNOTATIONS).get(str(annotation.id))
            forward = [Edit(ANNOTATIONS, (annotation.id,), put=form)]
            back = [Edit(ANNOTATIONS, (annotation.id,), put=before)]
            done = "changed" if before else "added"
            text = "" if before == form else f"{annotation.kind.capitalize()} {done}"
            return self._do(text, (annotation.article,), forward, back)

    def erase(self, annotation_id: int) -> Change:
        """Take an annotation away; NotFoundError where there is none with this id."""
        with self._lock:
            before = self._storage.documents(ANNOTATIONS).get(str(annotation_id))
            if before is None:
                raise NotFoundError(f"There is no annotation {annotation_id}.")
            forward = [Edit(ANNOTATIONS, (annotation_id,))]
            back = [Edit(ANNOTATIONS, (annotation_id,), put=before)]
            text = f"{before['kind'].capitalize()} erased"
            return self._do(text, (before["article"],), forward, back)

    def annotations(self, article: ArticleId | None = None) -> list[Annotation]:
        """Return the annotations of an article in the order of the text, or all, oldest first."""
        if article is None:
            found = annotations_of(self._annotations.all())
            return sorted(found, key=lambda a: (a.created, a.id))
        documents = self._annotations.search(where("article") == article)
        found = annotations_of(documents)
        return sorted(found, key=lambda a: (a.selector.start if a.selector else -1, a.id))

    def anchored(self, annotations: Sequence[Annotation]) -> None:
        """Keep annotations whose places were found again in a new revision. Not undone."""
        self._storage.submit(
            [Edit(ANNOTATIONS, (a.id,), put=annotation_form(a)) for a in annotations]
        )

    # Other documents

    def setting(self, name: str, default: Any = None) -> Any:
        """Return a small value that was kept under a name, or the default."""
        document = self._storage.documents(SETTINGS).get(str(article_id(f"setting:{name}")))
        return default if document is None else document["value"]

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a small value (as JSON has them) under a name. Not undone."""
        if self.setting(name, default=_NOTHING) != value:
            number = article_id(f"setting:{name}")
            self._storage.submit([Edit(SETTINGS, (number,), put={"name": name, "value": value})])

    def documents(self, table: str) -> dict[int, dict[str, Any]]:
        """Return the documents of a table of one's own, by their ids; not to be changed."""
        return {int(number): d for number, d in self._storage.documents(table).items()}

    def put(
        self,
        table: str,
        documents: Mapping[int, Mapping[str, Any] | None],
        text: str,
        articles: Iterable[ArticleId] = (),
    ) -> Change:
        """Put documents into a table of one's own (None drops one), as one change.

        It is undone as one; `text` says what it is.
        """
        with self._lock:
            now = self._storage.documents(table)
            forward = [Edit(table, (number,), put=d) for number, d in documents.items()]
            back = [Edit(table, (number,), put=now.get(str(number))) for number in documents]
            return self._do(text, tuple(articles), forward, back)

    # Undo

    def undo(self) -> Change | None:
        """Take back the newest change of this process; None where there is none."""
        with self._lock:
            step = self._history.back()
            if step is None:
                return None
            self._storage.submit(step.back[::-1])
            return replace(step.change, text=f"Undone: {step.change.text}")

    def redo(self) -> Change | None:
        """Do again the change that was undone last; None where there is none."""
        with self._lock:
            step = self._history.forward()
            if step is None:
                return None
            self._storage.submit(step.forward)
            return replace(step.change, text=f"Done again: {step.change.text}")

    def flush(self, timeout: float = 5.0) -> None:
        """Return when all that was acknowledged is durable; LibraryError where it is not."""
        self._storage.flush(timeout)

    # For the library

    def settle(self) -> None:
        """Wait a moment for the mirror to hold the newest changes."""
        self._storage.settled(SETTLE)

    def newer(self) -> Newer:
        """Return what is newer than the mirror; to be asked for before the mirror is read."""
        return Newer(self._storage.recent(), self._count_notes)

    def _count_notes(self) -> Counter[int]:
        documents = self._storage.documents(ANNOTATIONS).values()
        return Counter(document["article"] for document in documents)

    def _do(
        self, text: str, about: tuple[ArticleId, ...], forward: Sequence[Edit], back: Sequence[Edit]
    ) -> Change:
        if not text:
            return Change("", ())
        self._storage.submit(forward)
        step = Step(Change(text, about), tuple(forward), tuple(back))
        self._history.add(step)
        return step.change

    def _check_there(self, ids: list[ArticleId]) -> None:
        with self._archive.reading() as connection:
            _all_there(ids, {row[0] for row in listing.states(connection, ids)})

    def _other_than(self, ids: list[ArticleId], name: str, value: bool) -> list[ArticleId]:
        """Return the articles whose mark has another value, or may have."""
        column, number = ("unread", not value) if name == "read" else (name, value)
        certain = self._look()
        newer = self.newer().fields(ids)
        with self._archive.reading() as connection:
            present, so = listing.how_many(connection, ids_json(ids), column, int(number))
            if certain and not newer and present == len(ids) and so in {0, present}:
                return [] if so else ids  # the ordinary case, without fetching thousands of rows
            rows = listing.states(connection, ids)
        at = _STATE[name]
        now = {row[0]: bool(row[at]) != (name == "read") for row in rows}
        now |= {id_: bool(fields[name]) for id_, fields in newer.items() if name in fields}
        _all_there(ids, now)
        return [id_ for id_ in ids if now[id_] != value or not certain]

    def _look(self) -> bool:
        """Take in what other readers have journalled, before deciding what there is to change.

        The mirror may not hold it yet, so it would be missed otherwise, and a change that is
        needed be dropped. False if that may still happen; then the change is made in any case.
        """
        return self._storage.look(SETTLE)

    def _tags_of(self, ids: list[ArticleId]) -> dict[int, dict[str, str]]:
        """Return the tags of articles, by their folded form; NotFoundError if one is absent."""
        newer = self.newer().fields(ids)
        with self._archive.reading() as connection:
            rows = listing.states(connection, ids)
        have = {row[0]: {t.casefold(): t for t in json.loads(row[4] or "[]")} for row in rows}
        _all_there(ids, have)
        for id_, fields in newer.items():
            for name, shown in fields.items():
                if name.startswith(TAG):
                    folded = name.removeprefix(TAG)
                    have[id_] = have[id_] if folded else {}
                    have[id_] = {k: v for k, v in have[id_].items() if k != folded}
                    have[id_] |= {folded: shown} if shown else {}
        return have


_NOTHING = object()


class _Steps:
    """Collects what tagging does, there and back."""

    def __init__(self) -> None:
        self.forward: list[Edit] = []
        self.back: list[Edit] = []
        self.touched: dict[ArticleId, None] = {}
        self._texts: list[str] = []

    def tag(self, ids: list[ArticleId], folded: str, shown: str) -> None:
        """Give the tag to articles that do not have it."""
        if ids:
            self.forward.append(Edit(ARTICLES, ids, {TAG + folded: shown}))
            self.back.append(Edit(ARTICLES, ids, {TAG + folded: None}))
            self.touched.update(dict.fromkeys(ids))
            self._texts.append(f"{articles(ids)} tagged {shown}")

    def untag(self, ids: list[ArticleId], folded: str, have: dict[int, dict[str, str]]) -> None:
        """Take the tag off articles that have it."""
        if ids:
            shown = next((have[id_][folded] for id_ in ids if folded in have[id_]), folded)
            self.forward.append(Edit(ARTICLES, ids, {TAG + folded: None}))
            self.back.append(Edit(ARTICLES, ids, {TAG + folded: shown}))
            self.touched.update(dict.fromkeys(ids))
            self._texts.append(f"tag {shown} taken off {articles(ids)}")

    def text(self) -> str:
        """Return what was done, in words."""
        return ", ".join(self._texts)


def checked_tag(text: str) -> str:
    """Return a tag as it is kept; UsageError where it can be none."""
    tag = clean_line(text).text.strip()
    if not tag:
        raise UsageError("A tag cannot be empty.")
    if len(tag) > LONGEST_TAG:
        raise UsageError(f"A tag has {LONGEST_TAG} characters at most; this one has {len(tag)}.")
    if "," in tag:
        raise UsageError(f"A tag cannot hold a comma: {tag}")
    return tag


def _all_there(ids: Iterable[ArticleId], known: Container[int]) -> None:
    for id_ in ids:
        if id_ not in known:
            raise NotFoundError(f"There is no article {shown_id(id_)}.")
