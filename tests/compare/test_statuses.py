"""Outcomes that exclude each other are found, compatible ones are not."""

from collections.abc import Callable

import pytest

from reader.compare import compare
from reader.model import Article, Difference

Make = Callable[..., Article]


def at_odds(report: Make, one: str, other: str, language: str = "en") -> list[Difference]:
    more = {
        "en": ("The bakery in Liberty Street in Millport exploded on Thursday morning.",),
        "de": ("Die Bäckerei in der Hafenstraße in Wismar explodierte am Donnerstag.",),
    }[language]
    comparison = compare(
        [
            report(*more, one, source="Post", language=language),
            report(*more, other, source="Voice", language=language),
        ]
    )
    return [d for d in comparison.differences if d.kind in {"status", "cause"}]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        (
            "The building had passed its inspection.",
            "The building had not passed its inspection.",
            "en",
        ),
        ("A woman of 71 is in a critical condition.", "A woman of 71 died in hospital.", "en"),
        ("Police blame the explosion on a gas leak.", "Police call the explosion an attack.", "en"),
        ("The council approved the new tunnel.", "The council rejected the new tunnel.", "en"),
        ("The bridge at Orm is open to traffic.", "The bridge at Orm is closed to traffic.", "en"),
        (
            "Das Gebäude hatte die Prüfung bestanden.",
            "Das Gebäude hatte die Prüfung nicht bestanden.",
            "de",
        ),
        (
            "Die Polizei geht von einem technischen Defekt aus.",
            "Die Polizei geht von Brandstiftung aus.",
            "de",
        ),
    ],
)
def test_what_one_report_excludes_is_at_odds(
    report: Make, one: str, other: str, language: str
) -> None:
    found = at_odds(report, one, other, language)
    assert [d.class_ for d in found] == ["at-odds"]
    assert len({v.article for v in found[0].variants}) == 2


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("The building had passed its inspection.", "The building passed the inspection.", "en"),
        ("The old bridge was closed.", "The new tunnel was opened by the mayor.", "en"),
        ("The home team won the cup final.", "The mayor lost his keys at the fair.", "en"),
        ("Nobody was injured in the fire.", "No one was hurt in the fire.", "en"),
        ("Das Gebäude hatte die Prüfung bestanden.", "Die Prüfung wurde bestanden.", "de"),
        ("Die Brücke ist gesperrt.", "Der Markt ist am Samstag geöffnet.", "de"),
    ],
)
def test_what_goes_together_is_not(report: Make, one: str, other: str, language: str) -> None:
    assert at_odds(report, one, other, language) == []
