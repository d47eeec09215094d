"""Where reports give different times for one event, and where one report contradicts itself.

Two mentions are set against each other only where their intervals cannot be the same, their
clauses speak of one event, and neither report also gives the other's time for it: then it speaks of
two events. What is merely coarser ("in August" and "on 15 August") is no difference.
"""

from dataclasses import dataclass
from datetime import UTC
from itertools import combinations

from reader.compare.contexts import Concepts, clauses_of, function_words
from reader.compare.found import Story, groups_of, question
from reader.compare.material import Unit
from reader.compare.moments import Moment, apart, gap_days, gap_minutes
from reader.compare.tables import members
from reader.compare.times import moments
from reader.model import Difference
from reader.text.words import Word

SAME_EVENT = {"day": 0.6, "date": 0.4, "clock": 0.3, "long": 0.4}
"""From this likeness of their clauses on two mentions speak of one event.

"Tuesday" and "today" are told of everything that happens in a story, so there it takes more than
for a date; two times of one day, minutes apart, are rarely given for two events in the same words.
"""
COMPATIBLE = 0.34
"""From this likeness on a mention counts as giving a time for the same event."""
_SHARED = {"day": 3, "date": 2, "clock": 2, "long": 2}
_MOST_DAYS = {"day": 10, "month": 366, "year": 1500}
"""Times further apart than this are rather two events than one that is told differently."""
_MOST_MINUTES = 180
_PART_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """A time in a sentence, with the concepts of its clause."""

    unit: Unit
    moment: Moment
    context: Concepts
    key: str | None = None
    """The concept nearest to it that tells what happened."""


def mentions(story: Story) -> list[Mention]:
    """Return the times that the compared sentences mention, in their order."""
    found = []
    for unit in story.compared():
        published = story.material.reports[unit.report].article.published
        when = published.astimezone(UTC).date() if published else None
        for moment in moments(unit.text, story.language(unit), when):
            context = story.contexts.around(unit, moment.start, moment.end)
            key = story.contexts.nearest(unit, moment.start, moment.end)
            found.append(Mention(unit, moment, context, key))
    return found


def time_differences(story: Story, found: list[Mention]) -> list[Difference]:
    """Return the times that cannot both be right; `found` are the mentions of the story."""
    usable = [m for m in found if not of_saying(story, m)]
    first: dict[object, Mention] = {}
    for mention in usable:  # what is said again in the same words is told once
        key = (mention.unit.report, mention.moment.normalized, mention.context)
        first.setdefault(key, mention)
    usable = list(first.values())
    pairs = []
    for i, a in enumerate(usable):
        for j in range(i + 1, len(usable)):
            b = usable[j]
            if _at_odds(a, b) and _one_event(story, a, b) and not _reconciled(story, usable, a, b):
                pairs.append((i, j))
    inside = sorted({number for pair in pairs for number in pair})
    agreeing = [(i, j) for i, j in combinations(inside, 2) if _agree(story, usable[i], usable[j])]
    groups = groups_of([*pairs, *agreeing])
    return [_difference(story, [usable[k] for k in group]) for group in groups]


def _agree(story: Story, a: Mention, b: Mention) -> bool:
    """Return whether two mentions give one event the same time."""
    one, other = a.moment, b.moment
    if apart(one, other) or one.grain != other.grain or bool(one.clock) != bool(other.clock):
        return False
    return story.contexts.likeness(a.context, b.context) >= COMPATIBLE


def of_saying(story: Story, mention: Mention) -> bool:
    """Return whether it is the time of a statement ("police said on Tuesday"), not of an event.

    Nothing but names and what a statement is made in may lie between it and the verb: in "police
    said the attack on Tuesday" it is the attack that was on Tuesday.
    """
    unit, moment = mention.unit, mention.moment
    language = story.language(unit)
    clauses = clauses_of(unit.text, language)
    first = max(a for a, _ in clauses if a <= moment.start)
    last = min(b for _, b in clauses if b > moment.start)
    inside = [w for w in unit.words if first <= w.start < last]
    before = [w for w in inside if w.end <= moment.start]
    after = [w for w in inside if w.start >= moment.end]
    return _says(unit, before[::-1], language) or _says(unit, after, language)


