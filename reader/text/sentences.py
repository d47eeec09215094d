"""Sentences: where they begin and end in a text, in any language."""

import re
from functools import lru_cache

from reader.model import Sentence

_END = re.compile(
    r"(?<=[.!?…؟।])[\"'”’»)\]]*\s+(?=[\"'“‘«„(\[]*[^\W\d_a-z])|(?<=[。！？])[」』”’）]*"
)


@lru_cache(maxsize=512)
def sentences(text: str, language: str | None) -> tuple[Sentence, ...]:  # noqa: ARG001
    """Return the sentences of a text; a line break always ends one."""
    found: list[Sentence] = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for cut in [*(m.end() for m in _END.finditer(text, start, line.end())), line.end()]:
            piece = text[start:cut]
            first = start + len(piece) - len(piece.lstrip())
            last = start + len(piece.rstrip())
            if first < last:
                found.append(Sentence(len(found), first, last, text[first:last]))
            start = cut
    return tuple(found)
