"""Times that a sentence looks ahead to lie after its publication, others before."""

from datetime import date

import pytest

from reader.compare.times import moments

TUESDAY = date(2025, 5, 20)


@pytest.mark.parametrize(
    ("language", "text", "published", "wanted"),
    [
        ("en", "The bridge will open to traffic in June.", date(2025, 1, 10), ["2025-06"]),
        ("en", "The bridge will open to traffic in June.", date(2024, 12, 30), ["2025-06"]),
        ("en", "The bridge opened to traffic in June.", date(2025, 1, 10), ["2024-06"]),
        ("en", "It is due to close in March.", date(2025, 11, 10), ["2026-03"]),
        ("en", "The court is to rule on Friday.", TUESDAY, ["2025-05-23"]),
        ("en", "The court ruled on Friday.", TUESDAY, ["2025-05-16"]),
        ("en", "Wednesday is expected to be cooler.", TUESDAY, ["2025-05-21"]),
        ("en", "The ferry will sail on Tuesday.", TUESDAY, ["2025-05-20"]),
        ("fr", "Les écoles rouvriront lundi.", TUESDAY, ["2025-05-26"]),
        ("fr", "L'opéra a rouvert lundi.", TUESDAY, ["2025-05-19"]),
        ("es", "El puente abrirá el viernes.", TUESDAY, ["2025-05-23"]),
        ("es", "El puente abrió el viernes.", TUESDAY, ["2025-05-16"]),
        ("it", "Le scuole riapriranno venerdì.", TUESDAY, ["2025-05-23"]),
        ("pt", "A ponte abrirá na sexta-feira.", TUESDAY, ["2025-05-23"]),
        ("de", "Die Brücke wird im Juni geöffnet.", date(2025, 1, 10), ["2025-06"]),
    ],
)
def test_a_time_is_before_or_after_its_report_as_its_sentence_says(
    language: str, text: str, published: date, wanted: list[str]
) -> None:
    assert [m.shown for m in moments(text, language, published)] == wanted
