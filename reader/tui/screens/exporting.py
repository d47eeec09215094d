"""What an export of articles or of a summary consists of."""

import re
from collections.abc import Sequence

from reader.library import Library
from reader.model import ArticleId, Summary
from reader.tui import formats
from reader.tui.screens.export import Document, Export

_UNSAFE = re.compile(r"[^\w-]+")


def of_articles(library: Library, ids: Sequence[ArticleId]) -> Export:
    """Return the export of articles with the reader's own work: a file, or a folder of files."""
    documents = tuple(_article(library, id_) for id_ in ids)
    if len(documents) == 1:
        return Export("Export the article", documents[0][0], documents)
    heading = f"Export {formats.count(len(documents), 'article')} into a folder"
    return Export(heading, "reader articles", documents)


def _article(library: Library, id_: ArticleId) -> Document:
    from reader.export.files import safe_name  # noqa: PLC0415 - not needed to start
    from reader.export.markdown import article_markdown  # noqa: PLC0415 - as above

    def make() -> str:
        article = library.article(id_)
        book = library.notebook
        return article_markdown(article, book.marks(id_), book.annotations(id_))

    return safe_name(library.row(id_), ".md"), make


def of_summary(summary: Summary) -> Export:
    """Return the export of a summary."""
    from reader.export.markdown import summary_markdown  # noqa: PLC0415 - not needed to start

    title = next((a.title for a in summary.articles if a.title), "")
    words = _UNSAFE.sub("-", title.lower()).encode()[:60].decode("utf-8", "ignore").strip("-_")
    name = f"summary-{words or 'of-reports'}.md"
    return Export("Export the summary", name, ((name, lambda: summary_markdown(summary)),))
