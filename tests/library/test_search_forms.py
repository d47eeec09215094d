"""Words are found in their other forms: plurals, cases, without their accents."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import Library, archive, fulltext, parse_query
from reader.model import Article, article_id

FOUND = [
    ("cs", "Stará banka v Praze", "banky"),
    ("cs", "Stará banka v Praze", "praha"),
    ("sk", "Stará banka", "banky"),
    ("uk", "Музей сучасного мистецтва", "мистецтво"),
    ("uk", "Мости Києва", "київ"),
    ("es", "Los jueces llegan", "juez"),
    ("es", "Un juez llega", "jueces"),
    ("es", "Pasteles dulces", "dulce"),
    ("pt", "Dois aviões pousam", "avião"),
    ("pt", "Um avião pousa", "aviões"),
    ("pt", "Dois aviões pousam", "aviao"),
    ("pt", "Os hotéis e os animais", "hotel"),
    ("pt", "Os hotéis e os animais", "animal"),
    ("pt", "Homens no porto", "homem"),
    ("fr", "Les frontières fermées", "frontiere"),
    ("fr", "La frontière fermée", "frontieres"),
    ("cs", "Město na řece", "mesta"),
    ("pl", "Żegluga na rzece", "zegluga"),
]


@pytest.mark.parametrize(("language", "title", "word"), FOUND)
def test_a_word_is_found_in_its_other_forms(
    tmp_path: Path, language: str, title: str, word: str
) -> None:
    with Library.open(tmp_path) as library:
        library.add([article(language, title)])
        assert library.count(parse_query(word)) == 1
        assert library.count(parse_query(f"title:{word}")) == 1
        assert library.count(parse_query("tolken")) == 0


def test_an_index_of_an_older_program_is_made_again_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(fulltext, "fingerprint", lambda: "2-older")
        older.setattr(archive, "words_of", lambda a: fulltext.Columns(a.title, "", "", "", ""))
        with Library.open(tmp_path) as library:
            library.add([article("pt", "Dois aviões pousam")])
            assert library.count(parse_query("avião")) == 0
    with Library.open(tmp_path) as library:
        library.add([article("pt", "Um avião parte")])
        assert library.count(parse_query("avião")) == 2
        assert library.count(parse_query("pousam")) == 1


def article(language: str, title: str) -> Article:
    identity = f"id:{title}"
    return Article(
        id=article_id(identity), identity=identity, source="Tolken Post", title=title, text="",
        added=datetime(2025, 3, 1, tzinfo=UTC), language=language,
    )  # fmt: skip
