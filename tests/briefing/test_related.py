"""The reports most like an article are found among all that are stored."""

from datetime import UTC, datetime, timedelta

from reader.briefing import related
from reader.library import Library
from reader.model import Article, Block, article_id

NOW = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)
BRIDGE = (
    "Engineers found a crack in the second pier of the old Lorn bridge and closed it to lorries."
)
BRIDGE_TOO = "The Lorn bridge is closed to lorries after a crack was seen in its pier by engineers."
CHOIR = "The choir of Saint Ada won the regional prize with a song about the winter sea."
VINES = "Night frost damaged the vines on the southern slopes, growers reported at the market."


def report(source: str, text: str) -> Article:
    identity = f"title:{source}\t{text[:20]}"
    return Article(
        id=article_id(identity), identity=identity, source=source, title=text[:40], text=text,
        language="en", published=NOW - timedelta(hours=len(source)), added=NOW,
        blocks=(Block(0, len(text)),),
    )  # fmt: skip


def test_the_other_report_of_the_same_event_comes_after_the_article_itself(
    library: Library,
) -> None:
    first, second = report("The Post", BRIDGE), report("The Echo", BRIDGE_TOO)
    library.add([first, report("The Crier", CHOIR), report("The Gazette", VINES), second])
    assert related(library, first.id)[:2] == [first.id, second.id]
    assert related(library, second.id)[:2] == [second.id, first.id]
    assert len(related(library, first.id, limit=1)) <= 1


def test_an_article_that_is_like_no_other_stands_alone(library: Library) -> None:
    alone = report("The Crier", CHOIR)
    library.add([alone, report("The Post", BRIDGE), report("The Gazette", VINES)])
    assert related(library, alone.id) == [alone.id]
