"""What programs for reading later export as JSON: wallabag, Omnivore, and lists of links.

wallabag's entries have the whole text. Omnivore's are in `metadata_….json`, each text beside it in
`content/SLUG.html`. Pinboard, Karakeep, Linkwarden, Raindrop, Feedbin, NewsBlur, and the bookmarks
of Firefox and Chrome have addresses with marks.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from reader.errors import InputError
from reader.intake.decode import UndecodableError, decoded
from reader.intake.importers.base import Found, Given, Importer, first, mappings
from reader.intake.importers.saved import Saved, draft_of_saved, split_tags
from reader.model import Failure

Record = Mapping[str, Any]
_PLAIN_NAME = re.compile(r"[\w.%~-]{1,250}")
_DEPTH = 60
_MOST_NODES = 500_000


class _List(NamedTuple):
    """One program's list: how its entries are found in the document, and what each says."""

    entries: Callable[[Any], Sequence[Record]]
    saved: Callable[[Record, Given], Saved]


def _each(data: Any, *, needs: tuple[str, ...], one_of: tuple[str, ...] = ()) -> Sequence[Record]:
    """Return the objects of an array (or the one object) if the first ones have these keys."""
    items = mappings(data) or ([data] if isinstance(data, Mapping) else [])
    fits = (
        all(key in item for key in needs) and (not one_of or any(key in item for key in one_of))
        for item in items[:20]
    )
    return items if items and all(fits) else ()


def _wallabag(item: Record, _given: Given) -> Saved:
    authors = item.get("published_by")
    return Saved(
        url=first(item, "url", "given_url", "origin_url"),
        title=item.get("title"),
        html=item.get("content"),
        author=authors,
        source=item.get("domain_name"),
        language=item.get("language"),
        published=item.get("published_at"),
        added=item.get("created_at"),
        tags=split_tags(_labels(item.get("tags"))),
        read=_flag(item.get("is_archived")),
        starred=_flag(item.get("is_starred")),
        given=str(item.get("id") or "") or None,
    )


def _omnivore(item: Record, given: Given) -> Saved:
    slug = item.get("slug")
    html = None
    if isinstance(slug, str) and _PLAIN_NAME.fullmatch(slug) and not slug.startswith("."):
        data = given.beside(f"content/{slug}.html")
        html = _text_of(data) if data else None
    return Saved(
        url=first(item, "url", "originalArticleUrl"),
        title=item.get("title"),
        html=first(item, "content") or html,
        about=item.get("description"),
        author=item.get("author"),
        source=item.get("siteName"),
        language=item.get("language"),
        published=item.get("publishedAt"),
        added=item.get("savedAt"),
        tags=_labels(item.get("labels")),
        read=str(item.get("state") or "").casefold() in {"archived", "archive"},
        given=str(item.get("id") or "") or None,
    )


def _pinboard(item: Record, _given: Given) -> Saved:
    return Saved(
        url=item.get("href"),
        title=item.get("description"),
        about=item.get("extended"),
        added=item.get("time"),
        tags=str(item.get("tags") or "").split(),
        read=item.get("toread") == "no",
    )


def _karakeep(item: Record, _given: Given) -> Saved:
    content = item.get("content")
    content = content if isinstance(content, Mapping) else {}
    return Saved(
        url=content.get("url"),
        title=first(item, "title") or content.get("title"),
        text=content.get("text"),
        added=item.get("createdAt"),
        tags=_labels(item.get("tags")),
        read=_flag(item.get("archived")),
        starred=_flag(item.get("favourited")),
    )


def _link(item: Record, _given: Given) -> Saved:
    """Return a link of Linkwarden's, Raindrop's or another list: the names that most use."""
    collection = first(item, "_collection", "collection")
    return Saved(
        url=first(item, "url", "link", "href", "uri"),
        title=first(item, "name", "title"),
        text=item.get("textContent"),
        about=first(item, "description", "excerpt", "note"),
        added=first(item, "importDate", "createdAt", "created", "created_at"),
        tags=[*_labels(item.get("tags")), *_labels([collection])],
        starred=_flag(first(item, "important", "favorite", "starred")),
    )


def _newsblur(item: Record, _given: Given) -> Saved:
    return Saved(
        url=item.get("story_permalink"),
        title=item.get("story_title"),
        html=first(item, "story_content"),
        author=item.get("story_authors"),
        published=first(item, "story_timestamp", "story_date"),
        added=item.get("starred_timestamp"),
        tags=_labels(item.get("user_tags")),
        read=_flag(item.get("read_status")),
        starred=True,
    )


def _feedbin(item: Record, _given: Given) -> Saved:
    return Saved(
        url=item.get("url"),
        title=item.get("title"),
        html=item.get("content"),
        about=item.get("summary"),
        author=item.get("author"),
        published=item.get("published"),
        starred=True,
        given=str(item.get("id") or "") or None,
    )


def _zotero(item: Record, _given: Given) -> Saved:
    """Return an item of Zotero's own JSON, which Better BibTeX and its interface write."""
    inner = item.get("data")
    data: Record = inner if isinstance(inner, Mapping) else item
    people = (
        first(each, "name") or f"{each.get('firstName') or ''} {each.get('lastName') or ''}"
        for each in mappings(data.get("creators"))
    )
    return Saved(
        url=data.get("url"),
        title=data.get("title"),
        about=data.get("abstractNote"),
        author=[name.strip() for name in people if isinstance(name, str)],
        source=first(data, "publicationTitle", "websiteTitle", "blogTitle"),
        language=data.get("language"),
        published=data.get("date"),
        added=data.get("dateAdded"),
        tags=[first(tag, "tag") or "" for tag in mappings(data.get("tags"))],
        given=str(first(data, "key", "itemKey", "itemID") or "") or None,
    )