def _says(unit: Unit, words: list[Word], language: str | None) -> bool:
    """Return whether a verb of saying is reached over words that tell of no event."""
    verbs = members(language, "speech", "verbs") | members(language, "speech", "statements")
    light = function_words(language) | members(language, "speech", "occasions")
    light |= members(language, "speech", "generic") | members(language, "speech", "bodies")
    for word in words:
        if word.text in verbs:
            return True
        if word.text not in light and not unit.text[word.start].isupper():
            return False
    return False


def _at_odds(a: Mention, b: Mention) -> bool:
    """Return whether two times contradict each other as two tellings of one event would."""
    if a.unit.report == b.unit.report and not _within_one(a, b):
        return False
    if not a.context & b.context or _words(a) == _words(b):
        return False
    one, other = a.moment, b.moment
    if not apart(one, other):
        return False
    if minutes := gap_minutes(one, other):
        limit = _MOST_MINUTES if one.precise and other.precise else 4 * _MOST_MINUTES
        least = 1 if one.precise and other.precise else _PART_MINUTES
        if least <= minutes <= limit and gap_days(one, other) == 0:
            return True
    return _days_at_odds(one, other)


def _words(mention: Mention) -> list[str]:
    return mention.unit.text[mention.moment.start : mention.moment.end].casefold().split()


def _within_one(a: Mention, b: Mention) -> bool:
    """Return whether a report may contradict itself here: a counted time against a named one."""
    return a.unit.row != b.unit.row and a.moment.ago != b.moment.ago


def _days_at_odds(a: Moment, b: Moment) -> bool:
    days = gap_days(a, b)
    grains = {a.grain, b.grain}
    if a.weekday is not None and b.weekday is not None:
        return a.weekday != b.weekday
    if None in grains or "week" in grains or not days:
        return False
    if grains == {"day"}:
        return days <= _MOST_DAYS["day"]
    if "day" in grains:
        return False
    return days <= _MOST_DAYS["year" if "year" in grains else "month"]


def _one_event(story: Story, a: Mention, b: Mention) -> bool:
    days = gap_days(a.moment, b.moment) > 0
    kind = "long"
    if "day" in (a.moment.grain, b.moment.grain):
        kind = "date" if a.moment.named and b.moment.named else "day"
    if not days and a.moment.precise and b.moment.precise:
        kind = "clock"
    shared = a.context & b.context
    if a.key not in b.context and b.key not in a.context:
        return False  # of one actor, but not of one event
    enough = len(shared) >= _SHARED[kind]
    return enough and story.contexts.likeness(a.context, b.context) >= SAME_EVENT[kind]


def _reconciled(story: Story, all_mentions: list[Mention], a: Mention, b: Mention) -> bool:
    """Return whether one of the two reports also gives the other's time for what is described."""
    if a.unit.report == b.unit.report:
        return False
    return any(_also_gives(story, all_mentions, one, other) for one, other in ((a, b), (b, a)))


def _also_gives(story: Story, all_mentions: list[Mention], one: Mention, other: Mention) -> bool:
    for third in all_mentions:
        if (
            third.unit.report != one.unit.report
            or third is one
            or apart(third.moment, other.moment)
        ):
            continue
        if third.moment.ago != one.moment.ago and third.moment.grain != "day":
            continue  # the report contradicts itself, which is shown
        if third.unit.row == one.unit.row and third.moment.grain == other.moment.grain:
            return True  # "ill in 2020 and again in June 2021": either may be meant
        both_clocks = third.moment.clock and other.moment.clock
        same_kind = third.moment.grain == other.moment.grain or both_clocks
        if same_kind and story.contexts.likeness(third.context, other.context) >= COMPATIBLE:
            return True
    return False


def _difference(story: Story, group: list[Mention]) -> Difference:
    variants, seen = [], set()
    for mention in group:
        moment = mention.moment
        text = mention.unit.text[moment.start : moment.end]
        key = (mention.unit.report, moment.normalized, text.casefold())
        if key not in seen:
            seen.add(key)
            variants.append(
                story.variant(mention.unit, moment.start, moment.end, moment.normalized)
            )
    first, second = group[0], group[-1]
    topic = question(story, ((m.unit, m.moment.start, m.moment.end) for m in group))
    likeness = story.contexts.likeness(first.context, second.context)
    confidence = round(min(0.95, 0.45 + 0.5 * likeness), 2)
    units = [mention.unit for mention in group]
    return Difference(
        "time", True, f"when: {topic}", story.claim(units), confidence, tuple(variants)
    )
