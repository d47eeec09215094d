"""What a file becomes when it comes in."""

from pathlib import Path

from reader.intake import ImportOptions, read_paths
from reader.model import Article, Failure


def read(path: Path, options: ImportOptions | None = None) -> Article:
    """Return the one article of a file."""
    (found,) = read_paths([str(path)], options or ImportOptions())
    assert isinstance(found, Article), found
    return found


def failure(path: Path) -> Failure:
    """Return why a file did not become an article."""
    (found,) = read_paths([str(path)])
    assert isinstance(found, Failure), found
    return found
