"""Every format of a comparison shows the same: points, stances, differences, what is only here."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from lxml import html as parser

from reader import resources
from reader.cli import render_comparison
from reader.compare import compare
from reader.export.comparison_html import comparison_html
from reader.export.comparison_markdown import comparison_markdown
from reader.export.json_forms import comparison_form
from reader.export.outline import CLASSES, SIGNS
from reader.intake import read_paths
from reader.model import Article, Comparison
from reader.tui.comparing.differences import differences
from reader.tui.comparing.lists import only_here
from reader.tui.comparing.matrix import matrix
from reader.tui.comparing.page import Entry, Piece
from reader.tui.comparing.reports import Reports

WIDE = 20_000
STATES = {sign: state for state, sign in SIGNS.items()}
TITLES = [title for title, _ in CLASSES.values()]
INVENTED = {
    "Valley Post": (
        "Two trains collided near Orlen on Monday evening. Nine people were injured, the police "
        "said. The driver of the freight train had passed a red signal.\n\nThe line stays closed "
        "until Friday. Helpers served tea in the fire station."
    ),
    "Harbour Echo": (
        "Near Orlen two trains collided on Monday evening. Fourteen people were injured, the "
        "police said. The driver of the freight train had not passed a red signal.\n\nThe line "
        "stays closed until Sunday. A crane came from <Linz> & *Wels* | by road."
    ),
    "Town Crier": (
        "Two trains collided on Monday evening near Orlen. Nine people were injured, among them a "
        "conductor who was on her first day at work.\n\nThe mayor, Ida Kessler, asked for patience."
    ),
}


@dataclass
class Shown:
    """What a document shows, as it can be read back from it."""

    points: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Each wording without marks, and what each report makes of it."""
    differences: list[tuple[str, frozenset[str], frozenset[str]]] = field(default_factory=list)
    """The class of each difference, its values, and the outlets that give them."""
    only: set[tuple[str, str]] = field(default_factory=set)
    """Outlet and sentence, or the part of a sentence that is new."""

    def point(self, text: str, signs: str) -> None:
        self.points.append((bare(text), tuple(STATES[sign] for sign in signs)))

    def difference(self, title: str, values: list[str], outlets: list[str]) -> None:
        shown = frozenset(bare(one).casefold() for value in values for one in value.split(" / "))
        self.differences.append((title, shown, frozenset(outlets)))

    def alone(self, outlet: str, text: str) -> None:
        self.only.add((outlet, bare(text).removeprefix("… ").removesuffix(" …").rstrip(".,;:")))

    def sorted(self) -> tuple[Any, ...]:
        differences = [(a, sorted(b), sorted(c)) for a, b, c in self.differences]
        return sorted(self.points), sorted(differences), sorted(self.only)


def bare(text: str) -> str:
    """Return a text without the marks of its values, the values in brackets in one order."""
    text = " ".join(re.sub("[①-⑳] ?", "", text).split())
    return re.sub(
        r"\[([^\[\]]+ \| [^\[\]]+)\]", lambda m: f"[{' | '.join(sorted(m[1].split(' | ')))}]", text
    )


def of_json(comparison: Comparison) -> Shown:
    """What programs get: the other formats are held against it."""
    form = json.loads(json.dumps(comparison_form(comparison)))
    order = [article["id"] for article in form["articles"]]
    outlet = {article["id"]: article["source"] for article in form["articles"]}
    sentence = {(a["id"], s["index"]): s["text"] for a in form["articles"] for s in a["sentences"]}
    shown = Shown()
    for claim in form["claims"]:
        stances: dict[str, set[str]] = {}
        for member in claim["members"]:
            stances.setdefault(member["article"], set()).add(member["stance"])
        signs = [
            next((SIGNS[s] for s in ("at-odds", "says", "differently") if s in found), "○")
            for found in (stances.get(article, set()) for article in order)
        ]
        shown.point(claim["wording"] or claim["text"], "".join(signs))
    for one in form["differences"]:
        variants = one["variants"]
        shown.difference(
            CLASSES[one["class"]][0],
            [v["value"] for v in variants],
            [outlet[v["article"]] for v in variants],
        )
    for one in form["only"]:
        shown.alone(outlet[one["article"]], sentence[one["article"], one["sentence"]])
    for one in form["partly_only"]:
        for part in one["statements"]:
            shown.alone(outlet[one["article"]], part["text"])
    return shown


def of_text(comparison: Comparison) -> Shown:
    shown, section, values = Shown(), "", Values()
    for line in [*click.unstyle(render_comparison.comparison_text(comparison)).splitlines(), ""]:
        head = re.fullmatch(r"(\S.*) \(\d+\)", line)
        value = re.fullmatch(r"  ([①-⑳] .+) \(([^()]+)\)", line)
        if not value and not line.startswith("    "):
            values.give(shown, section)
        if head:
            section = head[1]
        elif value:
            values.add(value[1], value[2].split(", "))
        elif section in {"In all reports", "In some reports"}:
            if point := re.fullmatch(r"([●◐≠○]{2,}) (.+)", line):
                shown.point(point[2], point[1])
        elif section.startswith("Only here") and line.startswith("- "):
            shown.alone(section.rpartition(": ")[2], line[2:])
    return shown


