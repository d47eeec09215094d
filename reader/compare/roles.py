"""What part a sentence plays in its article: body, heading, caption or list item."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from reader.model import Article, Role, Sentence

_BY_KIND: dict[str, Role] = {
    "heading": "heading",
    "caption": "caption",
    "list": "list",
    "table": "list",
    "code": "list",
}
_CAPTION = re.compile(
    r"^(?:FILE\b\s?[-–—:]|FILE PHOTO|Photo(?:graph)?\s?(?:by|:)|Image\s?:|Picture\s?:|Foto\s?:)"
    r"|\((?:[\w ]+ )?(?:Photo|Foto|Image)s?\b[^)]*\)\s*$"
    r"|\((?:Reuters|AFP|AP|Getty Images|EPA)\)\s*$"
    r"|(?:/|\bvia )\s?(?:Getty(?: Images)?|AFP|AP|EPA|Reuters)\W*$"
)
_ITEM = re.compile(r"^(?:[-–•*‣·▪]\s+|\(?\d{1,2}[.)]\s+)")
_STOPS = tuple(".!?…。！？؟।:;,\"'”’»)”")
_CAPTION_LONG = 400
"""A longer line that ends with a photographer's name is a paragraph with a picture in it."""
_HEADING_WORDS = 6
_LONG_WORD = 16
"""More letters a word than this, on the average, has no language that parts its words."""
_TITLE_WORDS = 16
_TITLE_SHARE = 0.7
_QUESTION_WORDS = 9
_LABEL_WORDS = 4


def role_of_sentences(article: Article, sentences: Sequence[Sentence]) -> list[Role]:
    """Return the role of each sentence, from the kind of its block and from its own form.

    Plain text knows no kinds: there a line of its own is taken for a heading where it is short or
    capitalised like a title and has no final stop, and for a caption where it ends or begins as
    agencies' captions do.
    """
    lines = _lines(article.text)
    kinds = _kinds(article, sentences)
    return [
        _BY_KIND.get(kind) or _by_form(sentence, _line_of(sentence, article.text, lines))
        for sentence, kind in zip(sentences, kinds, strict=True)
    ]


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the spans of the lines that have words, in order, without the space around them."""
    found, start = [], 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped)
            found.append((at, at + len(stripped)))
        start += len(line) + 1
    return found


def _kinds(article: Article, sentences: Sequence[Sentence]) -> list[str]:
    """Return for each sentence the kind of the block that it begins in."""
    kinds: list[str] = []
    blocks, at = article.blocks, 0
    for sentence in sentences:
        while at < len(blocks) and blocks[at].end <= sentence.start:
            at += 1
        inside = at < len(blocks) and blocks[at].start <= sentence.start
        kinds.append(blocks[at].kind if inside else "paragraph")
    return kinds


def _by_form(sentence: Sentence, line: str) -> Role:
    text = sentence.text
    if _CAPTION.search(text) or (len(line) <= _CAPTION_LONG and _CAPTION.search(line)):
        return "caption"
    if _ITEM.match(text):
        return "list"
    return "heading" if text == line and _is_heading(text) else "body"


def _line_of(sentence: Sentence, text: str, lines: list[tuple[int, int]]) -> str:
    """Return the line that a sentence begins in."""
    start, end = lines[bisect_right(lines, (sentence.start, len(text))) - 1]
    return text[start:end]


def _is_heading(text: str) -> bool:
    """Return whether a line of its own reads like a heading."""
    words = text.split()
    if text[0].islower():
        return False
    if text.endswith((":", "?")):
        return len(words) <= (_QUESTION_WORDS if text.endswith("?") else _LABEL_WORDS)
    return not text.endswith(_STOPS) and (_is_short(text, words) or _is_title(words))


def _is_short(text: str, words: list[str]) -> bool:
    if len(text) > _LONG_WORD * len(words):
        return len(text) <= _LONG_WORD  # writing without spaces, as of Thai or Chinese
    return len(words) <= _HEADING_WORDS


def _is_title(words: list[str]) -> bool:
    """Return whether most of the longer words have a capital."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in long)
    return len(words) <= _TITLE_WORDS and capital >= _TITLE_SHARE * max(1, len(long))
