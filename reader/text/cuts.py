"""Words of the page inside of paragraphs: cut out, or cut from their beginnings and ends."""

import re
from dataclasses import dataclass
from functools import cache

from reader.text import lines
from reader.text.pagewords import PageWords, Phrase, any_of, key, page_words

_MOST_CUTS = 12
_EDGE = " |·•>»›\u00a0-–—,"
_LOST_STOP = re.compile(r"\.(?=\s|$)")
_CUT_OFF = re.compile(
    r"(?:\[\+?\d+ (?:chars?|characters|more words)\]|\((?:more|continued)(?:…|\.\.\.)?\))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a line: its pieces in order, and what was taken out."""

    pieces: tuple[str, ...]
    taken: tuple[str, ...] = ()
    picture: bool = False
    """Whether what was cut from the beginning says that the rest is a caption."""


def cut_phrases(line: str) -> Cut:
    """Return a line without the words of the page in it.

    Where such words stood between two sentences the line falls into two pieces.
    """
    words, low = page_words(), line.casefold()
    taken: list[str] = []
    pieces = [line]
    if any(clue in low for clue in _clues()):
        pieces, found = _cut_inside(line, low, words)
        taken += found
    picture = False
    first, found, picture = _cut_start(pieces[0], words) if pieces else ("", [], False)
    taken = found + taken
    kept = [first, *pieces[1:]] if pieces else []
    return Cut(tuple(piece for piece in kept if piece), tuple(taken), picture)


def cut_more(line: str) -> tuple[str, str]:
    """Return a line without "Read more" after its last sentence, and what was cut off ("" if none).

    Only after a full stop or an ellipsis: a headline before it is a link to another article.
    """
    if match := _CUT_OFF.search(line):
        return line[: match.start()].rstrip(), match[0]
    rest, marker = split_more(line)
    if marker and lines.ends_sentence(rest) and (" " in marker or rest.endswith(("…", "...", "]"))):
        return rest, marker
    return line, ""


def split_more(line: str) -> tuple[str, str]:
    """Return a line before a "Read more" at its end, and that; ("…", "") where there is none."""
    tokens = line.rstrip(_EDGE).split(" ")
    if key(tokens[-1]) not in page_words().more.last:
        return line, ""
    for count in range(min(5, len(tokens) - 1), 0, -1):
        marker = " ".join(tokens[-count:])
        if key(marker) in page_words().more and marker[:1].upper() == marker[:1]:
            return " ".join(tokens[:-count]).rstrip(), marker
    return line, ""


@cache
def _starts() -> tuple[re.Pattern[str], ...]:
    return any_of((*page_words().picture, *page_words().start))


@cache
def _clues() -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase.clue for phrase in page_words().inside))


def _cut_inside(line: str, low: str, words: PageWords) -> tuple[list[str], list[str]]:
    taken: list[tuple[int, int]] = []
    for phrase in words.inside:
        if phrase.clue in low:
            taken += [match.span() for match in phrase.pattern.finditer(line)]
    pieces, found, at = [""], [], 0
    for start, end in sorted(taken, key=lambda span: (span[0], -span[1])):
        if start < at:
            continue
        found.append(line[start:end])
        _add(pieces, line[at:start])
        if not lines.begins_low(line[end:].lstrip(_EDGE + ".")):
            pieces.append("")
        at = end
    _add(pieces, line[at:])
    return [piece for piece in pieces if piece], found


def _add(pieces: list[str], text: str) -> None:
    """Add text to the last piece, without the stop that stood between it and a button."""
    text = text.strip(_EDGE)
    if (stop := _LOST_STOP.match(text)) and not pieces[-1]:
        text = text[stop.end() :].strip(_EDGE)
    text = re.sub(r"(?<=\w[.!?\"'”’)]) \.$|(?<=[.!?][\"'”’)]) \.$", "", text)
    pieces[-1] = f"{pieces[-1]} {text}".strip()


def _cut_start(line: str, words: PageWords) -> tuple[str, list[str], bool]:
    taken, picture = [], False
    for _ in range(_MOST_CUTS):
        if not any(pattern.match(line) for pattern in _starts()):
            break
        low = line[:400].casefold()
        for phrases, is_picture in ((words.picture, True), (words.start, False)):
            end = max((_matched(p, line, low) for p in phrases), default=0)
            if end:
                taken.append(line[:end])
                line = line[end:].lstrip(_EDGE + ":")
                picture = picture or is_picture
                break
        else:
            break
    return line, taken, picture


def _matched(phrase: Phrase, line: str, low: str) -> int:
    """Return where a phrase at the beginning of a line ends; 0 where it does not stand there."""
    start = line if phrase.exact else low
    match = phrase.pattern.match(line) if start.startswith(phrase.begins) else None
    if not match:
        return 0
    rest = line[match.end() :].lstrip(_EDGE + ":")
    running_on = (
        phrase.exact and match[0].isalpha() and rest[:1].islower()
    )  # "Advertisement spending …"
    return 0 if running_on else match.end()
