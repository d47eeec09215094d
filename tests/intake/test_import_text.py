"""Plain text files come in: title, text, blocks, what the page told, identity."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from importing import read

from reader.intake import ImportOptions, read_paths
from reader.model import Article, Failure
from reader.text.sentences import sentences

TITLE = "New bridge opens in the harbour"
FIRST = "The city opened its new bridge on Friday, ten years after the first stone was laid."
SECOND = "Trams will run over the bridge from next week, and the old ferry will stop on Sunday."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(f"{TITLE}\n{FIRST}\nWhat comes next\n{SECOND}\n", encoding="utf-8")
    return path


def test_a_text_with_a_headline_becomes_an_article(file: Path) -> None:
    article = read(file)
    assert article.title == TITLE
    assert article.text == f"{FIRST}\n\nWhat comes next\n\n{SECOND}"
    assert [block.kind for block in article.blocks] == ["paragraph", "heading", "paragraph"]
    assert article.language == "en"
    assert article.revision == 1


def test_nothing_is_invented(file: Path) -> None:
    article = read(file)
    assert article.source == ""
    assert article.author is article.url is article.published is article.feed is None
    assert not article.starter
    assert not article.excerpt


def test_what_the_reader_tells_stands_where_the_text_says_nothing(file: Path) -> None:
    told = ImportOptions("Harbour Post", "de", datetime(2025, 7, 4, tzinfo=UTC), starter=True)
    article = read(file, told)
    assert (article.source, article.language, article.starter) == ("Harbour Post", "de", True)
    assert article.published == datetime(2025, 7, 4, tzinfo=UTC)


def test_what_the_text_says_goes_before_what_the_reader_tells(tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    file.write_text(f"{TITLE}\nBy Ann Lee | Published 3 July 2025, 10:00 GMT\n{FIRST}\n{SECOND}")
    article = read(file, ImportOptions(published=datetime(2020, 1, 1, tzinfo=UTC)))
    assert article.author == "Ann Lee"
    assert article.published == datetime(2025, 7, 3, 10, tzinfo=UTC)
    assert article.leftovers == ("By Ann Lee | Published 3 July 2025, 10:00 GMT",)


def test_a_naive_time_is_taken_as_utc(file: Path) -> None:
    told = ImportOptions(published=datetime(2025, 7, 4))  # noqa: DTZ001 - what is tested
    assert read(file, told).published == datetime(2025, 7, 4, tzinfo=UTC)


def test_a_day_at_the_beginning_of_the_files_name_dates_the_article(tmp_path: Path) -> None:
    file = tmp_path / "2025-07-04-bridge.txt"
    file.write_text(f"{TITLE}\n{FIRST}")
    assert read(file).published == datetime(2025, 7, 4, tzinfo=UTC)
    told = datetime(2024, 1, 1, tzinfo=UTC)
    assert read(file, ImportOptions(published=told)).published == told


def test_a_text_without_a_headline_is_called_by_its_first_sentence(tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text(f"{FIRST} {SECOND}\n{SECOND}")
    article = read(file)
    assert article.title == FIRST
    assert article.text.startswith(FIRST)


def test_a_long_first_sentence_is_cut_at_a_word(tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    long = f"{FIRST[:-1]}, although it rained all morning and the wind was strong, {SECOND}"
    file.write_text(long)
    title = read(file).title
    assert title.endswith("…")
    assert len(title) <= 100
    assert long.startswith(title[:-1])
    assert long[len(title) - 1] in " ,"
    assert read(file).text == long


def test_a_text_of_one_short_line_is_its_own_title_and_text(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Buy bread")
    article = read(file)
    assert (article.title, article.text) == ("Buy bread", "Buy bread")


def test_blocks_cover_the_text_and_the_text_is_clean(tmp_path: Path) -> None:
    file = tmp_path / "odd.txt"
    odd = f"{TITLE}\r\n\r\nCafe\u0301 \u202eevil\u202c \x1b[31mred\x07 {FIRST}\u2028- one\n- two\n"
    file.write_text(odd, encoding="utf-8", newline="")
    article = read(file)
    assert article.text == f"Café evil red {FIRST}\n\none\ntwo"
    assert article.stripped > 0
    at = 0
    for block in article.blocks:
        assert article.text[at : block.start].strip("\n") == ""
        at = block.end
    assert at == len(article.text)


def test_the_identity_is_the_outlet_and_the_files_name(file: Path, tmp_path: Path) -> None:
    told = ImportOptions("Harbour Post")
    one = read(file, told)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = elsewhere / "bridge.txt"
    other.write_text("Quite another text stands here now, and it is somewhat longer than before.")
    assert read(other, told).id == one.id
    assert read(file).id != one.id


def test_files_of_one_name_in_one_import_stay_apart(tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bridge.txt").write_text(f"{TITLE}\n{FIRST} In folder {folder}.")
    first = [a for a in read_paths([str(tmp_path)]) if isinstance(a, Article)]
    again = [a for a in read_paths([str(tmp_path)]) if isinstance(a, Article)]
    assert len({article.id for article in first}) == 3
    assert [a.id for a in first] == [a.id for a in again]


def test_an_index_page_is_known_by_its_folder_too(tmp_path: Path) -> None:
    ids = set()
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.txt").write_text(f"{TITLE}\n{FIRST}")
        ids.add(read(tmp_path / folder / "index.txt").id)
    assert len(ids) == 2


def test_a_folder_is_read_in_order_without_hidden_files_and_unknown_endings(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/c.txt", "d.exe", "e.TXT", "f.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TITLE} {name}\n\n{FIRST}")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [a.title for a in read_paths([str(tmp_path)]) if isinstance(a, Article)]
    assert [title.split()[-1] for title in found] == ["a/z.md", "b.txt", "e.TXT"]


def test_a_text_that_is_html_or_has_front_matter_is_read_as_that(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        f"<!DOCTYPE html><html><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    )
    noted = tmp_path / "noted.txt"
    noted.write_text(f"---\ntitle: {TITLE}\nsource: Harbour Post\n---\n{FIRST}")
    assert read(page).text == f"{FIRST}\n\n{SECOND}"
    assert read(noted).source == "Harbour Post"


def test_a_file_with_an_unknown_ending_is_read_when_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "bridge.article"
    file.write_text(f"{TITLE}\n{FIRST}")
    assert read(file).title == TITLE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_encodings_are_told_by_their_marks_or_their_bytes(tmp_path: Path, encoding: str) -> None:
    text = "Die Brücke öffnet\nDie Stadt hat am Freitag ihre neue Brücke über die Förde eröffnet.\n"
    file = tmp_path / "brücke.txt"
    file.write_bytes(text.encode(encoding))
    article = read(file)
    assert article.title == "Die Brücke öffnet"
    assert "über die Förde" in article.text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Сегодня в городе открыли новый мост через реку, сообщила мэрия."),
        ("koi8_r", "Сегодня в городе открыли новый мост через реку, сообщила мэрия."),
        ("cp1250", "Wczoraj w Łodzi odbyło się spotkanie, które wszyscy zapamiętają na długo."),
        ("cp932", "市長は今日、川に架かる新しい橋を開通させた。十年ぶりのことだ。"),
        ("gb18030", "市长今天为河上的新桥剪彩,这是十年来的第一座新桥。"),
    ],
)
def test_older_encodings_are_found(tmp_path: Path, encoding: str, text: str) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes(f"{text}\n".encode(encoding) * 3)
    assert read(file).text.startswith(text)


class TestTheFiveReports:
    """Scraped text, no outlet, no date, left-overs of web pages: five clean articles."""

    @pytest.fixture
    def five(self, shared: Path) -> list[Article]:
        found = list(read_paths([str(shared / "seeds")]))
        assert not [item for item in found if isinstance(item, Failure)]
        return [item for item in found if isinstance(item, Article)]

    def test_they_have_titles_that_are_headlines(self, five: list[Article]) -> None:
        assert len(five) == 5
        for article in five:
            assert 3 <= len(article.title.split()) <= 16
            assert article.title not in article.text or article.title.endswith("…")
        assert sum(article.title.endswith("…") for article in five) == 1

    def test_all_their_paragraphs_are_whole(self, five: list[Article]) -> None:
        for article in five:
            for block in article.blocks:
                text = article.text[block.start : block.end]
                if block.kind == "paragraph":
                    assert text[0].isupper(), text
                    assert text.rstrip('"”').endswith((".", ":")), text
                    assert " ." not in text

    def test_their_left_overs_are_kept_apart(self, five: list[Article], shared: Path) -> None:
        for article, file in zip(five, sorted((shared / "seeds").glob("*.txt")), strict=True):
            raw = file.read_text(encoding="utf-8")
            for line in article.leftovers:
                assert line in raw
                assert line not in article.text.split("\n")
            words = len(raw.split()) - len(article.text.split()) - len(article.title.split())
            lists = sum(block.kind == "list" for block in article.blocks)
            assert words <= sum(len(line.split()) for line in article.leftovers) + lists + 3

    def test_no_sentence_is_short_of_its_words(self, five: list[Article]) -> None:
        for article in five:
            heads = {(b.start, b.end) for b in article.blocks if b.kind == "heading"}
            for sentence in sentences(article.text, article.language):
                if (sentence.start, sentence.end) not in heads:
                    assert len(sentence.text.split()) >= 4, sentence.text
