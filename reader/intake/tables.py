"""Tables of data in HTML as plain text: a row a line, with " | " between the cells."""

from dataclasses import dataclass
from typing import Any

from reader.text.hygiene import clean_line

_LAYOUT = frozenset(("table", "ul", "ol", "list", "blockquote", "quote", "pre", "figure", "img",
                     "graphic", "h1", "h2", "h3", "h4", "head", "div", "section"))  # fmt: skip
_MOST_CELLS = 20_000
_LONGEST_CELL = 400


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data."""

    text: str
    caption: str = ""


def read(element: Any) -> Table | None:
    """Return a table of data; None for one that only lays a page out.

    A table of data has at least two rows and two columns, and short words in its cells.
    """
    rows: list[list[str]] = []
    caption = ""
    for count, child in enumerate(element.iter()):
        if count > _MOST_CELLS or (child is not element and child.tag in _LAYOUT):
            return None
        if child.tag in ("tr", "row"):
            rows.append([])
        elif child.tag in ("td", "th", "cell"):
            words = clean_line(" ".join(child.itertext())).text
            if len(words) > _LONGEST_CELL or not rows:
                return None
            rows[-1].append(words)
        elif child.tag == "caption":
            caption = clean_line(" ".join(child.itertext())).text
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or sum(len(row) > 1 for row in rows) < 2:
        return None
    return Table("\n".join(" | ".join(row).strip() for row in rows), caption)
