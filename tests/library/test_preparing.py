"""An article is made ready in one process and stored in another."""

import pickle
from collections.abc import Callable
from dataclasses import replace

import pytest

from reader.library import Library
from reader.library.preparing import prepared
from reader.model import Article, Block, Link

Make = Callable[..., Article]


@pytest.mark.parametrize("indexed", [True, False])
def test_what_was_made_ready_is_stored_as_the_article_itself(
    library: Library, make: Make, *, indexed: bool
) -> None:
    text = "Der Hafen war zu.\n\nSchiffe warteten."
    article = make(
        1, text=text, language="de", leftovers=("Menu",), author="Ann Lee",
        blocks=(Block(0, 17, "paragraph"), Block(19, 36, "quote")),
        links=(Link(4, 9, "https://example.org/port"),),
    )  # fmt: skip
    ready = pickle.loads(pickle.dumps(prepared(article, indexed=indexed)))
    assert ready == prepared(article, indexed=indexed)
    assert library.add([ready]).added == (article.id,)
    assert library.article(article.id) == article
    assert library.add([article, prepared(article)]).unchanged == (article.id, article.id)
    changed = replace(article, text=text.replace("Hafen", "Bahnhof"))
    assert library.add([prepared(changed, indexed=indexed)]).changed == (article.id,)
    assert library.check(thorough=True) == []


def test_what_cannot_be_stored_as_text_is_replaced(make: Make) -> None:
    ready = prepared(make(1, title="a\ud800b\0c"))
    assert ready.article.title == "a?b\ufffdc"
    assert prepared(ready) is ready
