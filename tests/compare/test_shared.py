"""On stored stories: the yardsticks that the comparison is held to (skipped where they are not)."""

import importlib.util
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from reader.compare import compare
from reader.intake import ImportOptions, read_paths
from reader.model import Article, Comparison, Difference


@pytest.fixture(scope="session")
def five(shared: Path) -> Comparison:
    """Return the comparison of the five reports that the project began with."""
    paths = sorted(str(path) for path in (shared / "seeds").glob("*.txt"))
    options = ImportOptions(published=datetime(2025, 7, 4, tzinfo=UTC))
    articles = [a for a in read_paths(paths, options) if isinstance(a, Article)]
    assert len(articles) == 5
    return compare(articles)


def values(differences: Sequence[Difference], kind: str) -> list[set[str]]:
    """Return the values of each difference of a kind, in lower case."""
    return [{v.value.lower() for v in d.variants} for d in differences if d.kind == kind]


def test_the_times_of_one_return_to_power_contradict_each_other(five: Comparison) -> None:
    (found,) = values(five.differences, "time")
    assert found == {"last year", "nearly three years ago", "august 2021"}


def test_the_date_and_the_weekday_of_one_day_do_not(five: Comparison) -> None:
    shown = {v.value for d in five.differences for v in d.variants}
    assert not any("July 3" in value or "Thursday" in value for value in shown)


def test_two_spellings_and_three_offices_of_one_minister_are_shown(five: Comparison) -> None:
    assert {"muttaqi", "muttaki"} in values(five.differences, "name")
    (offices,) = values(five.differences, "office")
    assert len(offices) == 3


def test_two_wordings_and_two_speakers_of_one_statement_are_shown(five: Comparison) -> None:
    (wordings,) = values(five.differences, "quote")
    assert any("brave" in value for value in wordings)
    assert any("courageous" in value for value in wordings)
    topics = [d.topic for d in five.differences if d.kind == "attribution"]
    assert topics == ["who said: historic step"]


def test_the_longer_list_of_countries_is_shown(five: Comparison) -> None:
    (lists,) = values(five.differences, "list")
    assert sorted(value.count(",") for value in lists) == [0, 3]


@pytest.fixture(scope="session")
def yardstick(shared: Path) -> ModuleType:
    """Return the script that scores links and claims against those made by hand."""
    folder = shared / "evaluate"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("alignment", folder / "alignment.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module


@pytest.mark.parametrize("name", ["costa", "boat"])
def test_links_claims_and_listed_disagreements_reach_the_yardstick(
    shared: Path, yardstick: ModuleType, name: str
) -> None:
    story = json.loads((shared / "stories" / "alignment.json").read_text(encoding="utf-8"))[name]
    figures = yardstick.measure(f"{sys.executable} -m reader", story)
    assert figures["links"]["f1"] >= 0.7
    # a point holds what shares a fact, of which these stories list only the closest pairs
    assert figures["claims"]["precision"] >= 0.55
    told = [d for d in story["disagreements"] if d["type"] in {"quote_wording", "name_spelling"}]
    assert figures["found"] >= figures["listed_disagreements"] - len(told)  # these are no alarms
    assert figures["alarms"] <= figures["listed_disagreements"] + 2
