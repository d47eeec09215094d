"""What is quoted: passages within quotation marks, and passages whose marks a scraper lost.

Marks are matched within a paragraph, since a quotation of several paragraphs opens each of them
anew. A passage without marks counts as quoted where another report has the same words, three or
more in a row, within marks, or where a speech verb opens it ("she said, We …").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.compare.contexts import function_words
from reader.compare.found import Story
from reader.compare.letters import american
from reader.compare.material import LONGEST_SENTENCE, Report, Unit
from reader.compare.tables import listed, section

_CLOSED_BY = {
    "“": '”“"',
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    '"': '"”',
}
_SINGLE = re.compile(r"(?<!\w)['‘](?=\S)(?:[^'‘’]|['’](?=\w)){2,400}?(?<=\S)['’](?!\w)")
_LONGEST = 4000
"""Marks further apart than this do not belong together."""
_RUN = 3
"""How many words in a row must be the same for lost marks to be found again."""
_MOST = 0.6
"""The run must be so much of the marked passage (or twice as long as the shortest run)."""
_PLACES, _LONGEST_RUN = 12, 80
"""Words that stand within marks more often, or runs that are longer, are not worth more looks."""
_LOST_AFTER = re.compile(r"[,:]\s+(?=[^\W\d_a-z])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted passage within one sentence; `start` and `end` are code points of its text.

    The marks are left out; a quotation of several sentences has a passage in each of them, with
    the same `quotation` number.
    """

    unit: Unit
    start: int
    end: int
    quotation: int
    marked: bool = True
    """False where the marks were lost and the passage was found again."""
    verbatim: bool = False
    """Whether it was found again as the very words that another report has within marks."""

    @property
    def text(self) -> str:
        """Return the words quoted."""
        return self.unit.text[self.start : self.end]


def passages(story: Story) -> list[Passage]:
    """Return all quoted passages, in the order of the sentences."""
    found: list[Passage] = []
    for report in story.material.reports:
        if not report.twin:
            found.extend(_of_report(report, len(found)))
    found.extend(_lost(story, found))
    return sorted(found, key=lambda p: (p.unit.row, p.start))


def _of_report(report: Report, first: int) -> list[Passage]:
    text, found = report.article.text, []
    units = [
        unit
        for unit in report.units
        if unit.role != "heading" and len(unit.text) <= LONGEST_SENTENCE
    ]
    at = 0
    for number, (start, end) in enumerate(quotations(text)):
        while at < len(units) and units[at].end <= start:
            at += 1
        place = at
        while place < len(units) and units[place].start < end:
            unit = units[place]
            a, b = max(start, unit.start) - unit.start, min(end, unit.end) - unit.start
            a, b = _trimmed(unit.text, a, b)
            if a < b:
                found.append(Passage(unit, a, b, first + number))
            place += 1
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;“”\"'‘’":
        start += 1
    while start < end and text[end - 1] in " ,;“”\"'‘’":
        end -= 1
    return start, end


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the spans between quotation marks, in order, the marks left out."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        found += [(start + a, start + b) for a, b in _in_paragraph(line)]
        start += len(line) + 1
    return found


def _in_paragraph(line: str) -> list[tuple[int, int]]:
    found, at = [], 0
    while at < len(line):
        closing = _CLOSED_BY.get(line[at])
        if not closing or not _opens(line, at):
            at += 1
            continue
        ends = range(at + 1, min(len(line), at + _LONGEST))
        end = next((i for i in ends if line[i] in closing and _closes(line, i)), None)
        if end is None:
            if not line[:at].strip():  # the next paragraph goes on with it
                found.append((at + 1, len(line)))
            break
        found.append((at + 1, end))
        at = end + 1
    singles = [(m.start() + 1, m.end() - 1) for m in _SINGLE.finditer(line)]
    found += [(a, b) for a, b in singles if not any(c < b and a < d for c, d in found)]
    return sorted(span for span in found if line[slice(*span)].strip())


def _opens(line: str, at: int) -> bool:
    """Return whether the mark at a place can begin a quotation.

    A mark that also ends quotations stands before a word and after none; French ones may have a
    space within, and Chinese and Japanese writing has none around them.
    """
    if line[at] in "«‹「『":
        return True
    return (not at or not line[at - 1].isalnum()) and bool(line[at + 1 : at + 2].strip())


