"""All differences of a story, each found by the module of its matter, and what is quoted in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from reader.compare.attribution import speakers
from reader.compare.casualties import casualty_differences
from reader.compare.epithets import epithet_differences, epithets
from reader.compare.found import Story
from reader.compare.labels import label_differences, labels
from reader.compare.lists import list_differences, name_lists
from reader.compare.material import content_terms
from reader.compare.number_differences import age_differences, numbers
from reader.compare.number_slots import slot_differences
from reader.compare.offices import office_differences, titles
from reader.compare.quotes import passages
from reader.compare.rewordings import rewordings
from reader.compare.slots import apart_from
from reader.compare.speaker_differences import attribution_differences
from reader.compare.spellings import name_differences
from reader.compare.statuses import status_differences
from reader.compare.time_differences import Mention, time_differences
from reader.compare.time_slots import time_slot_differences
from reader.compare.wordings import grouped, quote_differences, quote_list, statements
from reader.model import ArticleId, Difference, Quote
from reader.text.words import words

_MOST_PLACES = 2
"""So many places at most are shown in which two sentences word a quotation differently."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Where the reports differ, alarms and others, and what they quote; in no particular order."""

    differences: tuple[Difference, ...]
    quotes: tuple[Quote, ...]


def findings(story: Story, times: list[Mention]) -> Findings:
    """Return the differences and the quotations of a story; `times` are its mentions of times."""
    said = speakers(story, passages(story))
    told = statements(story, said)
    groups, pairs = grouped(told)
    called = epithets(story, said)
    names = [name for unit in story.compared() for name in story.names[unit.row]]
    if all(report.twin for report in story.material.reports[1:]):
        return Findings((), tuple(quote_list(story, told, groups)))  # one text differs from none
    tolls = casualty_differences(story, times)
    counted = numbers(story, times)
    dated = time_differences(story, times)
    differences = (
        *dated,
        *apart_from(time_slot_differences(story, times), dated),
        *tolls,
        *apart_from(slot_differences(story, counted), tolls),
        *age_differences(story),
        *status_differences(story),
        *name_differences(story),
        *office_differences(story, titles(story, names)),
        *list_differences(story, name_lists(story, names)),
        *label_differences(story, labels(story, names)),
        *_worth_it(story, rewordings(story, said, quote_differences(story, told, pairs))),
        *epithet_differences(story, called, said),
        *attribution_differences(story, told, groups, called),
    )
    return Findings(differences, tuple(quote_list(story, told, groups)))


def _worth_it(story: Story, found: Iterable[Difference]) -> list[Difference]:
    """Return at most two differences in wording for each two quoted sentences.

    Of a long quotation that is worded otherwise in many places only those are shown where most is
    different.
    """
    languages = {report.article.id: report.language for report in story.material.reports}

    def terms(difference: Difference) -> list[set[str]]:
        return [
            set(content_terms(words(v.value, languages[v.article]), languages[v.article]))
            for v in difference.variants
        ]

    def apart(difference: Difference) -> int:
        own = terms(difference)
        return len(set().union(*own)) - len(set.intersection(*own)) if own else 0

    kept: list[Difference] = []
    taken: list[set[tuple[ArticleId, int]]] = []
    for difference in sorted(found, key=lambda d: (not d.alarm, -apart(d))):
        places = {(v.article, v.sentence) for v in difference.variants}
        again = sum(len(places & other) > 1 for other in taken) >= _MOST_PLACES
        if difference.kind != "quote" or not again:
            kept.append(difference)
            taken.append(places if difference.kind == "quote" else set())
    return kept
