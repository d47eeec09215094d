"""Words that reports give to different speakers."""

from collections.abc import Iterable

from reader.compare.attribution import Speaker
from reader.compare.contexts import function_words
from reader.compare.epithets import Epithet
from reader.compare.found import Story
from reader.compare.names import folded
from reader.compare.tables import members
from reader.compare.wordings import Statement
from reader.model import Difference

_ALARM_WORDS = 5
"""So many words are not said by two persons by chance."""
_SHOWN = 60


def attribution_differences(
    story: Story, found: list[Statement], groups: list[list[int]], called: Iterable[Epithet]
) -> list[Difference]:
    """Return the words that reports give to different speakers, each told in its own sentence.

    An alarm only where two persons are named: a ministry may well say what its minister says.
    """
    by_words: dict[str, list[Speaker]] = {}
    for group in groups:
        members_ = [found[number] for number in group if not found[number].passage.verbatim]
        if members_:
            shortest = min(members_, key=lambda s: (len(s.words), s.words))
            words = " ".join(shortest.passage.text.lower().strip(" .").split())
            by_words.setdefault(words, []).extend(_named(story, (s.speaker for s in members_)))
    for epithet in called:
        if epithet.marked:
            words = " ".join(epithet.text.lower().strip(" .").split())
            by_words.setdefault(words, []).extend(_named(story, [epithet.speaker]))
    differences = []
    for words, named in sorted(by_words.items()):
        at_odds = _at_odds(story, named)
        if at_odds and _content(story, words, named[0]) >= 2:
            differences.append(_difference(story, words, at_odds))
    return differences


def _named(story: Story, speakers: Iterable[Speaker | None]) -> list[Speaker]:
    """Return the speakers that are named closely enough to be told from others."""
    return [
        speaker
        for speaker in speakers
        if speaker is not None
        and speaker.explicit
        and not speaker.tokens <= members(story.language(speaker.unit), "speech", "generic")
    ]


def _at_odds(story: Story, named: list[Speaker]) -> list[Speaker]:
    """Return one speaker of each report that names another than some other report, in order."""
    first: dict[int, Speaker] = {}
    for speaker in named:
        first.setdefault(speaker.unit.report, speaker)
    reports = sorted(first)
    found = {
        report
        for a in reports
        for b in reports
        if a < b and _others(first[a], first[b])
        for report in (a, b)
        if story.language(first[a].unit) == story.language(first[b].unit)
    }
    return [first[report] for report in sorted(found)]


def _others(a: Speaker, b: Speaker) -> bool:
    """Return whether two speakers are not the same: two persons, or a person and a body.

    Two persons must be named in full, and neither in the other's sentence: there it is uncertain
    which of the two speaks.
    """
    if (a.tokens | a.words) & (b.tokens | b.words):
        return False
    if not (a.person and b.person):
        return (a.person and b.body) or (a.body and b.person)
    full = len(a.tokens) > 1 and len(b.tokens) > 1
    return full and not (_mentioned(a, b) or _mentioned(b, a))


def _mentioned(a: Speaker, b: Speaker) -> bool:
    return bool(a.tokens & {folded(word.text) for word in b.unit.words})


def _content(story: Story, words: str, speaker: Speaker) -> int:
    functions = function_words(story.language(speaker.unit))
    return sum(word not in functions for word in words.split())


def _difference(story: Story, words: str, named: list[Speaker]) -> Difference:
    variants = tuple(
        story.variant(s.unit, s.start, s.end, " ".join(sorted(s.tokens))) for s in named
    )
    alarm = all(s.person for s in named) and len(words.split()) >= _ALARM_WORDS
    shown = words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"
    claim = story.claim(s.unit for s in named)
    return Difference("attribution", alarm, f"who said: {shown}", claim, 0.6, variants)
