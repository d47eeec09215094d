"""Fit how likely two sentences share a fact, and say how well that does on stories left out.

    python scripts/fit_comparison.py STORIES.json [STORIES.json …] [--write] [--encoded]

STORIES.json holds stories labelled by hand: {name: {"docs": [{"doc", "outlet", "date", "title",
"units": [{"i", "kind", "text"}]}], "pairs": [{"a": [doc, unit], "b": [doc, unit], "level"}]}}. Of
each pair of sentences of different reports the labels say "same", "partial" or "weak"; any of them
is a fact in common. Two logistic regressions (Newton's method, ridge penalty) are fitted over the
features of `reader.compare.pairs`; the figures printed are those of each story with the weights
fitted on all the others. --write puts the weights fitted on all stories, with their provenance and
no text of any story, into data/compare/likeness.json; with --encoded the features of the sentence
encoder that is installed are fitted as well.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader import resources
from reader.compare.likeness import probability
from reader.compare.material import canonical, prepare
from reader.compare.pairs import ENCODED, FEATURES, pairs_of
from reader.model import Article, article_id
from reader.text.language import detect

Matrix = NDArray[Any]
COUNTED = frozenset(["sentence", "list_item", "caption"])
PENALTY = 3.0


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def article_of(doc: dict[str, Any]) -> Article:
    """Return a labelled report as an article."""
    text = "\n\n".join(unit["text"] for unit in doc["units"] if unit["kind"] != "title")
    when = (
        datetime.fromisoformat(str(doc["date"])[:10]).replace(tzinfo=UTC) if doc["date"] else None
    )
    identity = f"{doc['outlet']}\0{doc['title']}\0{doc['doc']}"
    return Article(
        article_id(identity),
        identity,
        doc["outlet"],
        doc["title"],
        text,
        when or datetime(2000, 1, 1, tzinfo=UTC),
        published=when,
        language=detect(text),
    )


def labelled(story: dict[str, Any], encoded: bool) -> tuple[Matrix, Matrix]:
    """Return the features of a story's pairs, and their labels: 2 same, 1 a common fact, 0 none."""
    articles = [article_of(doc) for doc in story["docs"]]
    order = canonical(articles)
    material = prepare([articles[number] for number in order])
    vectors = None
    if encoded:
        from reader.briefing.encoders import choice_of, load  # noqa: PLC0415 - an extra

        choice = choice_of("package")
        if choice is None:
            raise SystemExit("the sentence encoder is off")
        encoder = load(choice)
        texts = [unit.text for unit in material.units]
        vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    pairs = pairs_of(material, vectors)
    units: dict[int, list[tuple[Any, Any]]] = {}
    for report in material.reports:
        doc = story["docs"][order[report.number]]
        for unit in report.units:
            mine = letters(unit.text)
            units[unit.row] = [
                (doc["doc"], u["i"])
                for u in doc["units"]
                if u["kind"] in COUNTED
                and (letters(u["text"]) in mine or mine in letters(u["text"]))
            ]
    level = {
        frozenset([tuple(p["a"]), tuple(p["b"])]): 2 if p["level"] == "same" else 1
        for p in story["pairs"]
    }
    truth = [
        max(
            (level.get(frozenset([x, y]), 0) for x in units[int(a)] for y in units[int(b)]),
            default=0,
        )
        for a, b in zip(pairs.a, pairs.b, strict=True)
    ]
    return pairs.features, np.array(truth)


def fitted(features: Matrix, truth: Matrix, names: list[str]) -> dict[str, Any]:
    """Return the weights of a logistic regression: Newton's method on standardised features."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    rows = np.hstack([(features - mean) / spread, np.ones((len(features), 1))])
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], PENALTY)
    ridge[-1] = 0.0
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (truth - chance) - ridge * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    plain = weights[:-1] / spread
    return {
        "bias": round(float(weights[-1] - (plain * mean).sum()), 4),
        "weights": {n: round(float(w), 4) for n, w in zip(names, plain, strict=True)},
    }


def models(data: list[tuple[Matrix, Matrix]], names: list[str]) -> dict[str, Any]:
    """Return the weights for "same" (half-alike pairs are left out) and for "shared"."""
    features = np.concatenate([x for x, _ in data])
    truth = np.concatenate([y for _, y in data])
    clear = truth != 1
    return {
        "same": fitted(features[clear], truth[clear] == 2, names),
        "shared": fitted(features, truth > 0, names),
    }


def average_precision(chance: Matrix, truth: Matrix) -> float:
    """Return the mean precision at each right pair, the likeliest first."""
    order = np.argsort(-chance)
    hits = truth[order]
    return (
        float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()) if hits.any() else 1.0
    )


def main() -> None:
    """Fit, tell the left-out figures, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stories", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--encoded", action="store_true")
    options = parser.parse_args()
    stories: dict[str, Any] = {}
    for path in options.stories:
        stories |= json.loads(path.read_text(encoding="utf-8"))
    names = [*FEATURES, *(ENCODED if options.encoded else ())]
    data = {name: labelled(story, options.encoded) for name, story in stories.items()}
    total: dict[str, list[float]] = {"same": [], "shared": []}
    for name, (features, truth) in data.items():
        found = models([other for key, other in data.items() if key != name], names)
        for what, right in (("same", truth == 2), ("shared", truth > 0)):
            total[what].append(average_precision(probability(features, found[what], names), right))
    for what, figures in total.items():
        print(f"{what}: mean average precision of stories left out {np.mean(figures):.3f}")
    if options.write:
        file = resources.data("compare", "likeness.json")
        known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        known["encoded" if options.encoded else "plain"] = models(list(data.values()), names)
        pairs = sum(len(truth) for _, truth in data.values())
        known["provenance"] = (
            f"scripts/fit_comparison.py, {datetime.now(UTC).date()}: {len(stories)} stories "
            f"labelled by hand, {pairs} pairs of sentences"
        )
        file.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
