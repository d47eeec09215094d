"""Subscriptions, which are the reader's own work, and how the fetching of each feed stands.

Subscriptions are documents of the notebook, precious and undoable; what HTTP needs from one fetch
to the next is in the archive and can be lost without harm.
"""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from reader.errors import BusyError, NotFoundError
from reader.library.aliases import Aliases
from reader.library.archive import Archive, ids_json
from reader.library.feed_tags import SUBSCRIPTIONS
from reader.library.files import open_private
from reader.library.journal import Edit
from reader.library.notebook import Notebook
from reader.library.outlets import source_id
from reader.library.pages import Pages
from reader.library.preparing import Prepared
from reader.library.retiring import Retiring
from reader.library.store import JournalStorage
from reader.library.undo import Change
from reader.model import Article, ArticleId, FeedState, Subscription, article_id
from reader.text.typography import plainly_set

_STATE = tuple(field.name for field in fields(FeedState))
_TIMES = ("checked", "succeeded", "not_before")
_FLAGS = ("told", "gone")


class Feeds:
    """The subscriptions of a library and the state of their feeds; for any thread."""

    def __init__(
        self, folder: Path, notebook: Notebook, storage: JournalStorage, archive: Archive
    ) -> None:
        """Stand on the notebook and on the archive of the library in a folder."""
        self._folder = folder
        self._notebook = notebook
        self._storage = storage
        self._archive = archive
        self.retiring = Retiring(archive, storage, notebook)
        self.pages = Pages(archive)
        self.aliases = Aliases(archive, storage)

    # Subscriptions

    def all(self) -> list[Subscription]:
        """Return the subscriptions in the order of what they are called."""
        documents = self._notebook.documents(SUBSCRIPTIONS).values()
        found = [subscription_of(document) for document in documents]
        return sorted(found, key=lambda s: (s.shown.casefold(), s.key))

    def get(self, key: str) -> Subscription:
        """Return the subscription with this key; NotFoundError."""
        document = self._notebook.documents(SUBSCRIPTIONS).get(_number(key))
        if document is None:
            raise NotFoundError(f"There is no subscription to {key}.")
        return subscription_of(document)

    def known(self, address: str) -> Subscription | None:
        """Return the subscription to a feed with this address (now or when it was added)."""
        return next((s for s in self.all() if address in (s.key, s.address)), None)

    def named(self, words: str) -> list[Subscription]:
        """Return the subscriptions that words name; NotFoundError where they name none.

        The words are an address, a name, the unambiguous beginning of a name or of a word in it,
        or `tag:NAME`.
        """
        wanted, everything = words.casefold(), self.all()
        if wanted.startswith("tag:"):
            tag = wanted.removeprefix("tag:")
            found = [s for s in everything if tag in (t.casefold() for t in s.tags)]
        else:
            found = [s for s in everything if words in (s.key, s.address)]
            found = found or [s for s in everything if s.shown.casefold() == wanted]
            found = found or [s for s in everything if s.shown.casefold().startswith(wanted)]
            begun = f" {wanted}"
            found = found or [s for s in everything if wanted and begun in s.shown.casefold()]
            if len(found) > 1 and len({s.shown.casefold() for s in found}) > 1:
                names = ", ".join(s.shown for s in found[:3])
                raise NotFoundError(f"More than one feed could be “{words}”: {names}")
        if not found:
            raise NotFoundError(f"There is no feed called “{words}”; `reader feeds` lists them.")
        return found

    def put(self, subscriptions: Iterable[Subscription], text: str) -> Change:
        """Add or change subscriptions as one change that can be undone; `text` says what it is.

        Where one is called otherwise than before, its stored articles are too.
        """
        given = list(subscriptions)
        before = self._notebook.documents(SUBSCRIPTIONS)
        change = self._notebook.put(
            SUBSCRIPTIONS, {_number(s.key): _document(s) for s in given}, text
        )
        for new in given:
            old = before.get(_number(new.key))
            if old is not None and subscription_of(old).shown != new.shown:
                self._call(new)
        return change

    def remove(self, keys: Iterable[str]) -> Change:
        """End subscriptions, as one change that can be undone; their articles stay."""
        given = [self.get(key) for key in dict.fromkeys(keys)]
        names = given[0].shown if len(given) == 1 else f"{len(given)} feeds"
        return self._notebook.put(
            SUBSCRIPTIONS, {_number(s.key): None for s in given}, f"unsubscribed from {names}"
        )

    def note(self, key: str, **told: Any) -> None:
        """Keep what a feed says of itself (`title`, `link`) or where it is now (`address`).

        It is no change of the reader's, so it cannot be undone; a subscription that has been
        removed in the meantime stays removed.
        """
        document = self._notebook.documents(SUBSCRIPTIONS).get(_number(key))
        if document is None or all(document.get(n) == value for n, value in told.items()):
            return
        before = subscription_of(document)
        self._storage.submit([Edit(SUBSCRIPTIONS, (_number(key),), set=told)])
        after = subscription_of({**document, **told})
        if after.shown != before.shown:
            self._call(after)

    def _call(self, subscription: Subscription) -> None:
        """Give the stored articles of a feed the outlet's name that it has now."""
        with self._archive.writing(durable=False) as connection:
            connection.execute(
                "UPDATE articles SET source = ? WHERE feed = ?",
                (source_id(connection, subscription.shown), subscription.key),
            )

    # State

    def states(self) -> dict[str, FeedState]:
        """Return how the fetching of each feed stands, by key."""
        with self._archive.reading() as connection:
            rows = connection.execute(f"SELECT {', '.join(_STATE)} FROM feeds").fetchall()
        return {row[0]: _state(dict(zip(_STATE, row, strict=True))) for row in rows}

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return how many articles each feed has and how many are unread, by the feed's key."""
        with self._archive.reading() as connection:
            rows = connection.execute("SELECT feed, articles, unread FROM feed_counts").fetchall()
        return {row[0]: (row[1], row[2]) for row in rows}

    def articles_at(self, addresses: Iterable[str]) -> dict[str, ArticleId]:
        """Return the feeds' articles at these addresses, by address; of several the newest."""
        with self._archive.reading() as connection:
            rows = connection.execute(
                "SELECT url, id FROM articles WHERE feed IS NOT NULL AND removed = 0"
                " AND url IN (SELECT value FROM json_each(?)) ORDER BY n",
                (json.dumps(sorted(set(addresses))),),
            ).fetchall()
        return {url: ArticleId(id_) for url, id_ in rows}

    def keep(self, states: Iterable[FeedState]) -> None:
        """Keep how the fetching of feeds stands."""
        marks = ", ".join("?" * len(_STATE))
        with self._archive.writing(durable=False) as connection:
            connection.executemany(
                f"INSERT OR REPLACE INTO feeds ({', '.join(_STATE)}) VALUES ({marks})",
                [_row(state) for state in states],
            )

    # Full text

    def completed(self, article: Article) -> None:
        """Note that an article, as its feed has it, is being completed from its page."""
        with self._archive.writing(durable=False) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO completed VALUES (?, ?)", (article.id, _digest(article))
            )

    def without_completed(self, articles: Iterable[Prepared]) -> list[Prepared]:
        """Return the articles of a feed without those that were completed and came again the same.

        Otherwise the teaser would take the place of the whole text with every fetch.
        """
        given = list(articles)
        known: dict[int, bytes] = {}
        with self._archive.reading() as connection:
            for start in range(0, len(given), 500):
                ids = [article.id for article in given[start : start + 500]]
                known.update(
                    connection.execute(
                        "SELECT article, digest FROM completed WHERE article IN"
                        " (SELECT value FROM json_each(?))",
                        (ids_json(ids),),
                    ).fetchall()
                )
        return [
            each
            for each in given
            if each.id not in known or known[each.id] not in _digests(each.article)
        ]

    @contextlib.contextmanager
    def fetching(self) -> Iterator[None]:
        """Be the one who fetches; BusyError where another reader is at it."""
        descriptor = open_private(self._folder / "fetching")
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError(
                    "Another reader is fetching for this library; wait until it is done."
                ) from None
            yield
        finally:
            os.close(descriptor)


