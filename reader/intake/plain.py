"""Plain text to a draft: everything about it is found out later, from its lines."""

from reader.intake.draft import Draft
from reader.text.hygiene import clean
from reader.text.paragraphs import paragraphs


def draft_of_text(text: str) -> Draft:
    """Return the draft of a plain text."""
    cleaned = clean(text)
    return Draft(tuple(paragraphs(cleaned.text)), stripped=cleaned.stripped)
