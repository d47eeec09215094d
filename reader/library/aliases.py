"""Entries of feeds that are in the library already, though their feed calls them otherwise today.

An entry is known by its feed and its guid. Feeds change guids (from http to https, to another host,
all at once when a site moves), use one for several entries, and earlier versions of this program
resolved those that are no address. What is recognised keeps the id that it got first, with all that
the reader did with it; the other id becomes an alias of it.

Aliases are documents of the notebook, for what the reader did hangs on the first id: an archive
that is lost and fetched again gives the articles the same ids as before.
"""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from reader.library.archive import Archive, ids_json
from reader.library.journal import Edit
from reader.library.preparing import Prepared
from reader.library.store import JournalStorage
from reader.model import Article, ArticleId, article_id

ALIASES = "aliases"
_TRACKING = re.compile(
    r"utm_\w+|at_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igshid|ns_\w+|ref|referrer|source"
    r"|src|cmp|cmpid|campaign|campaign_id|wt_\w+|wtrid|xtor|ito|partner|feed|rss|from|via|share|smid"
    r"|_ga|_gl|spm|sr_share|s_cid|ftag|guccounter|outputtype|amp",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_EXTRA = " "
"""Between a guid and what tells its entries apart, in an identity."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An article of a feed as it is stored."""

    id: int
    identity: str
    title: str
    url: str | None
    published: datetime | None


class Aliases:
    """Finds out which articles the entries of a feed are."""

    def __init__(self, archive: Archive, storage: JournalStorage) -> None:
        """Stand on the archive and on the store of the notebook."""
        self._archive = archive
        self._storage = storage

    def of(self, id: int) -> int:
        """Return the first id of an article that is also known by this one; else this one."""
        return int(self._storage.documents(ALIASES).get(str(id), {}).get("article", id))

    def all(self) -> dict[int, int]:
        """Return all aliases with the ids that they stand for."""
        found = self._storage.documents(ALIASES).items()
        return {int(alias): int(document["article"]) for alias, document in found}

    def recognised(self, ready: Iterable[Prepared]) -> list[Prepared]:
        """Return what a feed brought, each entry as the article that it is in this library.

        What is new here stays as it is. New aliases are kept.
        """
        by_feed: dict[str | None, list[Prepared]] = {}
        for each in ready:
            by_feed.setdefault(each.article.feed, []).append(each)
        found: list[Prepared] = []
        for feed, group in by_feed.items():
            found += self._of_feed(feed, group) if feed else group
        return found

    def _of_feed(self, feed: str, ready: Sequence[Prepared]) -> list[Prepared]:
        told = self._storage.documents(ALIASES)
        with self._archive.reading() as connection:
            if not told and not _has_any(connection, feed):
                return list(ready)
            recognition = _Recognition(connection, self._archive, feed, ready, told)
            recognition.run()
        if recognition.aliases:
            self._storage.submit(
                [
                    Edit(ALIASES, (alias,), document)
                    for alias, document in recognition.aliases.items()
                ]
            )
        return recognition.result()


def _has_any(connection: sqlite3.Connection, feed: str) -> bool:
    """Tell whether a feed has articles, or any were retired (of which only the ids are known)."""
    return bool(
        connection.execute(
            "SELECT EXISTS (SELECT 1 FROM articles WHERE feed = ?)"
            " OR EXISTS (SELECT 1 FROM retired)", (feed,),
        ).fetchone()[0]
    )  # fmt: skip


class _Recognition:
    """What came from one feed, beside what the library has of it."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        archive: Archive,
        feed: str,
        ready: Sequence[Prepared],
        told: dict[str, dict[str, Any]],
    ) -> None:
        self._connection = connection
        self._archive = archive
        self._feed = feed
        self._ready = ready
        self._told = told
        self._chosen: dict[int, tuple[int, str]] = {}
        """Place among what came -> id and identity."""
        self._taken: set[int] = set()
        self.aliases: dict[int, dict[str, Any]] = {}

    def result(self) -> list[Prepared]:
        """Return what came, with the ids and identities that were found."""
        found = []
        for place, each in enumerate(self._ready):
            id_, identity = self._chosen.get(place, (each.id, each.article.identity))
            if id_ == each.id:
                found.append(each)
            else:
                article = replace(each.article, id=ArticleId(id_), identity=identity)
                found.append(replace(each, article=article))
        return found

    def run(self) -> None:
        """Find out what each entry is: by its id, by its earlier ids, by what it looks like."""
        groups: dict[str, list[int]] = {}
        for place, each in enumerate(self._ready):
            groups.setdefault(_base(each), []).append(place)
        known = self._known(each.id for each in self._ready)
        for base, places in groups.items():
            first = known.get(article_id(base))
            if len(places) > 1 or (first and self._is_another(places[0], first)):
                self._share(base, places)
        rest: list[int] = []
        for place, each in enumerate(self._ready):
            if place in self._chosen:
                continue
            if each.id in known:
                self._choose(place, each.id, each.article.identity)
            elif (document := self._told.get(str(each.id))) is not None:
                self._choose(place, int(document["article"]), str(document["identity"]))
            else:
                rest.append(place)
        if rest:
            self._by_earlier_ids(rest)
            left = [place for place in rest if place not in self._chosen]
            if left:
                self._by_looks(left)

    def _choose(self, place: int, id_: int, identity: str) -> None:
        self._chosen[place] = (id_, identity)
        self._taken.add(id_)

    def _alias(self, place: int, id_: int, identity: str) -> None:
        """Take an entry for an article that has another id; this one becomes its alias."""
        self._choose(place, id_, identity)
        self.aliases[self._ready[place].id] = {"article": id_, "identity": identity}

    # One guid for several entries

    def _is_another(self, place: int, first: _Known) -> bool:
        """Tell whether an entry is likely another one than the article that has its guid.

        Only where the guid is known to stand for several; else it is the same entry, changed.
        """
        article = self._ready[place].article
        if _same_title(article.title, first.title) and article.published == first.published:
            return False
        return len(self._sharing(_base(self._ready[place]))) > 1

    def _sharing(self, base: str) -> list[_Known]:
        """Return the stored articles whose identities are made from one guid."""
        rows = self._connection.execute(
            f"{_ROWS} WHERE a.feed = ? AND (a.identity = ? OR substr(a.identity, 1, ?) = ?)",
            (self._feed, base, len(base) + 1, base + _EXTRA),
        )
        return [_known(row) for row in rows]

    def _share(self, base: str, places: Sequence[int]) -> None:
        """Give the entries of one guid to the stored articles of it; what is left is new."""
        stored = self._sharing(base)
        by_identity = {each.identity: each for each in stored}
        for place in places:  # the names by what tells it apart come after the guid alone
            for name in self._ready[place].names[1:]:
                each = by_identity.get(name)
                if each and place not in self._chosen and each.id not in self._taken:
                    self._choose(place, each.id, each.identity)
        texts = {each.id: self._archive.article(ArticleId(each.id)).text for each in stored}
        pairs = sorted(
            (
                (_likeness(self._ready[place].article, each, texts[each.id]), -place, -n)
                for place in places
                for n, each in enumerate(stored)
            ),
            reverse=True,
        )
        for likeness, place, n in pairs:
            each = stored[-n]
            if likeness >= 3 and -place not in self._chosen and each.id not in self._taken:
                self._choose(-place, each.id, each.identity)
        used = {each.id for each in stored} | self._taken
        for place in places:
            if place in self._chosen:
                continue
            names = [self._ready[place].article.identity, *self._ready[place].names]
            for identity in dict.fromkeys(names):
                id_ = article_id(identity)
                if id_ not in used and (identity == base or identity.startswith(base + _EXTRA)):
                    self._choose(place, id_, identity)
                    used.add(id_)
                    break

    # Other guids

    def _by_earlier_ids(self, places: Sequence[int]) -> None:
        """Find entries by the ids that earlier versions of this program gave them."""
        earlier = {
            place: {article_id(name): name for name in self._ready[place].names} for place in places
        }
        ids = {id_ for names in earlier.values() for id_ in names}
        stored = set(self._known(ids))
        gone = self._retired(ids)
        for place, names in earlier.items():
            for id_, identity in names.items():
                if id_ in stored | gone and id_ not in self._taken and id_ != self._ready[place].id:
                    self._alias(place, id_, identity)
                    break

    def _by_looks(self, places: Sequence[int]) -> None:
        """Find entries by title and address among what the feed had and has no more."""
        titles = {self._ready[place].article.title for place in places}
        rows = self._connection.execute(
            f"{_ROWS} WHERE a.feed = ? AND r.title IN (SELECT value FROM json_each(?))",
            (self._feed, json.dumps(sorted(titles))),
        )
        free: dict[str, list[_Known]] = {}
        came = {each.id for each in self._ready}
        for known in map(_known, rows):
            if known.id not in came:
                free.setdefault(known.title, []).append(known)
        for place in places:
            article = self._ready[place].article
            for known in free.get(article.title, ()):
                if known.id not in self._taken and self._is_same(article, known):
                    self._alias(place, known.id, known.identity)
                    break

    def _is_same(self, article: Article, known: _Known) -> bool:
        """Tell whether an entry is a stored one: page, title, and the day or the words."""
        mine, other = address_key(article.url), address_key(known.url)
        if mine and other and mine != other:
            return False
        if article.published and known.published:
            return article.published == known.published
        stored = self._archive.article(ArticleId(known.id)).text
        words, before = _folded(article.text), _folded(stored)
        return words == before or (bool(mine) and bool(before) and words.startswith(before))

    # The library

    def _known(self, ids: Iterable[int]) -> dict[int, _Known]:
        rows = self._connection.execute(
            f"{_ROWS} WHERE a.id IN (SELECT value FROM json_each(?))", (ids_json(ids),)
        )
        return {row[0]: _known(row) for row in rows}

    def _retired(self, ids: Iterable[int]) -> set[int]:
        rows = self._connection.execute(
            "SELECT article FROM retired WHERE article IN (SELECT value FROM json_each(?))",
            (ids_json(ids),),
        )
        return {row[0] for row in rows}


_ROWS = (
    "SELECT a.id, a.identity, r.title, a.url, a.published FROM articles a"
    " JOIN revisions r ON r.article = a.id AND r.revision = a.revision"
)


def _known(row: Sequence[Any]) -> _Known:
    id_, identity, title, url, published = row
    return _Known(id_, identity, title, url, published and datetime.fromisoformat(published))


def _base(each: Prepared) -> str:
    """Return the identity that an entry has by its guid alone."""
    return each.names[0] if each.names else each.article.identity


def _likeness(article: Article, known: _Known, text: str) -> int:
    """Return how much an entry is like a stored article, from 0; 3 is enough."""
    return (
        2 * (_folded(article.text) == _folded(text))
        + 2 * (article.published is not None and article.published == known.published)
        + _same_title(article.title, known.title)
        + (address_key(article.url) == address_key(known.url))
    )


def _same_title(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def address_key(url: str | None) -> str:
    """Return what stays of an address when a site moves: path and query, without tracking.

    Scheme, host, a slash at the end and the order of the query do not count.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    path = _INDEX.sub("", parts.path).rstrip("/").casefold()
    own = sorted((name, value) for name, value in query if not _TRACKING.fullmatch(name))
    told = "&".join(f"{name}={value}" for name, value in own)
    return f"{path or '/'}?{told}" if told else path or "/"