def _digest(article: Article) -> bytes:
    """Return what tells a teaser apart by its words, not by how they are set."""
    told = f"{plainly_set(article.title)}\0{plainly_set(article.text)}".encode("utf-8", "replace")
    return hashlib.blake2b(told, digest_size=12).digest()


def _digests(article: Article) -> tuple[bytes, bytes]:
    """Return what a teaser is known by: what is kept now, and what earlier versions kept."""
    told = f"{article.title}\0{article.text}".encode("utf-8", "replace")
    return _digest(article), hashlib.blake2b(told, digest_size=12).digest()


def _number(key: str) -> int:
    return article_id(f"feed:{key}")


def _document(subscription: Subscription) -> dict[str, Any]:
    added = subscription.added
    return {
        **{f.name: getattr(subscription, f.name) for f in fields(subscription)},
        "tags": list(subscription.tags),
        "added": added and added.isoformat(),
    }


def subscription_of(document: dict[str, Any]) -> Subscription:
    """Return the subscription that a document stands for."""
    added = document.get("added")
    known = {f.name: document[f.name] for f in fields(Subscription) if f.name in document}
    known |= {
        "tags": tuple(document.get("tags", ())),
        "added": datetime.fromisoformat(added) if added else None,
    }
    return Subscription(**known)


def _row(state: FeedState) -> tuple[Any, ...]:
    values = {name: getattr(state, name) for name in _STATE}
    for name in _TIMES:
        values[name] = values[name] and values[name].isoformat()
    # SQLite takes no lone surrogates
    return tuple(
        value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for value in values.values()
    )


def _state(values: dict[str, Any]) -> FeedState:
    for name in _TIMES:
        values[name] = values[name] and datetime.fromisoformat(values[name])
    values |= {name: bool(values[name]) for name in _FLAGS}
    return FeedState(**values)
