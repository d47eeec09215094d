"""What a line looks like: whole or a piece, long or short, a headline or a sentence."""

import re
from collections.abc import Iterable

from reader.text._short import cached_where_short
from reader.text.pagewords import page_words

_CLOSERS = "\"'”’»›)\\]*_"
_STOPS = ".!?…。！？；｡؟۔।॥။៕།"
_NOTES = r"(?:\[?[⁰¹²³⁴-⁹]{1,3}\]?|[\[(]\d{1,3}[\])]|\[[^\W\d_⁰-⁹]\])"
"""A mark that leads to a footnote, or to a source: raised figures, [1], [a]."""
_END = re.compile(rf"[{_STOPS}][{_CLOSERS}\s]*(?:{_NOTES}\s?)*[{_CLOSERS}\s]*$")
_PAUSE = re.compile(rf"[:;：][{_CLOSERS}]*$")
_INNER_END = re.compile(
    rf"(?P<word>[^\s.][^\s.]{{2,40}})(?P<stop>[.!?])[{_CLOSERS}]*\s+[\"'“‘„«¿¡(]*[^\W\d_]|[。！？]\S"
)
_ACRONYM = re.compile(r"(?:^|\s)(?:[^\W\d_]\.){2,}$")
_CLOSING = re.compile(r"(?!,,\w)[.,;:!?%)\]”’»…。，、；：！？）」』](?!\d)")
_CJK = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3]"
)
_UNSTOPPED = re.compile(r"[\u0e00-\u0eff\u1780-\u17d3]")
"""Letters of Thai, Lao and Khmer, whose sentences have no stops."""
_WORD = re.compile(r"\S*[^\W_]\S*")
_NO_LETTERS = re.compile(r"[\W_]+")
_LONG = 400
"""Characters: what is longer is looked at less closely, so that no text takes long."""
_LETTER = re.compile(r"[^\W\d_]")
_OPENERS = "\"'“‘„«‹(["


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return bool(_END.search(line[-24:]))


def is_running(line: str) -> bool:
    """Tell whether a line is running text, or may be: a sentence, or a paragraph of some length.

    Unlike `is_body` it lets short sentences count, and longer text without a stop at its end.
    """
    count = word_count(line)
    if ends_sentence(line):
        return count >= 5
    unstopped = len(_UNSTOPPED.findall(line[:_LONG]))
    return len(line) >= 250 or (count >= 12 and holds_sentences(line)) or unstopped >= 40


def ends_open(line: str) -> bool:
    """Tell whether a line ends without a stop, a colon or a semicolon."""
    return not _END.search(line[-24:]) and not _PAUSE.search(line[-8:])


def ends_hanging(line: str) -> bool:
    """Tell whether a line ends with a word after which something must follow ("of the")."""
    last = line.rstrip().rpartition(" ")[2]
    return last.casefold() in page_words().hanging and not (last.isupper() and len(last) > 1)


def holds_sentences(line: str) -> bool:
    """Tell whether a sentence ends inside the line and another begins ("Rep. Lee" is no end)."""
    for match in _INNER_END.finditer(line):
        word = match["word"] or ""
        if match["stop"] != "." or len(word) > 4 or not word[0].isupper():
            return True
    return False


def ends_in_acronym(line: str) -> bool:
    """Tell whether the last stop is part of an abbreviation: "in the U.S."."""
    return bool(_ACRONYM.search(line))


def begins_low(line: str) -> bool:
    """Tell whether a line begins with a small letter, marks aside ("iPhone" does not)."""
    word = line.lstrip(_OPENERS).partition(" ")[0]
    letters = word.strip("".join(_OPENERS) + ".,;:!?\"'”’")
    return bool(letters) and letters[0].islower() and not any(c.isupper() for c in letters)


def begins_closing(line: str) -> bool:
    """Tell whether a line begins with a mark that belongs to what stands before it."""
    return bool(_CLOSING.match(line))


@cached_where_short(4096)
def word_count(line: str) -> int:
    """Return the number of words; two characters count as one where no spaces are written."""
    signs = 0 if line.isascii() else len(_CJK.findall(line))
    spaced = len(line.split()) if len(line) > _LONG else len(_WORD.findall(line))
    return max(spaced, signs // 2)


def has_letters(line: str) -> bool:
    """Tell whether a line holds a letter."""
    return bool(_LETTER.search(line))


def title_cased(line: str) -> bool:
    """Tell whether nearly all longer words of a line begin with a capital letter."""
    words = [w for w in re.findall(r"[^\W\d_]{4,}", line) if w.lower() != w.upper()]
    return len(words) >= 2 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


@cached_where_short(4096)
def is_body(line: str) -> bool:
    """Tell whether a line is surely running text: a sentence of some length, or very long."""
    count = word_count(line)
    if (count >= 9 and ends_sentence(line)) or count >= 40 or holds_long_sentence(line, count):
        return True
    return len(_UNSTOPPED.findall(line[:_LONG])) >= 80


def holds_long_sentence(line: str, count: int) -> bool:
    """Tell whether a longer line holds a whole sentence though it does not end as one."""
    return count >= 20 and holds_sentences(line)


def letters_of(line: str) -> str:
    """Return the letters and digits of a line in lower case, to compare lines by.

    A paragraph that is longer than any headline stands for itself.
    """
    return line if len(line) > _LONG else _letters(line)


def letters_of_all(texts: Iterable[str]) -> str:
    """Return the letters and digits of several texts in lower case, run together."""
    return "".join(_NO_LETTERS.sub("", text.casefold()) for text in texts)


@cached_where_short(4096)
def _letters(line: str) -> str:
    return _NO_LETTERS.sub("", line.casefold())
