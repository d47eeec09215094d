"""How annotations look as documents of the notebook."""

import contextlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tinydb.table import Document

from reader.model import Annotation, ArticleId, Selector


def annotation_form(annotation: Annotation) -> dict[str, Any]:
    """Return the document that stands for an annotation (its id is the document's)."""
    selector = annotation.selector
    return {
        "article": annotation.article,
        "kind": annotation.kind,
        "created": annotation.created.isoformat(),
        "modified": annotation.modified.isoformat(),
        "body": annotation.body,
        "selector": selector
        and {
            "start": selector.start,
            "end": selector.end,
            "exact": selector.exact,
            "prefix": selector.prefix,
            "suffix": selector.suffix,
        },
        "revision": annotation.revision,
        "orphaned": annotation.orphaned,
    }


def annotations_of(documents: Iterable[Document]) -> list[Annotation]:
    """Return the annotations that documents stand for, without what cannot be understood."""
    found = []
    for document in documents:
        # what another program has put there; reader doctor tells of it
        with contextlib.suppress(KeyError, ValueError, TypeError, AttributeError):
            found.append(annotation_of(document.doc_id, document))
    return found


def annotation_of(number: int, document: Mapping[str, Any]) -> Annotation:
    """Return the annotation that a document stands for."""
    selector = document.get("selector")
    return Annotation(
        id=number,
        article=ArticleId(document["article"]),
        kind=document["kind"],
        created=datetime.fromisoformat(document["created"]),
        modified=datetime.fromisoformat(document["modified"]),
        body=document.get("body", ""),
        selector=Selector(**selector) if selector else None,
        revision=document.get("revision", 1),
        orphaned=document.get("orphaned", False),
    )
