"""The model as values for JSON, with the keys that other programs rely on.

The keys are those of the documented interface: more may be added, none renamed. Ids are strings as
`shown_id` prints them, times ISO 8601 with their offset, offsets code points of the stored text.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from reader.model import (
    Article,
    ArticleId,
    ArticleRow,
    ComparedArticle,
    Comparison,
    Difference,
    Failure,
    Marks,
    NewSince,
    Place,
    SentenceLink,
    Span,
    Statements,
    Story,
    Summary,
    shown_id,
)

Naming = Callable[[ArticleId], str]
"""How an article's id is written; `shown_id` unless the input had ids of its own."""


def time_form(when: datetime | None) -> str | None:
    """Return a time as ISO 8601, None for None."""
    return when.isoformat() if when else None


def article_form(
    article: Article, marks: Marks | None = None, *, story: int | None = None, stored: bool = True
) -> dict[str, Any]:
    """Return an article with its text; `added` is null for one that no library holds."""
    return {
        **_head(article, marks or Marks(), story),
        "added": time_form(article.added) if stored else None,
        "text": article.text,
        "blocks": [{"start": b.start, "end": b.end, "kind": b.kind} for b in article.blocks],
        "links": [{"start": a.start, "end": a.end, "url": a.url} for a in article.links],
        "leftovers": list(article.leftovers),
    }


def row_form(row: ArticleRow) -> dict[str, Any]:
    """Return an article as lists show it, without its text."""
    return {**_head(row, row.marks, row.story), "feed_tags": list(row.feed_tags)}


def _head(article: Article | ArticleRow, marks: Marks, story: int | None) -> dict[str, Any]:
    return {
        "id": shown_id(article.id),
        "source": article.source,
        "title": article.title,
        "url": article.url,
        "author": article.author,
        "language": article.language,
        "published": time_form(article.published),
        "added": time_form(article.added),
        "read": marks.read,
        "starred": marks.starred,
        "tags": list(marks.tags),
        "story": shown_id(story) if story is not None else None,
        "annotations": marks.annotations,
        "revision": article.revision,
        "feed": article.feed,
        "starter": article.starter,
        "excerpt": article.excerpt,
        "stripped": article.stripped,
    }


def failure_form(failure: Failure) -> dict[str, str]:
    """Return an input that could not be used."""
    return {"input": failure.input, "reason": failure.reason}


def story_form(story: Story, naming: Naming = shown_id) -> dict[str, Any]:
    """Return a story with the ids of its articles, in the order of their time."""
    return {
        "id": naming(ArticleId(story.id)),
        "title": story.title,
        "articles": [naming(id_) for id_ in story.articles],
        "sources": list(story.sources),
        "first": time_form(story.first),
        "last": time_form(story.last),
        "terms": list(story.terms),
    }


def news_form(news: NewSince) -> dict[str, Any]:
    """Return what a story says that no report read before has said."""
    return {
        "new": [
            {
                "article": shown_id(sentence.article),
                "index": sentence.index,
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                "also_in": [
                    {
                        "article": shown_id(span.article),
                        "index": span.sentence,
                        "start": span.start,
                        "end": span.end,
                    }
                    for span in sentence.also_in
                ],
            }
            for sentence in news.sentences
        ]
    }


def summary_form(
    summary: Summary, *, given: Any = None, naming: Naming = shown_id
) -> dict[str, Any]:
    """Return a summary; `given` is the id of the input line that it was made of."""
    return {
        "id": given,
        "method": summary.method,
        "language": summary.language,
        "articles": [
            {"id": naming(a.id), "source": a.source, "title": a.title, "sentences": a.sentences}
            for a in summary.articles
        ],
        "sentences": [
            {
                "article": naming(s.article),
                "index": s.index,
                "start": s.start,
                "end": s.end,
                "text": s.text,
                "score": s.score,
                "reasons": [reason.text for reason in s.reasons],
                "also_in": list(s.also_in),
            }
            for s in summary.sentences
        ],
        "coverage": dict(summary.coverage),
        "redundancy": summary.redundancy,
        "notes": list(summary.notes),
    }


