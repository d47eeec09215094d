"""The lines at the end of a text that name the files an entry brings along."""

from reader.model import Article

ATTACHMENT = "Attachment: "
"""How such a line begins; it is a caption."""


def without_attachments(article: Article) -> str:
    """Return an article's text as far as it tells something: up to the files it brings along."""
    end = len(article.text)
    for block in reversed(article.blocks):
        if block.kind != "caption" or not article.text.startswith(ATTACHMENT, block.start):
            break
        end = block.start
    return article.text[:end].rstrip() if end < len(article.text) else article.text
