"""nltk's Punkt with parameters of our own: where full stops end sentences, if no rule knows better.

Kiss and Strunk 2006, "Unsupervised multilingual sentence boundary detection". nltk's own models
would have to be downloaded; ours are made of `data/sentences`. nltk gives up a regular expression
after five seconds; so that it never comes to that, Punkt is given pieces of a few kilobytes.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.text._manners import Manners, manners

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

PIECE = 8_000
"""Characters given to Punkt at once; some of its patterns take the square of that."""

_SEEN_IN_BOTH_CASES = 2 | 32
"""Punkt's flags for a word that begins sentences and stands in lower case inside them."""

# A place inside a sentence, where a long line can be cut without inventing a boundary.
_QUIET = re.compile(r"[^\W\d_]\s(?=[^\W\d_])")


def punkt_ends(line: str, language: str) -> frozenset[int]:
    """Return the offsets just behind the characters that end a sentence, by Punkt alone."""
    tokenizer = _tokenizer(language)
    ends: set[int] = set()
    for start, end in _pieces(line):
        try:
            spans = list(tokenizer.span_tokenize(line[start:end], realign_boundaries=False))
        except TimeoutError:  # hostile: Punkt has no opinion here, the rules decide alone
            continue
        ends.update(start + stop for _, stop in spans[:-1])
    return frozenset(ends)


def _pieces(line: str) -> list[tuple[int, int]]:
    if len(line) <= PIECE:
        return [(0, len(line))]
    pieces, start = [], 0
    while len(line) - start > PIECE:
        quiet = None
        for quiet in _QUIET.finditer(line, start + PIECE // 2, start + PIECE):  # noqa: B007
            pass
        end = quiet.end() if quiet else start + PIECE
        pieces.append((start, end))
        start = end
    return [*pieces, (start, len(line))]


@lru_cache(maxsize=32)
def _tokenizer(language: str) -> "PunktSentenceTokenizer":
    from nltk.tokenize.punkt import (  # noqa: PLC0415 - a third of a second
        PunktLanguageVars,
        PunktParameters,
        PunktSentenceTokenizer,
    )

    known = manners(language)

    class Variables(PunktLanguageVars):  # type: ignore[misc]
        sent_end_chars = (*".?!…؟۔।॥", *known.enders)

    return PunktSentenceTokenizer(_parameters(PunktParameters(), known), lang_vars=Variables())


def _parameters(parameters: "PunktParameters", known: Manners) -> "PunktParameters":
    """Fill Punkt's tables: what it would have learnt from a corpus."""
    listed = known.titles | known.abbreviations | known.closings
    parameters.abbrev_types = {entry for entry in listed if entry == entry.lower()}
    parameters.sent_starters = set(known.starters)
    for starter in known.starters:
        parameters.ortho_context[starter] = _SEEN_IN_BOTH_CASES
    return parameters
