"""How comparisons do on stories labelled whole by hand, each with weights fitted on the others.

The yardstick is a script that knows what an editor found (`comparison.py` in the folder of
yardsticks); the weights of the likeness are fitted by `scripts/fit_comparison.py` with the story
that is measured left out, so no figure is one of fitting.
"""

import importlib.util
import json
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
ROWS = ("labelled stories", "of these never read", "other languages")


def measure(shared: Path) -> str:
    """Return a table of the left-out figures of the labelled stories in a folder.

    A second table follows if the sentence encoder is installed: the same with it.
    """
    from reader.briefing.encoders import EncoderChoice, problem  # noqa: PLC0415 - see below

    tables = [_table(shared, encoded=False)]
    if not problem(EncoderChoice()):
        tables += ["With the sentence encoder:", _table(shared, encoded=True)]
    return "\n\n".join(tables)


def _table(shared: Path, *, encoded: bool) -> str:
    folder = shared / "evaluate"
    sys.path[:0] = [str(folder), str(HERE.parent / "scripts")]
    yardstick, fitting = _module(folder / "comparison.py"), _module_named("fit_comparison")
    english = _stories(shared / "stories" / "comparison.json")
    others = _stories(shared / "stories" / "comparison_languages.json")
    stories = english | others
    data = {name: fitting.labelled(story, encoded) for name, story in stories.items()}
    measured = {
        name: _measured(
            *(yardstick, fitting, stories[name], [d for k, d in data.items() if k != name]),
            encoded=encoded,
        )
        for name in stories
    }
    unread = [name for name in english if name in _not_read(shared)]
    rows = [
        _row(yardstick, [measured[name] for name in names]) for names in (english, unread, others)
    ]
    keys = list(rows[0])
    lines = ["| figure | " + " | ".join(ROWS) + " |", "| --- " * (len(ROWS) + 1) + "|"]
    lines += [f"| {key} | " + " | ".join(str(row[key]) for row in rows) + " |" for key in keys]
    return "\n".join(lines)


def _stories(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _not_read(shared: Path) -> str:
    """Return the sentence that names the stories whose labels nobody reads."""
    page = (shared / "stories" / "README.md").read_text(encoding="utf-8")
    return next((line for line in page.splitlines() if "not to be read" in line), "")


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"yardstick_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _module_named(name: str) -> ModuleType:
    return importlib.import_module(name)


def _measured(
    yardstick: ModuleType, fitting: ModuleType, story: dict[str, Any], rest: Any, *, encoded: bool
) -> Any:
    """Return the counts and the links' F1 of a story with weights fitted on the rest."""
    from alignment import article_file  # noqa: PLC0415 - beside the yardstick

    from reader.briefing.encoders import EncoderChoice  # noqa: PLC0415 - needs the package
    from reader.briefing.encoding import sentence_vectors  # noqa: PLC0415 - as above
    from reader.compare import compare, likeness  # noqa: PLC0415 - as above
    from reader.compare.pairs import ENCODED, FEATURES  # noqa: PLC0415 - as above
    from reader.export.json_forms import comparison_form  # noqa: PLC0415 - as above
    from reader.intake.pipeline import read_paths  # noqa: PLC0415 - as above

    kind, names = ("encoded", [*FEATURES, *ENCODED]) if encoded else ("plain", list(FEATURES))
    weights = {kind: fitting.models(rest, names)}
    kept = likeness._weights  # noqa: SLF001 - the weights are to be others for this story
    likeness._weights = lambda: weights  # type: ignore[assignment]  # noqa: SLF001
    try:
        with tempfile.TemporaryDirectory() as folder:
            files = [str(article_file(Path(folder), doc)) for doc in story["docs"]]
            articles = list(read_paths(files))
            vectors = sentence_vectors(articles, EncoderChoice()) if encoded else None
            answer = json.loads(json.dumps(comparison_form(compare(articles, encoded=vectors))))
    finally:
        likeness._weights = kept  # noqa: SLF001
    found = yardstick.Measured(story, answer)
    return found.counts(), found.links()["f1"]


def _row(yardstick: ModuleType, measured: list[Any]) -> dict[str, Any]:
    total: dict[str, int] = {}
    for counts, _f1 in measured:
        total = {key: total.get(key, 0) + value for key, value in counts.items()}
    f = yardstick.figures(total)
    traps = max(1, f["traps"]["of"])
    return {
        "links, mean F1": round(sum(f1 for _c, f1 in measured) / len(measured), 3),
        "facts held": f["facts"]["held"],
        "facts whole": f["facts"]["whole"],
        "points mixed": f["facts"]["mixed"],
        "points for each fact": f["facts"]["claims_per_fact"],
        "only here: wrong": f["only"]["wrong"],
        "only here: missed": f["only"]["missed"],
        "alarms shown": f["alarms"]["shown"],
        "alarms right (listed as such)": f["alarms"]["strict"],
        "alarms listed at all": f["alarms"]["listed_at_all"],
        "contradictions found": f["alarms"]["recall"],
        "differences shown": f["differences"]["shown"],
        "differences right": f["differences"]["precision"],
        "differences found": f["differences"]["recall"],
        "traps alarmed": round(f["traps"]["alarmed"] / traps, 3),
        "traps shown": round(f["traps"]["shown"] / traps, 3),
    }
