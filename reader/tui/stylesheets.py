"""Which style sheets belong to what: each is parsed when its screen is opened first."""

from pathlib import Path

from reader import resources


def stylesheets(*names: str) -> list[Path]:
    """Return the paths of style sheets, by their names in `styles/`, in this order."""
    return [resources.ROOT / "styles" / f"{name}.tcss" for name in names]
