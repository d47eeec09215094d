"""All that a page shows, as plain text: its article is found among menus and lists of headlines."""

from reader.text.leftovers import split_leftovers
from reader.text.paragraphs import paragraphs

MENU = """\
Skip to the main part
Tolken Post
Harbour
Markets
Trams
Letters to us
Shop of the Post
Got something to tell?
Weather for Tolken
Crossword of the day
Ferry stops in June
New coach for the rowers
Three roads closed on Sunday"""
FOOT = """\
Who we are
Work with us
Terms of the shop
Advertise here
Old issues
Quarry sold to its workers
Choir wins in Orrin
Rain on Monday"""
TEXT = """\
The tram company of Tolken will run a night line from March, after a long trial on Fridays.
Each journey with the night line costs two crowns, and the drivers will work until three.
What residents want
Residents of Mill Lane had asked for walls against the noise; they get rubber under the rails.
“We shall hear it all the same,” said Rut Hale, who has lived beside the rails for forty years.
The company will count its passengers for a year, and end the line if there are too few of them.
""".splitlines()


def page(*text: str) -> str:
    return "\n".join((MENU, *text, FOOT))


def test_the_article_is_found_among_the_lines_of_its_page() -> None:
    found = split_leftovers(
        paragraphs(page("Night line: Tolken's trams to run until three", *TEXT))
    )
    assert found.title == "Night line: Tolken's trams to run until three"
    assert [part.text for part in found.paragraphs] == TEXT
    left = [leftover.text for leftover in found.leftovers]
    assert set(MENU.split("\n")) | set(FOOT.split("\n")) <= set(left)


def test_the_by_line_above_the_text_is_still_read() -> None:
    title = "Night line: Tolken's trams to run until three"
    found = split_leftovers(paragraphs(page(title, "By Rut Moor", "3 February 2025", *TEXT)))
    assert found.byline.author == "Rut Moor"
    assert str(found.byline.published)[:10] == "2025-02-03"


def test_a_text_with_few_short_lines_is_left_as_it_is() -> None:
    short = [f"Part {n}" for n in range(1, 4)]
    found = split_leftovers(paragraphs("\n".join((*short, *TEXT))), title="Night line")
    assert [part.text for part in found.paragraphs][-len(TEXT) :] == TEXT


def test_nothing_is_cut_where_no_line_is_like_a_headline() -> None:
    found = split_leftovers(paragraphs(page(*TEXT)))
    assert set(TEXT) <= {part.text for part in found.paragraphs}


def test_a_poem_of_short_lines_stays() -> None:
    poem = [f"Verse {word} of the long song" for word in "abcdefghijklmnopqrstuvwxyz"]
    kept = [part.text for part in split_leftovers(paragraphs("\n".join(poem))).paragraphs]
    assert kept[-20:] == poem[-20:]
