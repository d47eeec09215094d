"""Where an annotation is in a newer text of its article, and what it quoted when it was made."""

from dataclasses import replace

from reader.annotate.anchor import anchor
from reader.annotate.selectors import selector_for
from reader.model import Annotation


def placed(annotation: Annotation, text: str, revision: int) -> Annotation:
    """Return an annotation with its place in a text, or marked as having none there.

    The words that were annotated stay as they were: if those at the new place are others, or there
    is no place, `annotated` holds them.
    """
    if annotation.selector is None:
        return replace(annotation, revision=revision)
    origin = annotation.annotated or annotation.selector
    found = anchor(annotation.selector, text) or anchor(origin, text)
    made_on = annotation.annotated_revision or annotation.revision
    if found is None:
        return replace(annotation, annotated=origin, annotated_revision=made_on, orphaned=True)
    selector = selector_for(text, *found)
    same = selector.exact == origin.exact
    return replace(
        annotation,
        selector=selector,
        revision=revision,
        annotated=None if same else origin,
        annotated_revision=0 if same else made_on,
        orphaned=False,
    )
