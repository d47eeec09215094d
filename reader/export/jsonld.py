"""Notes, highlights and tags as JSON-LD after the W3C Web Annotation Data Model, and back.

The model: https://www.w3.org/TR/annotation-model/ (Recommendation, 2017). A place is given twice,
by its position and by its words, so that other programs find it in their own copy of the page. The
article's id and revision travel as `reader:article` and `reader:revision`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from reader.errors import InputError
from reader.export.json_text import inert
from reader.model import (
    Annotation,
    AnnotationKind,
    Article,
    ArticleId,
    ArticleRow,
    Selector,
    article_id,
    id_range,
    identity_of,
    shown_id,
)
from reader.text.hygiene import clean, clean_line

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"reader": "urn:reader:"}]
_MOTIVATIONS = {"note": "commenting", "highlight": "highlighting"}
_URN = re.compile(r"urn:reader:annotation:([0-9a-z]{13})")


@dataclass(frozen=True, slots=True)
class Own:
    """What the reader did with one article."""

    article: Article | ArticleRow
    tags: tuple[str, ...]
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a document says about one article: annotations, or a tag."""

    article: ArticleId
    annotation: Annotation | None = None
    tag: str | None = None


def jsonld(owned: Sequence[Own]) -> str:
    """Return one JSON-LD document, an AnnotationPage of all notes, highlights and tags."""
    items = [item for own in owned for item in _items(own)]
    page = {"@context": CONTEXT, "type": "AnnotationPage", "items": items}
    return inert(json.dumps(page, ensure_ascii=False, indent=1)) + "\n"


def _items(own: Own) -> Iterator[dict[str, Any]]:
    for annotation in own.annotations:
        item: dict[str, Any] = {
            "id": f"urn:reader:annotation:{shown_id(annotation.id)}",
            "type": "Annotation",
            "motivation": _MOTIVATIONS[annotation.kind],
            "created": annotation.created.isoformat(),
            "modified": annotation.modified.isoformat(),
        }
        if annotation.body:
            item["body"] = _body(annotation.body, "text/markdown")
        item["target"] = _target(own.article, annotation)
        yield item
    for tag in own.tags:
        yield {
            "id": f"urn:reader:tag:{shown_id(own.article.id)}:{quote(tag, safe='')}",
            "type": "Annotation",
            "motivation": "tagging",
            "body": _body(tag, "text/plain") | {"purpose": "tagging"},
            "target": _target(own.article, None),
        }


def _body(value: str, kind: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "format": kind}


def _target(article: Article | ArticleRow, annotation: Annotation | None) -> dict[str, Any]:
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": article.url or f"urn:reader:article:{shown_id(article.id)}",
        "reader:article": shown_id(article.id),
        "reader:title": article.title,
    }
    if annotation is not None:
        target["reader:revision"] = annotation.revision
        if annotation.selector is not None:
            if not annotation.orphaned:
                target["selector"] = _selectors(annotation.selector)
            target["reader:asAnnotated"] = asdict(annotation.annotated or annotation.selector)
    return target


def _selectors(selector: Selector) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": selector.start, "end": selector.end},
        {
            "type": "TextQuoteSelector",
            "exact": selector.exact,
            "prefix": selector.prefix,
            "suffix": selector.suffix,
        },
    ]