def _bookmark(item: Record, _given: Given) -> Saved:
    """Return a bookmark of Firefox's or Chrome's."""
    tags = item.get("tags")
    return Saved(
        url=first(item, "uri", "url"),
        title=first(item, "title", "name"),
        added=_since_1601(item["date_added"]) if "date_added" in item else item.get("dateAdded"),
        tags=[*split_tags(tags), *item.get("folders", ())],
    )


def _since_1601(value: Any) -> datetime | None:
    """Return the moment that Chrome counts in millionths of a second since 1601."""
    try:
        return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(value))
    except (TypeError, ValueError, OverflowError):
        return None


def _browser(data: Any) -> Sequence[Record]:
    """Return the bookmarks of Firefox's backup or of Chrome's file, each with its folders."""
    if not isinstance(data, Mapping):
        return ()
    roots = data.get("roots")
    if isinstance(roots, Mapping) and "checksum" in data:
        starts = list(roots.values())
    elif data.get("guid") == "root________" or data.get("root") == "placesRoot":
        starts = data.get("children") or []
    else:
        return ()
    found: list[Record] = []
    waiting: list[tuple[Record, tuple[str, ...]]] = []
    waiting += [(start, ()) for start in reversed(mappings(starts))]
    while waiting and len(found) < _MOST_NODES:
        node, folders = waiting.pop()
        children = mappings(node.get("children"))
        if children and len(folders) < _DEPTH:
            name = first(node, "title", "name") if node not in starts else None
            below = (*folders, name) if isinstance(name, str) else folders
            waiting += [(child, below) for child in reversed(children)]
        elif str(first(node, "uri", "url") or "").casefold().startswith("http"):
            found.append({**node, "folders": list(folders)})
    return found


def _inside(name: str, *, needs: tuple[str, ...]) -> Callable[[Any], Sequence[Record]]:
    def entries(data: Any) -> Sequence[Record]:
        return _each(data.get(name), needs=needs) if isinstance(data, Mapping) else ()

    return entries


def _linkwarden(data: Any) -> Sequence[Record]:
    found: list[Record] = []
    for collection in mappings(data.get("collections") if isinstance(data, Mapping) else None):
        name = {"name": collection.get("name")}
        found += [{**link, "collection": name} for link in mappings(collection.get("links"))]
    return found


_LISTS: tuple[_List, ...] = (
    _List(lambda data: _each(data, needs=("url", "is_archived", "is_starred")), _wallabag),
    _List(
        lambda data: _each(data, needs=("slug", "url"), one_of=("savedAt", "readingProgress")),
        _omnivore,
    ),
    _List(lambda data: _each(data, needs=("href", "description", "toread")), _pinboard),
    _List(lambda data: _each(data, needs=("href", "description", "time")), _pinboard),
    _List(_inside("bookmarks", needs=("content", "createdAt")), _karakeep),
    _List(_inside("stories", needs=("story_title", "story_permalink")), _newsblur),
    _List(lambda data: _each(data, needs=("story_title", "story_permalink")), _newsblur),
    _List(lambda data: _each(data, needs=("feed_id", "url", "content")), _feedbin),
    _List(lambda data: _each(data, needs=("feed_id", "url", "summary")), _feedbin),
    _List(_inside("items", needs=("itemType", "title")), _zotero),
    _List(lambda data: _each(data, needs=("itemType", "title")), _zotero),
    _List(lambda data: _each(data, needs=("key", "library", "data")), _zotero),
    _List(_browser, _bookmark),
    _List(_linkwarden, _link),
    _List(_inside("items", needs=("link", "created")), _link),
    _List(lambda data: _each(data, needs=("link", "created")), _link),
)


def _listed(given: Given) -> tuple[Sequence[Record], _List] | None:
    data = given.json
    if data is None:
        return None
    return next(((found, kind) for kind in _LISTS if (found := kind.entries(data))), None)


def is_list(given: Given) -> bool:
    """Return True for the lists that are named above."""
    return _listed(given) is not None


def articles_of_list(given: Given) -> Iterator[Found]:
    """Yield the articles of a list, with their tags and marks."""
    entries, kind = _listed(given) or ((), _LISTS[0])
    for number, item in enumerate(entries, 1):
        part = f"item {number}"
        try:
            entry = kind.saved(item, given)
            yield given.article(draft_of_saved(entry, f"{given.where}, {part}"), part)
        except InputError as error:
            yield Failure(error.where, error.reason)


def _labels(value: Any) -> list[str]:
    """Return tags that are words, or objects with a name."""
    found = []
    for item in value if isinstance(value, list) else ():
        name = first(item, "label", "name", "title") if isinstance(item, Mapping) else item
        if isinstance(name, str) and name.strip():
            found.append(name.strip())
    return found


def _flag(value: Any) -> bool:
    return value in (1, True, "1", "true", "True")


def _text_of(data: bytes) -> str | None:
    try:
        return decoded(data)
    except UndecodableError:
        return None


READ_LATER = Importer("a list of articles that another program exported", is_list, articles_of_list)
