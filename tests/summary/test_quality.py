"""How good the summaries are on collections that are not part of the project."""

import json
from collections.abc import Callable
from pathlib import Path
from statistics import mean

import pytest

from reader.model import Article
from reader.summary import summarize

Maker = Callable[..., Article]

LEFT_OVERS = (
    "Skip to main content", "Home News Sport Weather", "Share this article",
    "Sign up for our newsletter and get the best stories of the day.",
    "We use cookies to improve your experience.", "Most read today", "Play video",
    "Students get half price on all tickets.",
)  # fmt: skip


def _rouge(pairs: list[tuple[str, str]]) -> tuple[float, float]:
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(("rouge1", "rouge2"), use_stemmer=True)
    scored = [scorer.score(reference, summary) for reference, summary in pairs]
    one, two = (mean(s[kind].fmeasure for s in scored) for kind in ("rouge1", "rouge2"))
    return 100 * one, 100 * two


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.slow
def test_news_beats_the_lead_also_on_pages_with_left_overs(shared: Path, make: Maker) -> None:
    lines = _lines(shared / "summaries" / "single.jsonl")
    before, after = "\n".join(LEFT_OVERS[:4]), "\n".join(LEFT_OVERS[4:])

    def told(text: object) -> str:
        return "\n".join(s.text for s in summarize([make(str(text))], sentences=3).sentences)

    plain = _rouge([(line["refs"][0], told(line["text"])) for line in lines])
    page = _rouge([(line["refs"][0], told(f"{before}\n{line['text']}\n{after}")) for line in lines])
    assert plain[0] >= 36.5
    assert plain[1] >= 15.0
    assert page[0] > plain[0] - 1.0


@pytest.mark.slow
def test_story_tells_more_than_the_leads_and_tells_it_once(shared: Path, make: Maker) -> None:
    lines = _lines(shared / "summaries" / "several.jsonl")
    pairs, redundancy = [], []
    for line in lines:
        articles = [make(d["text"], source=d["source"], title=d["title"]) for d in line["docs"]]
        summary = summarize(articles, words=100)
        words = " ".join(s.text for s in summary.sentences).split()
        pairs.append((line["refs"][0], " ".join(words[:100])))
        redundancy.append(summary.redundancy)
    one, two = _rouge(pairs)
    assert one >= 39.9
    assert two >= 14.0
    assert mean(redundancy) <= 0.23
