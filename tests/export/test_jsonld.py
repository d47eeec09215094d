"""Notes, highlights and tags as JSON-LD, and back."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from reader.errors import InputError
from reader.export.jsonld import Own, Read, jsonld, read_jsonld
from reader.model import Annotation, Article, Selector, article_id

NOW = datetime(2024, 3, 5, 8, 30, tzinfo=UTC)
ARTICLE = Article(
    article_id("url:https://example.org/x"), "url:https://example.org/x", "Herald", "Rain",
    "It rained. It snowed.", NOW, url="https://example.org/x",
)  # fmt: skip
NOTE = Annotation(
    7, ARTICLE.id, "note", NOW, NOW, "Who *says* so?\n\nNobody \u2028\x9b.",
    Selector(3, 9, "rained", "It ", ". It"), revision=2,
)  # fmt: skip
HIGHLIGHT = Annotation(8, ARTICLE.id, "highlight", NOW, NOW, "", Selector(0, 2, "It", "", " r"))


def test_what_was_written_is_read_back() -> None:
    text = jsonld([Own(ARTICLE, ("später", "a/b"), (NOTE, HIGHLIGHT))])
    read = list(read_jsonld(text, "notes.jsonld"))
    cleaned = replace(NOTE, body="Who *says* so?\n\nNobody \n.")
    assert read == [
        Read(ARTICLE.id, cleaned), Read(ARTICLE.id, HIGHLIGHT),
        Read(ARTICLE.id, tag="später"), Read(ARTICLE.id, tag="a/b"),
    ]  # fmt: skip


def test_the_document_is_a_page_of_web_annotations() -> None:
    page = json.loads(jsonld([Own(ARTICLE, (), (NOTE,))]))
    (item,) = page["items"]
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert item["type"] == "Annotation"
    assert item["motivation"] == "commenting"
    assert item["target"]["source"] == "https://example.org/x"
    kinds = [selector["type"] for selector in item["target"]["selector"]]
    assert kinds == ["TextPositionSelector", "TextQuoteSelector"]


def test_the_text_of_the_document_has_no_control_characters() -> None:
    text = jsonld([Own(ARTICLE, ("\x9b2J",), (NOTE,))])
    assert not [c for c in text if c != "\n" and not c.isprintable()]


def test_an_annotation_of_another_program_is_known_by_its_address() -> None:
    foreign = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://notes.example/1",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "Hm", "purpose": "commenting"},
        "target": {
            "source": "https://example.org/x",
            "selector": {"type": "TextQuoteSelector", "exact": "rained"},
        },
    }
    (first,) = read_jsonld(json.dumps(foreign), "x")
    (again,) = read_jsonld(json.dumps([foreign]), "x")
    assert first == again
    assert first.article == ARTICLE.id
    assert first.annotation.kind == "note"
    assert first.annotation.selector.exact == "rained"
    assert first.annotation.id > 0


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (5, "not an object"),
        ({"target": 5}, "no target"),
        ({"target": {}}, "which article"),
        ({"target": "https://e.org", "motivation": "tagging", "body": " \x1b "}, "no name"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_is_read(item: object, said: str) -> None:
    good = {"target": "https://example.org/x", "body": "Hm"}
    error, read = read_jsonld(json.dumps([item, good]), "notes.jsonld")
    assert isinstance(error, InputError)
    assert error.where == "notes.jsonld, annotation 1"
    assert said in error.reason
    assert read.annotation.body == "Hm"


@pytest.mark.parametrize("text", ["", "{}", "nonsense", "7", "[" * 100_000])
def test_a_document_without_annotations_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"notes\.jsonld"):
        list(read_jsonld(text, "notes.jsonld"))


@pytest.mark.parametrize("odd", [None, 5, [], {}, "x", -1, True, 1e9, "2024-13-45"])
def test_odd_values_in_odd_places_end_nothing(odd: object) -> None:
    quote = {"type": "TextQuoteSelector", "exact": "x"}
    base: dict[str, Any] = {"target": {"source": "https://e.org", "selector": quote}}
    selector = base["target"]["selector"]
    places = [(base, key) for key in ("created", "body", "motivation", "id")]
    places += [(base["target"], key) for key in ("reader:article", "reader:revision", "selector")]
    places += [(selector, key) for key in ("prefix", "exact")]
    for where, key in places:
        kept = where.get(key)
        where[key] = odd
        for read in read_jsonld(json.dumps([base]), "x"):
            assert isinstance(read, Read | InputError)
        where[key] = kept