def of_markdown(comparison: Comparison) -> Shown:
    shown, section, name, values = Shown(), "", "", Values()
    for raw in [*comparison_markdown(comparison).splitlines(), "#"]:
        line = re.sub(r"\\([^\w\s])", r"\1", raw.replace(r"\|", "\0")).replace("\0", "|")
        row = raw.replace(r"\|", "\0").strip("| ").split(" | ")
        if line.startswith("#"):
            values.give(shown, section)
        if line.startswith("## "):
            section = line[3:]
        elif line.startswith("### "):
            name = line[4:]
        elif section in TITLES and re.match("[①-⑳]", row[0]):
            value, outlet = (re.sub(r"\\([^\w\s])", r"\1", cell) for cell in row[:2])
            values.add(value.replace("\0", "|"), [outlet])
        elif section in {"In all reports", "In some reports"} and line.startswith("- "):
            signs, text = re.fullmatch(r"- (\S+) (.+) \([^()]+\)", line).groups()
            shown.point(text, signs)
        elif section.startswith("Only here") and line.startswith("- "):
            shown.alone(name, line[2:])
    return shown


def of_html(comparison: Comparison) -> Shown:
    shown, tree = Shown(), parser.document_fromstring(comparison_html(comparison))
    for row in tree.xpath("//section[@id='matrix']//tbody/tr"):
        signs = "".join(row.xpath("td//span[@role='img']/text()"))
        shown.point(row.xpath("string(th)"), signs)
        named = [cell.get("class") for cell in row.xpath("td")]
        assert named == [STATES[sign] for sign in signs]
    for item in tree.xpath("//section[@id='differences']//li[@data-difference]"):
        title = item.xpath("string(parent::ul/preceding-sibling::h3[1])")
        values = [value.text_content() for value in item.xpath(".//dt")]
        shown.difference(title, values, item.xpath(".//dd/a/text()"))
    for item in tree.xpath("//section[@id='only']//li"):
        shown.alone(item.xpath("string(parent::ul/preceding-sibling::h3[1])"), item.text_content())
    return shown


def of_screen(comparison: Comparison, width: int = 100) -> Shown:
    """What the views of the terminal program show; the differences as a list or as columns."""
    shown, reports = Shown(), Reports(comparison)
    for entry in matrix(reports, WIDE, 0).entries:
        cells = cells_of(entry)
        signs = "".join(cells[number].split()[0][0] for number in range(len(reports)))
        shown.point(re.sub(r"^ *\d+ ", "", cells[None]), signs)
    section = ""
    for entry in differences(reports, width, 0).entries:
        pieces = [piece for line in entry.lines for piece in line]
        if not entry.spots:
            section = text_of(pieces, "heading").partition(" ·")[0]
            continue
        outlets = {reports.names[number] for number in entry.spots}
        listed = {name for name in reports.names if name in text_of(pieces, "outlet")}
        assert listed in (outlets, set())
        values = re.split("[①-⑳] ", text_of(pieces, "value"))[1:]
        shown.difference(section, values, list(outlets))
    name, mine = "", True
    for entry in only_here(reports, WIDE, 0).entries:
        text = " ".join(piece.text for line in entry.lines for piece in line)
        if not entry.spots:
            mine = not text.strip().startswith("Not in ")
            name = text_of([p for line in entry.lines for p in line], "heading").strip()
        elif mine:
            shown.alone(name, text.strip().removeprefix("+ "))
    return shown


class Values:
    """Values of one difference, gathered line by line."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self.outlets: list[str] = []

    def add(self, value: str, outlets: list[str]) -> None:
        self.values.append(value)
        self.outlets += outlets

    def give(self, shown: Shown, title: str) -> None:
        if self.values:
            shown.difference(title, self.values, self.outlets)
        self.values, self.outlets = [], []


def cells_of(entry: Entry) -> dict[int | None, str]:
    found: dict[int | None, str] = {}
    for line in entry.lines:
        for piece in line:
            found[piece.column] = found.get(piece.column, "") + piece.text
    return found


def text_of(pieces: list[Piece], style: str) -> str:
    return " ".join(" ".join(p.text for p in pieces if style in p.styles).split())


@cache
def compared(name: str) -> Comparison:
    return compare(list(articles(name)))


def articles(name: str) -> Iterator[Article]:
    paths = [str(path) for path in resources.seeds() if f"-{name}-" in path.name]
    for found in read_paths(paths):
        assert isinstance(found, Article)
        yield found


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no line be broken."""
    monkeypatch.setattr(render_comparison, "width", lambda: WIDE)


FORMATS = [of_text, of_markdown, of_html, of_screen]
Format = Callable[[Comparison], Shown]


def held(comparison: Comparison, form: Format) -> None:
    assert form(comparison).sorted() == of_json(comparison).sorted()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("story", ["recognition", "asteroid", "marathon", "heat"])
def test_the_starters_are_the_same_in_every_format(story: str, form: Format) -> None:
    comparison = compared(story)
    assert comparison.claims
    assert comparison.differences
    held(comparison, form)


@pytest.mark.parametrize("form", FORMATS)
def test_markup_and_disputed_words_are_the_same_in_every_format(
    tmp_path: Path, form: Format
) -> None:
    paths = []
    for number, (source, text) in enumerate(INVENTED.items()):
        path = tmp_path / f"{number}.md"
        head = f"---\ntitle: Trains\nsource: {source}\ndate: 2025-03-04\nlanguage: en\n---\n\n"
        path.write_text(head + text, encoding="utf-8")
        paths.append(str(path))
    comparison = compare([found for found in read_paths(paths) if isinstance(found, Article)])
    assert any(" | " in (claim.wording or "") for claim in comparison.claims)
    held(comparison, form)


@pytest.mark.parametrize("form", FORMATS)
def test_claims_that_others_contradict_are_the_same_in_every_format(
    shared: Path, form: Format
) -> None:
    folder = shared / "findings" / "comparison" / "shared-claims"
    found = read_paths([str(folder)])
    held(compare([article for article in found if isinstance(article, Article)]), form)
