"""Vectors: documents (or sentences) as rows of weighted terms, and how alike they are.

Plain TF-IDF (Salton and Buckley 1988): tf times log(n / df) + smooth. Rows are dense: up to some
2,000 sentences of one story that costs less than sparse matrices and needs no library but numpy.
"""

from collections.abc import Mapping, Sequence
from math import log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
else:
    Matrix = Any


def tfidf(
    documents: Sequence[Sequence[str]],
    *,
    idf: Mapping[str, float] | None = None,
    smooth: float = 1.0,
) -> Matrix:
    """Return one row per document and one column per term, rows of length 1.

    Columns stand in the order in which terms first occur. The weight of a term is its count times
    its idf: `idf[term]` where a mapping is given (a term that it lacks weighs nothing), else
    log(n / df) + smooth from the documents themselves. A document without weight is a row of
    zeros, never NaN.
    """
    import numpy as np  # noqa: PLC0415 - heavy, needed by few commands

    columns: dict[str, int] = {}
    for document in documents:
        for term in document:
            columns.setdefault(term, len(columns))
    matrix = np.zeros((len(documents), len(columns)))
    for row, document in enumerate(documents):
        for term in document:
            matrix[row, columns[term]] += 1.0
    if not columns:
        return matrix
    if idf is None:
        seen = np.count_nonzero(matrix, axis=0)
        matrix *= np.log(len(documents) / seen) + smooth
    else:
        matrix *= np.array([idf.get(term, 0.0) for term in columns])
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    rows: Matrix = np.divide(matrix, lengths, out=np.zeros_like(matrix), where=lengths > 0)
    return rows


def cosine(a: Matrix, b: Matrix | None = None) -> Matrix:
    """Return the similarities (0 to 1 for weights that are not negative) of rows of length 1.

    `a` is (n, terms), `b` (m, terms), the result (n, m); without `b` the rows of `a` with each
    other.
    """
    similarities: Matrix = a @ (a if b is None else b).T
    return similarities


def inverse_frequencies(
    documents: Sequence[Sequence[str]], *, smooth: float = 1.0
) -> dict[str, float]:
    """Return log(n / df) + smooth of every term, as `tfidf` computes it, to be given to it."""
    counts: dict[str, int] = {}
    for document in documents:
        for term in dict.fromkeys(document):
            counts[term] = counts.get(term, 0) + 1
    return {term: log(len(documents) / count) + smooth for term, count in counts.items()}
