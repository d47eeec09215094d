"""What someone calls something ("calling it a bold plan"), as outlets carry it in other words.

Statements are often carried in a word or two, translated anew by each outlet: then the words differ
though the statement is one. Two such epithets are set against each other only where they are
different words of one judgement, and nothing speaks against one speaker.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reader.compare.attribution import Speaker, same_speaker, speaker_before
from reader.compare.contexts import function_words
from reader.compare.found import Story, groups_of
from reader.compare.material import Unit
from reader.compare.quotes import Passage
from reader.compare.synonyms import judgements
from reader.compare.tables import listed, members
from reader.model import Difference
from reader.text.words import Word, stem

_LONGEST = 4
"""How many words an epithet may have."""
_FAR = 70
"""How many characters may stand between the verb and the epithet."""
_STOP = re.compile(r"[.;:!?()\n]|,\s")


@dataclass(frozen=True, slots=True)
class Epithet:
    """A short phrase that someone uses of something; its place is in code points of the text."""

    unit: Unit
    start: int
    end: int
    stems: tuple[str, ...]
    """Of its content words."""
    judgements: frozenset[str]
    """The classes of judgement that its words belong to."""
    speaker: Speaker | None
    marked: bool
    """Whether it stands within quotation marks."""

    @property
    def text(self) -> str:
        """Return the phrase as written."""
        return self.unit.text[self.start : self.end]


def epithets(story: Story, said: dict[Passage, Speaker | None]) -> list[Epithet]:
    """Return what is called so in the sentences, within quotation marks or not."""
    by_row: dict[int, list[Passage]] = {}
    for passage in said:
        by_row.setdefault(passage.unit.row, []).append(passage)
    found = []
    for unit in story.compared():
        language = story.language(unit)
        for match in _calls(language).finditer(unit.text):
            place = _complement(unit, match.end(), by_row.get(unit.row, ()), language)
            if place is not None:
                start, end, marked = place
                speaker = speaker_before(story, unit, match.start())
                epithet = _epithet(story, unit, start, end, speaker, marked=marked)
                found += [epithet] if epithet else []
    return found


def _epithet(
    story: Story, unit: Unit, start: int, end: int, speaker: Speaker | None, *, marked: bool
) -> Epithet | None:
    language = story.language(unit)
    functions, classes = function_words(language), judgements(language)
    words = [w.text for w in unit.words if start <= w.start < end and w.text not in functions]
    stems = tuple(stem(word, language) for word in words)
    judged = frozenset(classes[s] for s in stems if s in classes)
    return Epithet(unit, start, end, stems, judged, speaker, marked) if stems else None


@cache
def _calls(language: str | None) -> re.Pattern[str]:
    words = "|".join(map(re.escape, listed(language, "speech", "calls"))) or "(?!)"
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _complement(
    unit: Unit, start: int, passages: Iterable[Passage], language: str | None
) -> tuple[int, int, bool] | None:
    """Return where the epithet after a verb stands, and whether it is within marks."""
    stop = _STOP.search(unit.text, start)
    until = min(stop.start() if stop else len(unit.text), start + _FAR)
    for passage in passages:
        if start <= passage.start <= until and not passage.verbatim:
            short = len(passage.text.split()) <= _LONGEST
            return (passage.start, passage.end, True) if short else None
    words = [w for w in unit.words if start <= w.start < until]
    first = _opening(words, language)
    if first is None:  # "called the decision historic"
        classes = judgements(language)
        judged = next((w for w in words[:_LONGEST] if stem(w.text, language) in classes), None)
        first = words.index(judged) if judged else len(words)
    last, functions = first, function_words(language)
    while last < len(words) and last - first < _LONGEST and words[last].text not in functions:
        last += 1
    return (words[first].start, words[last - 1].end, False) if first < last else None


def _opening(words: list[Word], language: str | None) -> int | None:
    """Return where the epithet begins: after "it", or after "as", articles left out."""
    markers = members(language, "speech", "as")
    if words and words[0].text in members(language, "speech", "pronouns"):
        first = 1
    else:
        articles = members(language, "speech", "articles")
        openers = markers - articles
        first = next((i + 1 for i, w in enumerate(words[:8]) if w.text in openers), 0)
    while 0 < first < len(words) and words[first].text in markers:
        first += 1
    return first or None


def epithet_differences(
    story: Story, found: list[Epithet], said: dict[Passage, Speaker | None]
) -> list[Difference]:
    """Return the statements that are carried in different words of one judgement."""
    judged = [epithet for epithet in found if epithet.judgements]
    told = [*judged, *_within_quotations(story, judged, said)]
    pairs = [
        (i, j)
        for i, a in enumerate(judged)
        for j in range(i + 1, len(told))
        if a.unit.report != told[j].unit.report
        and _one_judgement(story, a, told[j], within=j >= len(judged))
    ]
    groups = [[told[k] for k in group] for group in groups_of(pairs)]
    return [_difference(story, group) for group in groups if _in_other_words(group)]


def _in_other_words(group: list[Epithet]) -> bool:
    """Return whether two reports judge in words of which none is the same."""
    return any(
        a.unit.report != b.unit.report and not set(a.stems) & set(b.stems)
        for a in group
        for b in group
    )


def _difference(story: Story, group: list[Epithet]) -> Difference:
    variants, seen = [], set()
    for epithet in group:
        if (epithet.unit.report, epithet.stems) not in seen:
            seen.add((epithet.unit.report, epithet.stems))
            said = epithet.text.lower()
            variants.append(story.variant(epithet.unit, epithet.start, epithet.end, said))
    speaker = next((e.speaker for e in group if e.speaker), None)
    topic = f"statement: {speaker.text}" if speaker else "statement"
    claim = story.claim(e.unit for e in group)
    return Difference("quote", False, topic, claim, 0.6, tuple(variants))


def _within_quotations(
    story: Story, found: list[Epithet], said: dict[Passage, Speaker | None]
) -> list[Epithet]:
    """Return the places in longer quotations that use a word of an epithet's judgement."""
    wanted = frozenset().union(*(e.judgements for e in found))
    result = []
    for passage, speaker in said.items():
        language = story.language(passage.unit)
        classes, functions = judgements(language), function_words(language)
        inside = [w for w in passage.unit.words if passage.start <= w.start < passage.end]
        if len(inside) <= _LONGEST:
            continue
        for word, following in zip(inside, [*inside[1:], None], strict=True):
            if classes.get(stem(word.text, language)) in wanted:
                noun = following if following and following.text not in functions else word
                epithet = _epithet(story, passage.unit, word.start, noun.end, speaker, marked=True)
                result += [epithet] if epithet else []
    return result


def _one_judgement(story: Story, a: Epithet, b: Epithet, *, within: bool) -> bool:
    """Return whether two epithets may be one judgement; `within` a longer quotation."""
    if story.language(a.unit) != story.language(b.unit) or not a.judgements & b.judgements:
        return False
    if not same_speaker(a.speaker, b.speaker):
        return False
    if not within:
        return True
    if a.speaker is None or b.speaker is None:
        return False
    return len((a.speaker.words | a.speaker.tokens) & (b.speaker.words | b.speaker.tokens)) >= 2
