"""The reports most like an article: found by its rarest words, rated by their likeness."""

from collections import Counter
from collections.abc import Sequence

from reader.library import Library, Query, parse_query
from reader.model import Article, ArticleId
from reader.text.copies import same_copy
from reader.text.vectors import cosine, tfidf
from reader.text.words import stems, stop_words, words

LEAD = 700
"""Code points of the text that count beside the title: what happened stands at the beginning."""
_TERMS = 12
_PER_PAIR = 40
_CANDIDATES = 120
LIKE = 0.16
"""Cosine of title ×3, lead ×2, text ×1 from which two reports are of the same matter."""


def related(library: Library, id: ArticleId, *, limit: int = 8) -> list[ArticleId]:
    """Return an article and the reports most like it, the likest first, `limit` together.

    Candidates share at least two of the rarest words of its title and beginning; they are rated by
    the cosine of TF-IDF vectors (title three times, beginning twice). Of wire copies of one text
    only the first stays. Raises NotFoundError where the article is not there.
    """
    article = library.article(id)
    candidates = [library.article(i) for i in _candidates(library, article) if i != id]
    if not candidates:
        return [id]
    rated = _rated(article, candidates)
    chosen = [article]
    for score, candidate in rated:
        if len(chosen) >= limit or score < LIKE:
            break
        if not any(_copies(candidate, other) for other in chosen):
            chosen.append(candidate)
    return [each.id for each in chosen]


def _terms(article: Article) -> list[str]:
    """Return the words of title and beginning by which other reports are looked for."""
    beginning = f"{article.title}\n{article.text[:LEAD]}"
    stop = stop_words(article.language)
    counts: Counter[str] = Counter()
    for word in words(beginning, article.language):
        if word not in stop and (len(word) > 3 or not word.isascii()):
            counts[word] += 1
    for word in set(words(article.title, article.language)) & counts.keys():
        counts[word] += 1
    return sorted(counts, key=lambda word: (-counts[word], word))[: _TERMS * 3]


def _query(*terms: str) -> Query:
    return parse_query(" ".join(f'"{term}"' for term in terms if '"' not in term))


def _candidates(library: Library, article: Article) -> list[ArticleId]:
    """Return articles that share at least two of the rarest terms, the rarest pairs first."""
    counted = [(library.count(_query(term)), term) for term in _terms(article)]
    rare = [term for count, term in sorted(counted) if count > 1][:_TERMS]
    found: Counter[ArticleId] = Counter()
    for number, term in enumerate(rare):
        for other in rare[number + 1 :]:
            for place in library.ids(_query(term, other), limit=_PER_PAIR):
                found[place] += 1
    ranked = sorted(found, key=lambda i: (-found[i], i))
    return ranked[:_CANDIDATES]


def _weighted(article: Article) -> list[str]:
    title = stems(article.title, article.language)
    lead = stems(article.text[:LEAD], article.language)
    rest = stems(article.text[LEAD : LEAD * 8], article.language)
    return title * 3 + lead * 2 + rest


def _rated(article: Article, candidates: Sequence[Article]) -> list[tuple[float, Article]]:
    vectors = tfidf([_weighted(each) for each in (article, *candidates)])
    scores = cosine(vectors[:1], vectors[1:])[0]
    pairs = zip((float(score) for score in scores), candidates, strict=True)
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1].when, pair[1].id))


def _copies(a: Article, b: Article) -> bool:
    return same_copy(words(a.text, a.language), words(b.text, b.language))
