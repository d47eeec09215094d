"""How alike sentences are, all with all.

Imports numpy: import it only where a summary is made.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reader.text.vectors import inverse_frequencies

Floats = NDArray[np.float64]
Terms = Sequence[Sequence[str]]


def shared_counts(documents: Terms, weights: Mapping[str, float] | None = None) -> Floats:
    """Return for each pair of sentences the sum, over terms, of the product of their weights.

    The weight of a term is how often it stands in the sentence (times `weights[term]`). The result
    is (n, n). It is summed up term by term: most pairs share no term, so this does a fiftieth of
    what a product of dense matrices does, and starts no threads.
    """
    product = np.zeros((len(documents), len(documents)))
    postings: dict[str, tuple[list[int], list[float]]] = {}
    for row, terms in enumerate(documents):
        for term, count in Counter(terms).items():
            rows, values = postings.setdefault(term, ([], []))
            rows.append(row)
            values.append(count * (weights[term] if weights else 1.0))
    for rows, values in postings.values():
        if len(rows) == 1:
            product[rows[0], rows[0]] += values[0] ** 2
        else:
            at = np.array(rows)
            product[at[:, np.newaxis], at] += np.multiply.outer(values, values)
    return product


def cosines(documents: Terms, weights: Mapping[str, float] | None = None) -> Floats:
    """Return the cosine of each pair, weighted as in `shared_counts`; 0 for an empty sentence."""
    product = shared_counts(documents, weights)
    lengths = np.sqrt(product.diagonal())
    scale = np.outer(lengths, lengths)
    result: Floats = np.divide(product, scale, out=np.zeros_like(product), where=scale > 0)
    return result


def tfidf_cosines(documents: Terms) -> Floats:
    """Return the cosine of each pair by TF-IDF, with document frequencies of these sentences.

    With frequencies of the language at large the words that all reports of a story share would
    drown what a single sentence says.
    """
    return cosines(documents, inverse_frequencies(documents))


def word_overlap(sentences: Iterable[Sequence[str]]) -> Floats:
    """Return the cosine of the sets of words of each pair, 0 on the diagonal.

    All words count, alike: that is what a reader sees twice.
    """
    overlap = cosines([list(dict.fromkeys(words)) for words in sentences])
    np.fill_diagonal(overlap, 0.0)
    return overlap
