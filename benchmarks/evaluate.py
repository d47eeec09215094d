"""Measures quality by the yardsticks in ../shared/evaluate and writes docs/quality.md.

    make eval                        all sections
    make eval ARGS="stories"         one of them; the others stay as they were
    make eval ARGS="pages --aeb DIR --moz DIR"
                                     pages, on checkouts of scrapinghub/article-extraction-benchmark
                                     and of mozilla/readability; either may be left out

A section is a title, the files that it needs and a function that returns Markdown; it is left out
where a file is missing. The yardsticks run the installed `reader` through its command line, as
other programs do, so a figure says what a reader gets. To add a section, add it to `SECTIONS`.
"""

import argparse
import json
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
QUALITY = ROOT / "docs" / "quality.md"
READER = Path(sys.executable).with_name("reader")
HEAD = """# Quality

How good summaries, comparisons, stories and the texts of pages are, measured on collections that
are not part of the project. `make eval` measures and writes the tables again, each section by
itself.
"""

# lines as pages have them around their articles, in no particular order; four before, four after
LEFTOVERS = (
    "Skip to main content",
    "Home News Sport Weather Travel Video",
    "Sign up for our newsletter and get the best stories of the day in your inbox.",
    "Share this article",
    "This article was amended on 3 March to correct the name of the mayor.",
    "We use cookies to improve your experience on our website.",
    "Tickets for the summer festival go on sale on Friday.",
    "Copyright 2025 Example Media Ltd. All rights reserved.",
)


@dataclass(frozen=True)
class Section:
    """A part of docs/quality.md."""

    title: str
    needs: tuple[str, ...]
    """Files in ../shared without which it cannot be measured."""
    measure: Callable[[], str]
    """Measures and returns the section's Markdown, without the title."""


