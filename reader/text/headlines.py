"""The headline of a scraped text: which of its first lines it is, and how it is doubled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.text import lines
from reader.text.bylines import byline_of
from reader.text.kinds import is_caption
from reader.text.pagewords import key, page_words
from reader.text.paragraphs import Paragraph

LONGEST = 220
_HEAD_AT_MOST = 60
_SUFFIX = re.compile(r"(?<!\s)\s+(?:[|–—·•»:]|-|::)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline found: its words, an outlet's name that stood after it, and its last line."""

    text: str
    outlet: str = ""
    at: int = -1
    """Index of the last line of the head that carries it; -1 where it stands in no line."""


def body_start(parts: Sequence[Paragraph]) -> int:
    """Return the index of the first paragraph of running text; the number of parts if none is."""
    for n, part in enumerate(parts[:_HEAD_AT_MOST]):
        running = part.kind in ("paragraph", "quote") and lines.is_body(part.text)
        if running and not is_caption(part.text) and not (n < 3 and _stopped(part.text)):
            return n
    return len(parts)


def same_headline(line: str, title: str) -> bool:
    """Tell whether a line is a headline again: letter by letter, or with an outlet's name."""
    one, two = lines.letters_of(line), lines.letters_of(title)
    if not one or not two or len(line) > 2 * LONGEST:
        return False
    if one == two:
        return True
    longer, shorter = (line, title) if len(one) > len(two) else (title, line)
    return bool(outlet_after(longer, shorter))


def find_headline(parts: Sequence[Paragraph], title: str = "") -> Headline:
    """Return the headline of a text; where the title is known, where its lines are.

    Without a title it is the first line of the head that can be one, a doubled line before others.
    A single word is none: it is the name of a section or an outlet.
    """
    start = body_start(parts)
    head = parts[:start] if start < len(parts) else parts[: min(len(parts), _HEAD_AT_MOST)]
    if title:
        return _located(parts[: start + 3], title)
    able = [n for n, part in enumerate(head) if able_headline(part, n, parts)]
    if not able:
        return Headline("")
    doubled = [n for n in able if _doubled(head, n)]
    best = doubled[0] if doubled else _chosen(parts, able)
    text = head[best].text
    twins = [n for n in range(len(head)) if same_headline(head[n].text, text)]
    shortest = min((head[n].text for n in twins), key=len)
    outlet = next((o for n in twins if (o := outlet_after(head[n].text, shortest))), "")
    return Headline(shortest, outlet, max(twins))


def _located(parts: Sequence[Paragraph], title: str) -> Headline:
    at = max((n for n, part in enumerate(parts) if same_headline(part.text, title)), default=-1)
    return Headline(title, at=at)


def able_headline(part: Paragraph, n: int, parts: Sequence[Paragraph]) -> bool:
    """Tell whether a line of the head can be a headline."""
    line = part.text
    if part.kind not in ("paragraph", "heading") or len(line) > LONGEST or n + 1 >= len(parts):
        return False
    count = lines.word_count(line)
    if not (1 if part.level == 1 else 2) <= count <= 32 or not lines.has_letters(line):
        return False
    whole = lines.ends_open(line) or line.rstrip("\"'”’»").endswith("!") or _stopped(line)
    broken = lines.holds_sentences(line) and (n > 0 or count > 20)
    return whole and not broken and not line.endswith((",", "-")) and not _page_line(line)


def _page_line(line: str) -> bool:
    words = page_words()
    known = key(line) in words.line or key(line) in words.margin
    return known or is_caption(line) or byline_of(line) is not None


def _stopped(line: str) -> bool:
    """Tell whether a line may be a headline though it ends as a sentence does.

    A question, a headline that a feed cut, one that ends with "U.S.".
    """
    count = lines.word_count(line)
    return (
        (line.endswith("?") and count <= 18)
        or (line.endswith(("...", "…")) and count <= 14 and not lines.holds_sentences(line))
        or (lines.ends_in_acronym(line) and count <= 16 and lines.title_cased(line))
    )


def _doubled(head: Sequence[Paragraph], n: int) -> bool:
    line = head[n].text
    return lines.word_count(line) >= 3 and any(
        m != n and same_headline(head[m].text, line) for m in range(len(head))
    )


def _chosen(parts: Sequence[Paragraph], able: Sequence[int]) -> int:
    """Return the line of the head that is the headline: the first that shares the text's words.

    Names of authors, sections and sites, which stand before it, share none.
    """
    marked = next((n for n in able if parts[n].level == 1), None)
    if marked is not None or len(able) == 1:
        return able[0] if marked is None else marked
    body = _stems(" ".join(part.text for part in parts[able[-1] + 1 :])[:20_000])
    shared = {n: _shared(parts[n].text, body) for n in able}
    first, most = able[0], max(shared.values())
    if lines.word_count(parts[first].text) >= 4 and first == 0 and shared[first] > 0:
        return first
    return next((n for n in able if shared[n] >= 0.6 * most), first) if most else first


def shared_words(line: str, text: str) -> float:
    """Return the share of a line's longer words that a text has too; 0 to 1."""
    return _shared(line, _stems(text))


def _shared(line: str, body: frozenset[str]) -> float:
    """Return the share of a line's longer words that the body has too; 0 to 1."""
    stems = _stems(line)
    return len(stems & body) / len(stems) if stems else 0.0


def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the longer words; of text without spaces its pairs of signs."""
    found = {word[:5] for word in re.findall(r"[^\W\d_]{5,}", text.casefold())}
    signs = "".join(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+", text))
    return frozenset(found | {signs[n : n + 2] for n in range(len(signs) - 1)})


def outlet_after(longer: str, shorter: str) -> str:
    """Return the outlet's name that stands after a headline: "Bridge opens | Harbour Post".

    "" where the longer one is not the shorter one with a name behind it.
    """
    for cut in reversed(list(_SUFFIX.finditer(longer))):
        one, two = longer[: cut.start()], longer[cut.end() :]
        if lines.letters_of(one) == lines.letters_of(shorter) and lines.word_count(two) <= 6:
            return two.strip()
    return ""
