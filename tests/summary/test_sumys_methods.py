"""sumy's methods, made quick: they choose the sentences that sumy's own choose."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.model import Article
from reader.summary.material import STOP, prepare

Maker = Callable[..., Article]
SAME = ("lexrank", "textrank", "reduction", "luhn", "kl", "sumbasic")


def _sumys_own(method: str) -> type:
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.sum_basic import SumBasicSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    return {
        "kl": KLSummarizer,
        "lexrank": LexRankSummarizer,
        "lsa": LsaSummarizer,
        "luhn": LuhnSummarizer,
        "reduction": ReductionSummarizer,
        "sumbasic": SumBasicSummarizer,
        "textrank": TextRankSummarizer,
    }[method]


def _chosen(method: str, articles: list[Article], count: int) -> tuple[list[str], list[str]]:
    from reader.summary.classic import summarizer
    from reader.summary.document import Document

    document = Document(prepare(articles))
    theirs = _sumys_own(method)()
    theirs.stop_words = frozenset([STOP])
    ours = summarizer(method, document)
    return [str(s) for s in ours(document, count)], [str(s) for s in theirs(document, count)]


@pytest.mark.parametrize("method", SAME)
@pytest.mark.parametrize("count", [1, 4, 12])
def test_the_quick_methods_choose_what_sumys_own_choose(
    method: str, count: int, story: list[Article]
) -> None:
    ours, theirs = _chosen(method, story, count)
    assert ours == theirs


def test_lsa_without_a_decomposition_rates_as_with_one(story: list[Article]) -> None:
    from sumy.summarizers.lsa import LsaSummarizer

    from reader.summary.classic import summarizer
    from reader.summary.document import Document

    document = Document(prepare(story))
    rated: list[dict[int, float]] = []

    def keep(infos: list[Any]) -> list[Any]:
        rated.append({info.order: float(info.rating) for info in infos})
        return infos

    theirs = LsaSummarizer()
    theirs.stop_words = frozenset([STOP])
    theirs(document, keep)
    summarizer("lsa", document)(document, keep)
    assert rated[0] == pytest.approx(rated[1])


@pytest.mark.parametrize("method", ["lexrank", "textrank", "reduction", "luhn"])
def test_they_do_so_on_scraped_articles(method: str, shared: Path, make: Maker) -> None:
    lines = (shared / "summaries" / "single.jsonl").read_text(encoding="utf-8").splitlines()
    different = 0
    for line in lines[:40]:
        ours, theirs = _chosen(method, [make(json.loads(line)["text"])], 3)
        different += ours != theirs
    assert different == 0


@pytest.mark.parametrize("method", ["lexrank", "textrank"])
def test_they_do_so_on_several_reports_together(method: str, shared: Path, make: Maker) -> None:
    lines = (shared / "summaries" / "several.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[:25]:
        docs = json.loads(line)["docs"]
        articles = [make(doc["text"], source=str(n)) for n, doc in enumerate(docs)]
        ours, theirs = _chosen(method, articles, 4)
        assert ours == theirs


def test_the_tokenizer_is_enough_for_sumys_own_parser_and_methods(story: list[Article]) -> None:
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer

    from reader.summary.document import Tokenizer

    parser = PlaintextParser.from_string(story[0].text, Tokenizer("en"))
    assert len(parser.document.sentences) == 13
    assert len(LexRankSummarizer()(parser.document, 3)) == 3


def test_own_methods_are_summarizers_as_sumys_are(story: list[Article]) -> None:
    from sumy.summarizers._summarizer import AbstractSummarizer

    from reader.summary.blend import News, Story
    from reader.summary.document import Document

    document = Document(prepare(story))
    for kind in (News, Story):
        summarizer = kind()
        assert isinstance(summarizer, AbstractSummarizer)
        assert len(summarizer(document, 4)) == 4
        assert len(summarizer(document, "20%")) == 6


def test_edmundson_listens_to_the_title_and_to_cue_words(make: Maker) -> None:
    from reader.summary import summarize

    middle = "The council spoke of trees in the park near the old mill."
    text = (
        "Snow fell on the hills in the night. "
        f"{middle} A dog barked at a passing cart. Nobody was on the road at noon."
    )
    plain = summarize([make(text)], method="edmundson", sentences=2)
    titled = summarize([make(text, title="Council, park, mill")], method="edmundson", sentences=2)
    assert middle not in [s.text for s in plain.sentences]
    assert middle in [s.text for s in titled.sentences]
    cued = text.replace("A dog barked", "Officials confirmed that a dog barked")
    assert any(
        "Officials confirmed" in s.text
        for s in summarize([make(cued)], method="edmundson", sentences=2).sentences
    )


def test_chance_is_the_same_for_the_same_text_and_another_for_another(make: Maker) -> None:
    from reader.summary import summarize

    text = " ".join(f"The ship number {n} left the harbour." for n in range(12))
    other = text.replace("harbour", "haven")

    def rows(given: str) -> list[int]:
        summary = summarize([make(given)], method="random", sentences=4)
        return [s.index for s in summary.sentences]

    assert rows(text) == rows(text)
    assert rows(text) != rows(other)
