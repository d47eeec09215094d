"""Which reports of a story are copies: an agency's text in several outlets, or one's own again."""

from collections.abc import Callable, Sequence

from reader.model import Article
from reader.text.copies import same_copy
from reader.text.words import words

COMPARED = 3
"""With so many reports, the likest ones, an article is compared word by word."""


def original(
    article: Article,
    alike: Sequence[int],
    known: Callable[[int], Article],
    root: Callable[[int], int],
) -> int | None:
    """Return the first report of the text that an article is a copy of; None where it is its own.

    `alike` are the reports that it may be a copy of, the likest first; `known` gives their articles
    and `root` what they are copies of (themselves where they are none).
    """
    for other in alike[:COMPARED]:
        if is_copy(article, known(other)):
            return root(other)
    return None


def is_copy(article: Article, other: Article) -> bool:
    """Tell whether two articles are the same text for the most part, or the whole of one is."""
    one, two = words(article.text, article.language), words(other.text, other.language)
    return same_copy(one, two) or (one, article.title) == (two, other.title)
