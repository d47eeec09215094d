"""What an article is about, as weighted terms, and how telling each term is.

Terms are stems. The weights follow the single-pass event detection of Allan, Papka and Lavrenko
(On-line New Event Detection and Tracking, SIGIR 1998): the words of the title count three times,
those of the lead twice; a term's weight is (1 + ln count) times its inverse document frequency.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from reader import resources
from reader.model import Article
from reader.text.attachments import without_attachments
from reader.text.words import stemmer, stop_words, word_spans

TITLE_WEIGHT = 3
LEAD_WEIGHT = 2
LEAD_TERMS = 60
"""How many terms of the text count as its lead."""
RAREST = math.exp(-11.0)
"""The share of the articles in which a term is expected that no table knows."""
PRIOR_ARTICLES = 200
"""How many articles of evidence the shipped table is worth against the articles seen so far."""
KEPT_TERMS = 120
"""An article's heaviest terms; what follows adds less than a hundredth to a similarity."""

_POSSESSIVE = re.compile(r"['’]s$")
Vector = Mapping[str, float]


class Terms(NamedTuple):
    """What an article is about."""

    weights: dict[str, float]
    """Stem -> 1 + ln(count), title and lead counted several times."""
    words: dict[str, str]
    """Stem -> the word as it is written where it stands first, the title being first of all."""

    def written(self, term: str) -> str:
        """Return the word that a stem stands for, without the ending of its possessive."""
        return _POSSESSIVE.sub("", self.words[term])


def terms_of(title: str, text: str, language: str | None) -> Terms:
    """Return the stems of an article, weighted, and the words that they stand for."""
    words: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for term in _stems(title, language, words):
        counts[term] += TITLE_WEIGHT
    body = _stems(text, language, words)
    counts.update(body)
    for term in islice(body, LEAD_TERMS):
        counts[term] += LEAD_WEIGHT - 1
    return Terms({term: 1 + math.log(count) for term, count in counts.items()}, words)


def _stems(text: str, language: str | None, words: dict[str, str]) -> list[str]:
    """Return the stems of the content words in order, and note what each first stood for."""
    stop = stop_words(language)
    stemmed = stemmer(language)
    known: dict[str, str | None] = {}
    found: list[str] = []
    for word, start, end in word_spans(text, language):
        if word in known:
            term = known[word]
        else:
            term = known[word] = None if word in stop else stemmed(word)
            if term is not None:
                words.setdefault(term, text[start:end])
        if term is not None:
            found.append(term)
    return found


def article_terms(article: Article) -> Terms:
    """Return the terms of a stored article; that it brings files along says nothing."""
    return terms_of(article.title, without_attachments(article), article.language)


@lru_cache(maxsize=8)
def prior(language: str | None) -> Mapping[str, float]:
    """Return in which share of the articles of a language each term is expected; empty if unknown.

    `scripts/document_frequencies.py` tells where the shipped tables come from.
    """
    path = resources.data("frequencies", f"{language}.txt")
    if language is None or not language.isalpha() or not path.is_file():
        return {}
    found: dict[str, float] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            value, *terms = line.split(" ")
            found.update(dict.fromkeys(terms, math.exp(-int(value) / 10)))
    return found


class Frequencies:
    """In how many articles each term was seen, on top of the shipped tables.

    Without the tables the first articles of an empty library would seem to share only common words
    and five reports of one event would become five stories.
    """

    def __init__(self, seen: Mapping[str, int] | None = None, articles: int = 0) -> None:
        """Begin with the counts of articles that were seen before."""
        self.seen = Counter(seen or {})
        self.articles = articles

    def add(self, terms: Iterable[str]) -> None:
        """Count the terms of one more article, each once."""
        seen = self.seen
        for term in terms:
            seen[term] += 1
        self.articles += 1

    def idf(self, term: str, language: str | None) -> float:
        """Return -ln of the share of articles that hold a term, by the table and by what was seen.

        Never negative.
        """
        expected = PRIOR_ARTICLES * prior(language).get(term, RAREST)
        return max(0.0, math.log((PRIOR_ARTICLES + self.articles) / (expected + self.seen[term])))

    def vector(self, weights: Mapping[str, float], language: str | None) -> dict[str, float]:
        """Return an article's heaviest terms with their weights, as a vector of length 1."""
        table, seen, log = prior(language), self.seen, math.log
        all_of_them = log(PRIOR_ARTICLES + self.articles)
        weighted = [
            (
                -weight
                * (all_of_them - log(PRIOR_ARTICLES * table.get(term, RAREST) + seen[term])),
                term,
            )
            for term, weight in weights.items()
        ]
        heaviest = sorted(weighted)[:KEPT_TERMS]
        length = math.sqrt(sum(value * value for value, _ in heaviest if value < 0)) or 1.0
        return {term: -value / length for value, term in heaviest if value < 0}


def dot(a: Vector, b: Vector) -> float:
    """Return the dot product of two sparse vectors: the cosine where both have length 1."""
    if len(a) > len(b):
        a, b = b, a
    shared = a.keys() & b.keys()
    return sum([a[term] * b[term] for term in shared]) if shared else 0.0
