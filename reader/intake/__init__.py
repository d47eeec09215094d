"""Intake: files, pages and feeds become articles."""

from reader.intake.draft import ImportOptions
from reader.intake.pipeline import (
    ImportReport,
    article_from_json,
    import_paths,
    import_starters,
    read_paths,
)

__all__ = [
    "ImportOptions",
    "ImportReport",
    "article_from_json",
    "import_paths",
    "import_starters",
    "read_paths",
]