def yardstick(script: str, *arguments: str) -> Any:
    """Run a script of ../shared/evaluate on the installed reader and return what it prints."""
    command = [sys.executable, str(SHARED / "evaluate" / script), *arguments]
    done = subprocess.run(
        [*command, "--reader", str(READER)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{script} {' '.join(arguments)} failed: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def summaries() -> str:
    """Measure every method on single articles and on stories, and on pages with left-overs."""
    from reader.summary import METHODS  # noqa: PLC0415 - needs the package, unlike --help

    single = SHARED / "summaries" / "single.jsonl"
    several = SHARED / "summaries" / "several.jsonl"
    rows, plain = [], {}
    for method in METHODS:
        print(f"  {method} …", file=sys.stderr, flush=True)
        one = yardstick("summaries.py", str(single), "--sentences", "3", "--method", method)
        more = yardstick("summaries.py", str(several), "--words", "100", "--method", method)
        rows.append([method, *_rouge(one), *_rouge(more)])
        plain[method] = one
    with tempfile.TemporaryDirectory() as folder:
        dirty = Path(folder, "pages.jsonl")
        dirty.write_text("".join(_as_page(line) for line in _lines(single)), encoding="utf-8")
        pages = {
            method: yardstick("summaries.py", str(dirty), "--sentences", "3", "--method", method)
            for method in ("news", "lead", "lexrank")
        }
    fall = [
        [method, plain[method]["rouge1"], found["rouge1"],
         f"{found['rouge1'] - plain[method]['rouge1']:+.2f}"]
        for method, found in pages.items()
    ]  # fmt: skip
    head = ["method", "R-1", "R-2", "R-L", "redundancy", "R-1", "R-2", "R-L", "redundancy"]
    return (
        "ROUGE F1 (stemmed) against reference summaries; redundancy is the mean highest overlap "
        "of a sentence's words with another's. The first four columns: 100 articles as they were "
        "scraped, three sentences. The last four: 250 stories of three outlets, 100 words.\n\n"
        f"{table(head, rows)}\n\n"
        "ROUGE-1 of the articles as they are, and with eight lines of a page around each text:\n\n"
        f"{table(['method', 'as they are', 'with left-overs', 'difference'], fall)}\n"
    )


def _rouge(found: dict[str, Any]) -> list[Any]:
    return [found["rouge1"], found["rouge2"], found["rougeL"], found["redundancy"]]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _as_page(line: dict[str, Any]) -> str:
    half = len(LEFTOVERS) // 2
    text = "\n".join([*LEFTOVERS[:half], line["text"], *LEFTOVERS[half:]])
    return json.dumps({**line, "text": text}) + "\n"


def alignment() -> str:
    """Measure the links and claims of comparisons against links made by hand."""
    found = yardstick("alignment.py", str(SHARED / "stories" / "alignment.json"))
    rows = [
        [name, *_f1(story["links"]), *_f1(story["claims"]), story["alarms"],
         f"{story['found']} of {story['listed_disagreements']}"]
        for name, story in found.items()
    ]  # fmt: skip
    head = ["story", "links P", "R", "F1", "claims P", "R", "F1", "alarms", "disagreements found"]
    return (
        "Links between sentences that say the same, and claims, against links made by hand; "
        "alarms are differences of which only one side can be right.\n\n"
        f"{table(head, rows)}\n\n{alarms()}\n"
    )


def comparisons() -> str:
    """Measure comparisons against stories labelled whole by hand, each left out of the fit."""
    import comparisons as labelled  # noqa: PLC0415 - beside this script; only this section needs it

    return (
        "Stories read whole by an editor: facts that reports share, contradictions, other "
        "differences, and traps (wordings that go together). Each story is measured with weights "
        "fitted on all the others; the thresholds were chosen on the stories that may be read. "
        "Labels of the second column are read by nobody.\n\n"
        f"{labelled.measure(SHARED)}\n"
    )


def alarms() -> str:
    """Count the differences in all stories of three reports or more."""
    from reader.compare import compare  # noqa: PLC0415 - needs the package, unlike --help
    from reader.intake import article_from_json  # noqa: PLC0415 - as above

    told: dict[str, list[Any]] = {}
    for line in _lines(SHARED / "stories" / "dev.jsonl"):
        told.setdefault(line["story"], []).append(article_from_json(line, line["id"]))
    large = [articles[:20] for articles in told.values() if len(articles) >= 3]
    found = [difference for articles in large for difference in compare(articles).differences]
    kinds = sorted({difference.kind for difference in found})
    rows = [
        [kind, sum(d.alarm for d in found if d.kind == kind),
         sum(not d.alarm for d in found if d.kind == kind)]
        for kind in kinds
    ]  # fmt: skip
    count = sum(difference.alarm for difference in found)
    return (
        f"In {len(large)} stories of three reports or more: {count} alarms, "
        f"{count / len(large):.2f} a story.\n\n{table(['about', 'alarms', 'others'], rows)}"
    )


def _f1(found: dict[str, float]) -> list[float]:
    return [found["precision"], found["recall"], found["f1"]]


def stories() -> str:
    """Measure how articles are put together to stories."""
    found = yardstick("stories.py", str(SHARED / "stories" / "dev.jsonl"))
    head = ["articles", "stories", "found", "B³ precision", "B³ recall", "B³ F1", "pair F1"]
    keys = ["articles", "stories", "found", "b3_precision", "b3_recall", "b3_f1", "pair_f1"]
    return (
        "Articles in the order of their publication, each put into a story when it comes, without "
        "a look into the future.\n\n" + table(head, [[found[key] for key in keys]]) + "\n"
    )


SECTIONS = {
    "summaries": Section(
        "Summaries",
        ("evaluate/summaries.py", "summaries/single.jsonl", "summaries/several.jsonl"),
        summaries,
    ),
    "alignment": Section(
        "Comparisons",
        ("evaluate/alignment.py", "stories/alignment.json", "stories/dev.jsonl"),
        alignment,
    ),
    "comparisons": Section(
        "Comparisons on labelled stories",
        (
            "evaluate/comparison.py",
            "stories/comparison.json",
            "stories/comparison_languages.json",
            "stories/README.md",
        ),
        comparisons,
    ),
    "stories": Section("Stories", ("evaluate/stories.py", "stories/dev.jsonl"), stories),
}


def page_texts(aeb: Path | None, moz: Path | None) -> str:
    """Measure the text of pages beside other extractors."""
    import pages  # noqa: PLC0415 - beside this script; only this section needs it

    return pages.measure(aeb, moz)


def _checkout(path: Path | None, inside: str) -> Path | None:
    """Return a checkout that has a file or folder; None (and a word about it) if it has not."""
    if path is not None and not (path / inside).exists():
        print(f"pages: left out, no {inside} in the folder given", file=sys.stderr)
        return None
    return path


def measured() -> str:
    """Return when and with what a section was measured."""
    names = {"reader": "reader-tui", "sumy": "sumy", "nltk": "nltk", "numpy": "numpy",
             "trafilatura": "trafilatura"}  # fmt: skip
    versions = ", ".join(f"{name} {version(package)}" for name, package in names.items())
    return f"*{datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()}, {versions}.*"


def put(page: str, name: str, body: str) -> str:
    """Return the page with the section of that name replaced, or added at the end."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    part = f"{begin}\n{body.strip()}\n{end}"
    old = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if old.search(page):
        return old.sub(lambda _found: part, page)
    return f"{page.rstrip()}\n\n{part}\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "section", nargs="*", help=f"{', '.join(SECTIONS)}, pages (all unless told)"
    )
    parser.add_argument("--aeb", type=Path, help="a checkout of article-extraction-benchmark")
    parser.add_argument("--moz", type=Path, help="a checkout of mozilla/readability")
    given = parser.parse_args()
    aeb = _checkout(given.aeb, "ground-truth.json")
    moz = _checkout(given.moz, "test/test-pages")
    sections = dict(SECTIONS)
    if aeb or moz:
        sections["pages"] = Section("Pages", (), lambda: page_texts(aeb, moz))
    unknown = [name for name in given.section if name not in {*sections, "pages"}]
    if unknown:
        parser.error(f"there is no section {unknown[0]}; expected one of {', '.join(sections)}")
    for name in given.section or sections:
        if name not in sections:
            print("pages: left out, neither --aeb nor --moz names a checkout")
            continue
        section = sections[name]
        missing = [file for file in section.needs if not (SHARED / file).is_file()]
        if missing:
            print(f"{name}: left out, {', '.join(missing)} not found in {SHARED.name}/")
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        body = f"## {section.title}\n\n{section.measure()}\n{measured()}"
        page = QUALITY.read_text(encoding="utf-8") if QUALITY.is_file() else HEAD
        QUALITY.write_text(put(page, name, body), encoding="utf-8")
        print(body, end="\n\n")


if __name__ == "__main__":
    main()