def read_jsonld(text: str, where: str) -> Iterator[Read | InputError]:
    """Yield what a document says, item by item; an `InputError` for each that cannot be used.

    Takes an AnnotationPage, an AnnotationCollection with its first page, an array or one
    Annotation, of this program or of another; articles are known by `reader:article`, else by
    their address. Raises `InputError` where it is none of these.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(where, "it is not valid JSON") from error
    for number, item in enumerate(_members(data, where), start=1):
        place = f"{where}, annotation {number}"
        try:
            yield _read(item, place)
        except InputError as error:
            yield error


def _members(data: Any, where: str) -> list[Any]:
    if isinstance(data, Mapping) and isinstance(data.get("first"), Mapping):
        data = data["first"]
    if isinstance(data, Mapping) and "items" in data:
        data = data["items"]
    elif isinstance(data, Mapping) and "target" in data:
        data = [data]
    if not isinstance(data, list):
        raise InputError(where, "it holds no annotations")
    return data


def _read(item: Any, where: str) -> Read:
    if not isinstance(item, Mapping):
        raise InputError(where, "it is not an object")
    target = item.get("target")
    target = {"source": target} if isinstance(target, str) else target
    if not isinstance(target, Mapping):
        raise InputError(where, "it has no target")
    article = _article(target, where)
    body = _value(item.get("body"))
    motivations = _several(item.get("motivation"))
    if "tagging" in motivations:
        tag = clean_line(body).text
        if not tag:
            raise InputError(where, "its tag has no name")
        return Read(article, tag=tag)
    return Read(article, annotation=_annotation(item, target, article, body, motivations))


def _article(target: Mapping[str, Any], where: str) -> ArticleId:
    shown = target.get("reader:article")
    if isinstance(shown, str) and len(shown) == 13 and (found := id_range(shown)):
        return ArticleId(found[0])
    source = target.get("source")
    source = source.get("id") if isinstance(source, Mapping) else source
    if not isinstance(source, str) or not source:
        raise InputError(where, "it does not say which article it is about")
    return article_id(identity_of(url=source))


def _annotation(
    item: Mapping[str, Any],
    target: Mapping[str, Any],
    article: ArticleId,
    body: str,
    motivations: Sequence[str],
) -> Annotation:
    kind: AnnotationKind = "highlight" if "highlighting" in motivations and not body else "note"
    revision = target.get("reader:revision")
    created = _moment(item.get("created"))
    selector, annotated = _selector(target.get("selector")), _annotated(target)
    if selector is None or annotated is None or annotated.exact == selector.exact:
        selector, annotated = selector or annotated, None
    return Annotation(
        id=_id(item),
        article=article,
        kind=kind,
        created=created,
        modified=_moment(item.get("modified"), created),
        body=clean(body).text,
        selector=selector,
        revision=revision if isinstance(revision, int) and revision > 0 else 1,
        annotated=annotated,
        annotated_revision=1 if annotated else 0,
    )


def _id(item: Mapping[str, Any]) -> int:
    name = item.get("id")
    if isinstance(name, str) and (ours := _URN.fullmatch(name)) and (found := id_range(ours[1])):
        return found[0] or 1
    seed = name if isinstance(name, str) else json.dumps(item, sort_keys=True)
    digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1 or 1


def _moment(value: Any, otherwise: datetime | None = None) -> datetime:
    otherwise = otherwise or datetime.fromtimestamp(0, UTC)
    if not isinstance(value, str):
        return otherwise
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return otherwise
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _selector(value: Any) -> Selector | None:
    """Return the place from a quote and, where it is there, a position."""
    found = {s.get("type"): s for s in _several(value) if isinstance(s, Mapping)}
    words, position = found.get("TextQuoteSelector"), found.get("TextPositionSelector")
    if words is None or not isinstance(words.get("exact"), str) or not words["exact"]:
        return None
    start, end = (position.get("start"), position.get("end")) if position else (None, None)
    start = start if isinstance(start, int) and start >= 0 else 0
    end = end if isinstance(end, int) and end > start else start + len(words["exact"])
    return Selector(start, end, words["exact"], _text(words, "prefix"), _text(words, "suffix"))


def _annotated(target: Mapping[str, Any]) -> Selector | None:
    """Return the place as it was annotated, which other programs do not know."""
    found = target.get("reader:asAnnotated")
    if not isinstance(found, Mapping):
        return None
    quote = {**found, "type": "TextQuoteSelector"}
    return _selector([quote, {**found, "type": "TextPositionSelector"}])


def _text(words: Mapping[str, Any], key: str) -> str:
    value = words.get(key)
    return value if isinstance(value, str) else ""


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _value(body: Any) -> str:
    """Return the text of a body: a string, an object with a value, or the first such."""
    for one in _several(body):
        value = one.get("value") if isinstance(one, Mapping) else one
        if isinstance(value, str):
            return value
    return ""
