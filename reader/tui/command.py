"""What a command is: the nouns of the registry in `reader.tui.commands`."""

from dataclasses import dataclass
from typing import Literal

Area = Literal[
    "app",
    "main",
    "rows",
    "sources",
    "list",
    "prose",
    "article",
    "summary",
    "compare",
    "column",
    "feeds",
    "changes",
    "stories",
]
"""The app, a screen ("main", "compare", "feeds") or a widget; "rows" and "prose" are shared."""

Need = Literal["article", "address", "summary", "story"]
"""What has to be there for a command to make sense."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that the reader can ask for."""

    id: str
    """By which the configuration gives it another key."""
    keys: str
    """Textual's names, separated by commas; a single character stands for itself."""
    title: str
    """A word or three, for footer and palette."""
    tooltip: str
    """What it does, one sentence."""
    action: str
    """The action method on the classes of its areas, or with "screen." on their screen."""
    areas: tuple[Area, ...]
    group: str
    """Its heading in the help."""
    footer: int = 0
    """Its place in the footer, small numbers first; 0 where it is not shown there."""
    need: Need | None = None


MOVING = "Moving about"
READING = "Reading"
YOURS = "Your own work"
UNDERSTANDING = "Understanding"
COLLECTING = "The collection"
PROGRAM = "The program"
