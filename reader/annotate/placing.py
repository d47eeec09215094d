"""Where an annotation is in a newer text of its article, and what it quoted when it was made."""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from reader.annotate.anchor import anchor
from reader.annotate.selectors import selector_for
from reader.model import Annotation, Article, Selector
from reader.text.revisions import sentence_pairs

_UNIT = re.compile(r"\w+|[^\w\s]")


def placed(annotation: Annotation, article: Article, before: str | None = None) -> Annotation:
    """Return an annotation with its place in an article's text, or marked as having none there.

    `before` is the text of the revision that it points into, if it is known: then its place goes by
    what became of its sentences, else by its words. The words that were annotated stay as they
    were: if those at the new place are others, or there is no place, `annotated` holds them.
    """
    selector = annotation.selector
    if selector is None:
        return replace(annotation, revision=article.revision)
    origin = annotation.annotated or selector
    made_on = annotation.annotated_revision or annotation.revision
    known = before is not None and before[selector.start : selector.end] == selector.exact
    if known and before is not None and not annotation.orphaned:
        found = followed(selector, before, article.text, article.language)
    else:
        found = anchor(selector, article.text) or anchor(origin, article.text)
    if found is None:
        return replace(annotation, annotated=origin, annotated_revision=made_on, orphaned=True)
    here = selector_for(article.text, *found)
    same = here.exact == origin.exact
    return replace(
        annotation,
        selector=here,
        revision=article.revision,
        annotated=None if same else origin,
        annotated_revision=0 if same else made_on,
        orphaned=False,
    )


def followed(
    selector: Selector, old: str, new: str, language: str | None
) -> tuple[int, int] | None:
    """Return where the words at a selector's place in an older text are in a newer one.

    The sentences of the texts are aligned: one that was edited is followed by its words, whole ones
    always. Of one that is gone the place is where a sentence that came has its quote; a like
    sentence that both texts have is another. None if there is none.
    """
    pairs = sentence_pairs(old, new, language)
    touched = [p for p in pairs if p[0] and p[0][0] < selector.end and selector.start < p[0][1]]
    became = [after for _, after in touched if after]
    if not became:
        come = (after for before, after in pairs if before is None and after)
        at = (new.find(selector.exact, a, b) for a, b in come)
        start = next((found for found in at if found >= 0), -1)
        return (start, start + len(selector.exact)) if start >= 0 else None
    olds = [before for before, after in touched if before and after]
    return _by_words(
        (old, olds[0][0], olds[-1][1]),
        (new, min(a for a, _ in became), max(b for _, b in became)),
        (selector.start, selector.end),
    )


def _by_words(
    old: tuple[str, int, int], new: tuple[str, int, int], place: tuple[int, int]
) -> tuple[int, int] | None:
    """Return the words of a stretch of a text that are between those around a place in another."""
    ones, others = (
        [(m.group().casefold(), m.start(), m.end()) for m in _UNIT.finditer(text, start, end)]
        for text, start, end in (old, new)
    )
    inside = [n for n, (_, start, end) in enumerate(ones) if start < place[1] and place[0] < end]
    if not inside:
        return None
    matcher = SequenceMatcher(None, [w for w, *_ in ones], [w for w, *_ in others], autojunk=False)
    partner = {b.a + k: b.b + k for b in matcher.get_matching_blocks() for k in range(b.size)}
    first, last = inside[0], inside[-1]
    begin = partner.get(first)
    if begin is None:
        begin = max((there for here, there in partner.items() if here < first), default=-1) + 1
    end = partner.get(last)
    if end is None:
        end = min((there for here, there in partner.items() if here > last), default=len(others))
        end -= 1
    if begin > end:
        return None  # its words are gone
    # a quote may begin or end inside a word: as far as the word is the same, so does its place
    start, stop = others[begin][1], others[end][2]
    if partner.get(first) == begin:
        start += max(0, place[0] - ones[first][1])
    if partner.get(last) == end:
        stop -= max(0, ones[last][2] - place[1])
    return start, stop
