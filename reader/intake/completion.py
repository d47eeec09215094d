"""The full text of an article of which the feed carries only a teaser: from its page."""

from dataclasses import replace

from reader.errors import InputError
from reader.intake.assemble import assembled
from reader.intake.decode import UndecodableError, decoded
from reader.intake.draft import ImportOptions
from reader.intake.page import declared_charset, draft_of_page
from reader.model import Article, Block, Link
from reader.text.attachments import ATTACHMENT
from reader.text.paragraphs import Paragraph, laid_out


def completed(article: Article, body: bytes, charset: str | None, address: str) -> Article | None:
    """Return an article with the text of its page; None where that is no more than it has.

    Everything else stays as the feed says it. `InputError` where the page holds no article.
    """
    try:
        html = decoded(body, charset or declared_charset(body))
    except UndecodableError as error:
        raise InputError(address, str(error)) from None
    draft = replace(draft_of_page(html, address, address), title=article.title)
    page = assembled(draft, ImportOptions(source=article.source), address).article
    own = _parts(page)
    brought = [part for part in _parts(article) if part.text.startswith(ATTACHMENT)]
    teaser = [part for part in _parts(article) if part not in brought]
    if sum(len(part.text) for part in own) <= sum(len(part.text) for part in teaser):
        return None
    text, blocks, links = laid_out([*own, *brought])
    return replace(
        article,
        text=text,
        blocks=blocks,
        links=links,
        leftovers=page.leftovers,
        excerpt=page.excerpt,
        stripped=page.stripped,
        author=article.author or page.author,
        published=article.published or page.published,
    )


def _parts(article: Article) -> list[Paragraph]:
    """Return the paragraphs that an article's text was laid out from."""
    parts: list[Paragraph] = []
    last: Block | None = None
    for block in article.blocks:
        own = tuple(
            Link(link.start - block.start, link.end - block.start, link.url)
            for link in article.links
            if block.start <= link.start and link.end <= block.end
        )
        gap = article.text[last.end : block.start] if last else ""
        opens = block.kind == "list" and gap.count("\n") > 1
        parts.append(Paragraph(article.text[block.start : block.end], block.kind, own, opens))
        last = block
    return parts
