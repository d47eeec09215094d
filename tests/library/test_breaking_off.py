"""A question that nobody waits for any more does not go on."""

from collections.abc import Callable

import pytest

from reader.errors import LibraryError
from reader.library import Library, parse_query
from reader.library.breaking_off import while_wanted
from reader.model import Article

Make = Callable[..., Article]


def test_a_search_that_is_no_longer_wanted_is_broken_off_and_the_next_one_is_answered(
    library: Library, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.breaking_off._STEPS", 10)
    library.add(make(n) for n in range(200))
    query = parse_query("harbour -ships OR title:report")
    asked: list[bool] = []

    def unwanted() -> bool:
        asked.append(len(asked) >= 3)
        return asked[-1]

    with while_wanted(unwanted), pytest.raises(LibraryError, match="broken off"):
        library.count(query)
    looks = len(asked)
    assert asked[:4] == [False, False, False, True]
    assert library.count(query) == 200
    assert len(asked) == looks
