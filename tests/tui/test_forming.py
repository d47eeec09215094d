"""Stories are formed at start, a while at a time, so that other work has its turn."""

from typing import Any

import pytest

from reader.library import Library
from reader.tui import jobs


class Here(jobs.Jobs):
    """Does the work at once, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def run(self, cancelled: Any, work: Any, *args: Any, **kwargs: Any) -> Any:
        del cancelled
        self.asked += 1
        return work(*args, **kwargs)


def test_what_awaits_its_place_gets_one_in_several_turns(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "FORMING", -1.0)  # over at once
    monkeypatch.setattr("reader.library.stories.AT_ONCE", 3)
    here = Here()
    assert library.stories.waiting()
    jobs.form_all(here, lambda: False, library)
    assert not library.stories.waiting()
    assert here.asked == 3  # seven articles, three at a time
    assert library.stories.count() > 0
    jobs.form_all(here, lambda: False, library)
    assert here.asked == 3


def test_a_turn_that_comes_to_nothing_is_the_last(library: Library) -> None:
    class Nothing(Here):
        def run(self, *args: Any, **kwargs: Any) -> Any:
            del args, kwargs
            self.asked += 1

    nothing = Nothing()
    jobs.form_all(nothing, lambda: False, library)
    assert nothing.asked == 1
