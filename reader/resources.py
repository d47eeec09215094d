"""Where the files are that travel with the program: `styles/`, `data/` and `seeds/`.

In a source tree (and so in an editable install) they stand beside the package; a wheel carries
them in `reader/_bundled/`.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"
ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent


def data(*parts: str) -> Path:
    """Return the path of a file in `data/`, which the program reads and never writes."""
    return ROOT.joinpath("data", *parts)


def styles() -> list[Path]:
    """Return the Textual style sheets, in the order of their names."""
    return sorted(ROOT.joinpath("styles").glob("*.tcss"))


def seeds() -> list[Path]:
    """Return the starter articles, in the order of their names."""
    return sorted(ROOT.joinpath("seeds").glob("*.md"))