def comparison_form(comparison: Comparison, *, naming: Naming = shown_id) -> dict[str, Any]:
    """Return a comparison."""
    new = {Place(one.article, one.sentence): one for one in comparison.new}
    only = set(comparison.only)
    return {
        "articles": [_compared(article, naming) for article in comparison.articles],
        "links": [_link(link, naming) for link in comparison.links],
        "related": [_link(link, naming) for link in comparison.related],
        "claims": [
            {
                "id": claim.id,
                "text": claim.text,
                "wording": claim.wording,
                "sources": claim.sources,
                "members": [
                    {
                        "article": naming(m.article),
                        "sentence": m.sentence,
                        "score": m.score,
                        "stance": m.stance,
                    }
                    for m in claim.members
                ],
            }
            for claim in comparison.claims
        ],
        "only": [
            _statements(new.get(place, Statements(place.article, place.sentence, ())), naming)
            for place in comparison.only
        ],
        "partly_only": [_statements(new[place], naming) for place in new if place not in only],
        "left_out": [
            {"article": naming(one.article), "claim": one.claim} for one in comparison.left_out
        ],
        "differences": [_difference(difference, naming) for difference in comparison.differences],
        "quotes": [
            {"speaker": quote.speaker, "variants": [_span(span, naming) for span in quote.variants]}
            for quote in comparison.quotes
        ],
        "timeline": [
            {"date": event.date, "members": [_span(span, naming) for span in event.members]}
            for event in comparison.timeline
        ],
        "notes": list(comparison.notes),
    }


def _compared(article: ComparedArticle, naming: Naming) -> dict[str, Any]:
    return {
        "id": naming(article.id),
        "source": article.source,
        "title": article.title,
        "published": time_form(article.published),
        "language": article.language,
        "excerpt": article.excerpt,
        "leftovers": list(article.leftovers),
        "copy_of": naming(article.copy_of) if article.copy_of is not None else None,
        "sentences": [
            {"index": s.index, "start": s.start, "end": s.end, "text": s.text, "role": s.role}
            for s in article.sentences
        ],
    }


def _place(place: Place, naming: Naming) -> dict[str, Any]:
    return {"article": naming(place.article), "sentence": place.sentence}


def _statements(one: Statements, naming: Naming) -> dict[str, Any]:
    return {
        "article": naming(one.article),
        "sentence": one.sentence,
        "statements": [{"start": s.start, "end": s.end, "text": s.text} for s in one.spans],
    }


def _link(link: SentenceLink, naming: Naming) -> dict[str, Any]:
    return {"a": _place(link.a, naming), "b": _place(link.b, naming), "score": link.score}


def _span(span: Span, naming: Naming) -> dict[str, Any]:
    return {
        "text": span.text,
        "article": naming(span.article),
        "sentence": span.sentence,
        "start": span.start,
        "end": span.end,
    }


def _difference(difference: Difference, naming: Naming) -> dict[str, Any]:
    return {
        "kind": difference.kind,
        "class": difference.class_,
        "weight": difference.weight,
        "alarm": difference.alarm,
        "topic": difference.topic,
        "claim": difference.claim,
        "confidence": difference.confidence,
        "variants": [
            {
                "value": v.value,
                "normalized": v.normalized,
                "article": naming(v.article),
                "sentence": v.sentence,
                "start": v.start,
                "end": v.end,
            }
            for v in difference.variants
        ],
    }


def import_form(
    added: Iterable[ArticleId],
    changed: Iterable[ArticleId],
    unchanged: Iterable[ArticleId],
    failed: Iterable[Failure],
) -> dict[str, Any]:
    """Return what became of imported inputs: three lists of ids, and the failures."""
    return {
        "added": [shown_id(id_) for id_ in added],
        "changed": [shown_id(id_) for id_ in changed],
        "unchanged": [shown_id(id_) for id_ in unchanged],
        "failed": [failure_form(failure) for failure in failed],
    }
