"""Articles made ready for the archive: all that can be done without it, in any process.

Half of what storing an article costs is packing its text and finding the words for the index. Who
has many of them (a fetch) does that in a worker process, and the archive only writes.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import starmap
from operator import attrgetter
from typing import Any

from reader.library.tokens import Columns, columns
from reader.model import Article, ArticleId, Block, Link

_HEAD = tuple(each.name for each in fields(Article) if each.name not in {"blocks", "links"})
_head = attrgetter(*_HEAD)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article as it can be stored, with what the archive keeps of it."""

    article: Article
    body: bytes
    """The packed text, with its blocks, links and left-overs."""
    digest: bytes
    """Of title and body."""
    columns: Columns | None = None
    """What goes into the full-text index; None where that is found out when it is needed."""
    names: tuple[str, ...] = ()
    """Of a feed's entry: the identity by its guid alone, then others that it may be known by."""

    @property
    def id(self) -> ArticleId:
        """The article's."""
        return self.article.id

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is pickled: plain values, a third of the time that its objects take."""
        article = self.article
        blocks = [(block.start, block.end, block.kind) for block in article.blocks]
        links = [(link.start, link.end, link.url) for link in article.links]
        words = self.columns and tuple(self.columns)
        kept = (self.body, self.digest, words, self.names)
        return restored, (_head(article), blocks, links, kept)


def restored(
    head: Iterable[Any],
    blocks: Iterable[Any],
    links: Iterable[Any],
    kept: tuple[bytes, bytes, Sequence[str] | None, tuple[str, ...]],
) -> Prepared:
    """Return what was pickled."""
    body, digest, words, names = kept
    article = Article(
        **dict(zip(_HEAD, head, strict=True)),
        blocks=tuple(starmap(Block, blocks)),
        links=tuple(starmap(Link, links)),
    )
    return Prepared(article, body, digest, None if words is None else Columns(*words), names)


def prepared(article: Article | Prepared, *, indexed: bool = False) -> Prepared:
    """Return an article ready to be stored; pure. One that is ready already stays as it is.

    With `indexed` the words for the index are found too: worth it where the article is likely new.
    """
    if isinstance(article, Prepared):
        return article
    article = _storable(article)
    body = _body(article)
    digest = hashlib.blake2b(article.title.encode() + b"\0" + body, digest_size=16).digest()
    return Prepared(article, zlib.compress(body), digest, words_of(article) if indexed else None)


def words_of(article: Article) -> Columns:
    """Return what goes into the full-text index of an article."""
    return columns(article.title, article.text, article.author, article.language)


def _body(article: Article) -> bytes:
    value = {
        "text": article.text,
        "blocks": [[b.start, b.end, b.kind] for b in article.blocks],
        "links": [[link.start, link.end, link.url] for link in article.links],
        "leftovers": article.leftovers,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _storable(article: Article) -> Article:
    """Return the article without what cannot be stored as text (lone surrogates, NUL)."""
    fields = ("identity", "source", "title", "text", "url", "author", "language", "feed")
    changed: dict[str, Any] = {
        name: fit
        for name in fields
        if (value := getattr(article, name)) and (fit := _fit(value)) != value
    }
    leftovers = tuple(map(_fit, article.leftovers))
    if not changed and leftovers == article.leftovers:
        return article
    return replace(article, **changed, leftovers=leftovers)


def _fit(text: str) -> str:
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
