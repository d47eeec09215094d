"""That two articles bring a sound file along makes them no story."""

from datetime import UTC, datetime

from reader.model import Article, Block
from reader.stories.features import article_terms
from reader.text.attachments import without_attachments

CAPTION = "The ferry at noon"
BODY = f"The crews walked out.\n\n{CAPTION}"
FILES = "Attachment: talk.mp3 (audio/mpeg, 12.3 MB)\n\nAttachment: talk.ogg (audio/ogg, 9.1 MB)"


def article(text: str, *parts: tuple[str, str]) -> Article:
    """Return an article with these parts of its text as blocks."""
    spans = [(text.index(part), part, kind) for part, kind in parts]
    blocks = tuple(Block(at, at + len(part), kind) for at, part, kind in spans)  # type: ignore[arg-type]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Article(1, "file:x", "Post", "Walk-out", text, now, language="en", blocks=blocks)


def test_the_files_at_the_end_say_nothing_of_what_an_article_is_about() -> None:
    first, second = FILES.split("\n\n")
    parts = (("The crews walked out.", "paragraph"), (CAPTION, "caption"))
    whole = article(f"{BODY}\n\n{FILES}", *parts, (first, "caption"), (second, "caption"))
    assert without_attachments(whole) == BODY
    assert article_terms(whole) == article_terms(article(BODY, *parts))
    assert not {"mp3", "mpeg", "audio"} & set(article_terms(whole).weights)


def test_an_article_that_only_speaks_of_attachments_keeps_its_words() -> None:
    text = "Attachment: what parents should know."
    told = article(text, (text, "paragraph"))
    assert without_attachments(told) == text
    assert without_attachments(article("")) == ""