def _closes(line: str, at: int) -> bool:
    """Return whether the mark at a place can end a quotation: nothing but a pause follows it."""
    return line[at] != '"' or (not line[at - 1].isspace() and not line[at + 1 : at + 2].isalnum())


def said_words(passage: Passage, language: str | None) -> list[str]:
    """Return the words of a passage as they are compared (see `plain_words`)."""
    inside = [w.text for w in passage.unit.words if passage.start <= w.start < passage.end]
    return plain_words(inside, language)


def plain_words(words: Iterable[str], language: str | None) -> list[str]:
    """Return words in one spelling: digits for number words, "gonna" as "going"."""
    forms = section(language, "numbers", "words") | section(language, "speech", "informal")
    plain = (word.replace("’", "'") for word in words)
    return [str(forms.get(word) or american(word)) for word in plain]


def _lost(story: Story, found: list[Passage]) -> list[Passage]:
    """Return passages without marks that a verb opens, or that other reports have within marks."""
    lost: list[Passage] = []
    number = max((p.quotation for p in found), default=0) + 1
    taken: dict[int, list[Passage]] = {}
    for passage in found:
        taken.setdefault(passage.unit.row, []).append(passage)
    for unit in story.compared():
        opened = _opened(unit, story.language(unit))
        if opened and not _overlaps(taken.get(unit.row, ()), opened):
            passage = Passage(unit, *opened, number + unit.row, marked=False)
            taken.setdefault(unit.row, []).append(passage)
            lost.append(passage)
    return [*lost, *_verbatim(story, found, taken)]


def _overlaps(passages_: Iterable[Passage], span: tuple[int, int]) -> bool:
    return any(p.start < span[1] and span[0] < p.end for p in passages_)


def _opened(unit: Unit, language: str | None) -> tuple[int, int] | None:
    """Return the rest of a sentence that "stated, We …" opens without marks."""
    pronouns = set(listed(language, "speech", "own"))
    verbs = set(listed(language, "speech", "verbs"))
    for match in _LOST_AFTER.finditer(unit.text):
        before = [w for w in unit.words if w.end <= match.start() + 1]
        after = [w for w in unit.words if w.start >= match.end()]
        if before and after and before[-1].text in verbs and after[0].text in pronouns:
            start, end = after[0].start, after[-1].end
            return (start, end) if len(after) > _RUN else None
    return None


def _verbatim(
    story: Story, found: list[Passage], taken: dict[int, list[Passage]]
) -> Iterable[Passage]:
    """Return the runs of words without marks that stand within marks in another report."""
    grams: dict[tuple[str, ...], list[tuple[Passage, int, list[str]]]] = {}
    for passage in found:
        words = said_words(passage, story.language(passage.unit))
        for i in range(len(words) - _RUN + 1):
            places = grams.setdefault(tuple(words[i : i + _RUN]), [])
            if len(places) < _PLACES:
                places.append((passage, i, words))
    for unit in story.compared():
        best = _longest_run(story, unit, grams)
        if best and not _overlaps(taken.get(unit.row, ()), best[:2]):
            yield Passage(unit, best[0], best[1], best[2].quotation, marked=False, verbatim=True)


def _longest_run(
    story: Story, unit: Unit, grams: dict[tuple[str, ...], list[tuple[Passage, int, list[str]]]]
) -> tuple[int, int, Passage] | None:
    language = story.language(unit)
    words = plain_words([w.text for w in unit.words], language)
    functions = function_words(language)
    best: tuple[int, int, int, Passage] | None = None
    for i in range(len(words) - _RUN + 1):
        for passage, j, said in grams.get(tuple(words[i : i + _RUN]), ()):
            if passage.unit.report == unit.report:
                continue
            length = _RUN
            while (
                length < _LONGEST_RUN
                and i + length < len(words)
                and words[i + length : i + length + 1] == said[j + length : j + length + 1]
            ):
                length += 1
            run = unit.words[i : i + length]
            telling = sum(w.text not in functions and unit.text[w.start].islower() for w in run)
            most = length >= _MOST * len(said) or length > 2 * _RUN
            if telling >= 2 and most and (best is None or length > best[0]):
                best = (length, unit.words[i].start, unit.words[i + length - 1].end, passage)
    return (best[1], best[2], best[3]) if best else None
