"""The numbers of links among the text never move its places."""

from reader.model import Link
from reader.text.references import references, with_marks
from reader.tui.document import Document, Paragraph

TEXT = "The crews walked out, the report says. See the report, or the crews."
LINKS = (
    Link(4, 9, "https://ex.org/crews"),
    Link(26, 32, "https://ex.org/r"),
    Link(62, 67, "https://ex.org/crews"),
)


def test_every_place_of_the_text_is_found_again_where_it_is_shown() -> None:
    """For a paragraph in the middle of a text, at every width."""
    marks = references(TEXT, LINKS).marks
    paragraph = Paragraph(TEXT, 100, marks=marks)
    text = with_marks(TEXT, marks)
    for place in range(100, 100 + len(TEXT)):
        offset = paragraph.offset_of(place)
        assert text[offset] == TEXT[place - 100]
        assert paragraph.place_of(offset) == place
    assert text[paragraph.offset_of(104) : paragraph.offset_of(109, end=True)] == "crews"
    for width in range(8, 90):
        document = Document([paragraph], width)
        assert "[1]" in document.texts[0]
        for place in range(100, 100 + len(TEXT)):
            line = document.lines[document.line_at(place)]
            assert paragraph.place_of(line.start) <= place
