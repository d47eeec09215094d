"""How annotations look as documents of the notebook."""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tinydb.table import Document

from reader.model import Annotation, ArticleId, Selector


def annotation_form(annotation: Annotation) -> dict[str, Any]:
    """Return the document that stands for an annotation (its id is the document's)."""
    form: dict[str, Any] = {
        "article": annotation.article,
        "kind": annotation.kind,
        "created": annotation.created.isoformat(),
        "modified": annotation.modified.isoformat(),
        "body": annotation.body,
        "selector": _selector_form(annotation.selector),
        "revision": annotation.revision,
        "orphaned": annotation.orphaned,
    }
    if annotation.annotated:
        form["annotated"] = _selector_form(annotation.annotated)
        form["annotated_revision"] = annotation.annotated_revision
    return form


def _selector_form(selector: Selector | None) -> dict[str, Any] | None:
    return asdict(selector) if selector else None


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
    selector, annotated = document.get("selector"), document.get("annotated")
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
        annotated=Selector(**annotated) if annotated else None,
        annotated_revision=document.get("annotated_revision", 0),
    )
