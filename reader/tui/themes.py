"""The program's own themes, from `data/themes/*.toml`, beside those that Textual brings."""

import tomllib
from functools import cache

from textual.theme import Theme

from reader import resources

DEFAULT = "reader-dark"


@cache
def own_themes() -> tuple[Theme, ...]:
    """Return the themes that travel with the program, in the order of their files' names."""
    folder = resources.data("themes")
    return tuple(
        Theme(**tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.toml"))
    )
