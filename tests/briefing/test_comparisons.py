"""Comparisons kept by what they were made of."""

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.briefing import comparisons, keep_comparison, kept, known_comparison
from reader.briefing.comparisons import FOLDER, compare_telling, share_done
from reader.briefing.forms import packed, unpacked
from reader.compare import compare
from reader.model import Article, Comparison, article_id

TEXTS = (
    "The ferry to Holm ran aground on Monday. Nobody was hurt, the harbour master said.",
    "On Monday the ferry to Holm ran aground. The harbour master said that 14 people were aboard.",
    "A new bakery opened in Holm. It sells rye bread.",
)


def article(number: int, **more: object) -> Article:
    when = datetime(2025, 3, 10, 9 + number, tzinfo=UTC)
    values = {"published": when, "language": "en", **more}
    return Article(
        article_id(f"kept {number}"), f"kept {number}", f"Outlet {number}", f"Title {number}",
        TEXTS[number], when, **values,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def reports() -> list[Article]:
    return [article(0), article(1)]


@pytest.fixture
def comparison(reports: list[Article]) -> Comparison:
    return compare(reports)


def test_a_comparison_comes_back_as_it_was_kept(
    tmp_path: Path, reports: list[Article], comparison: Comparison
) -> None:
    assert known_comparison(tmp_path, reports) is None
    keep_comparison(tmp_path, reports, comparison)
    assert known_comparison(tmp_path, reports) == comparison


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Another text."},
        {"title": "Another title"},
        {"source": "Another outlet"},
        {"language": "de"},
        {"published": None},
        {"excerpt": True},
        {"leftovers": ("Share this",)},
    ],
)
def test_whatever_else_is_compared_is_another_comparison(
    tmp_path: Path, reports: list[Article], comparison: Comparison, other: dict[str, object]
) -> None:
    keep_comparison(tmp_path, reports, comparison)
    changed = replace(reports[1], **other)  # type: ignore[arg-type]
    assert known_comparison(tmp_path, [reports[0], changed]) is None
    assert known_comparison(tmp_path, reports[::-1]) is None
    assert known_comparison(tmp_path, reports) == comparison


def test_another_engine_finds_anew(
    tmp_path: Path,
    reports: list[Article],
    comparison: Comparison,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_comparison(tmp_path, reports, comparison)
    monkeypatch.setattr(kept, "engine", lambda: b"another")
    assert known_comparison(tmp_path, reports) is None


@pytest.mark.parametrize("damage", [b"", b"no zlib", b"x\x9c"])
def test_a_damaged_file_is_as_good_as_none(
    tmp_path: Path, reports: list[Article], comparison: Comparison, damage: bytes
) -> None:
    keep_comparison(tmp_path, reports, comparison)
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_bytes(damage)
    assert known_comparison(tmp_path, reports) is None
    keep_comparison(tmp_path, reports, comparison)
    assert known_comparison(tmp_path, reports) == comparison


def test_what_is_kept_is_private_and_bounded_what_was_used_last_stays(
    tmp_path: Path, comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "MOST_FILES", 2)
    sets = [[article(0), article(1)], [article(0), article(2)], [article(1), article(2)]]
    for number, each in enumerate(sets):
        keep_comparison(tmp_path, each, comparison)
        for file in (tmp_path / FOLDER).iterdir():
            if file.stat().st_mtime > 1_000_000:
                os.utime(file, (number, number))
        if number == 1:
            assert known_comparison(tmp_path, sets[0]) is not None  # now the newest
    assert known_comparison(tmp_path, sets[0]) is not None
    assert known_comparison(tmp_path, sets[1]) is None
    files = list((tmp_path / FOLDER).iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700


def test_where_nothing_can_be_written_nothing_is_kept_and_that_is_all(
    tmp_path: Path, reports: list[Article], comparison: Comparison
) -> None:
    (tmp_path / FOLDER).write_text("a file is in the way")
    keep_comparison(tmp_path, reports, comparison)
    assert known_comparison(tmp_path, reports) is None


def test_the_share_that_is_done_can_be_read_while_it_is_compared(
    tmp_path: Path, reports: list[Article], comparison: Comparison
) -> None:
    sign = tmp_path / "share"
    assert share_done(sign) == 0
    assert compare_telling(reports, sign) == comparison
    assert share_done(sign) == 1
    sign.write_text("nonsense")
    assert share_done(sign) == 0


def test_what_does_not_fit_the_kind_is_refused(comparison: Comparison) -> None:
    form = packed(comparison)
    assert unpacked(Comparison, form) == comparison
    for wrong in ([], {}, None, [*form, 1], form[:-1], [1, *form[1:]], [[[1]], *form[1:]]):
        with pytest.raises((ValueError, TypeError)):
            unpacked(Comparison, wrong)
