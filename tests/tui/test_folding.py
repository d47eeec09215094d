"""Stories folded into one row each."""

from typing import Any

from reader.library import Library, Query
from reader.model import Article, ArticleId
from reader.tui.folding import Fold, fold

Start = Any
Articles = tuple[Article, ...]


def ids(*numbers: int) -> list[ArticleId]:
    return [ArticleId(number) for number in numbers]


def test_a_story_stands_where_its_first_report_stands() -> None:
    one, two, three, four = ids(1, 2, 3, 4)
    folded = fold([one, two, three, four], {two: 9, four: 9, three: 8}, {four}, ())
    assert folded.rows == (one, two, three)
    assert folded.folds == {two: Fold(9, (two, four), 1)}
    assert folded.row_of(four) == 1
    assert fold([one, two, four], {two: 9, four: 9}, (), {9}).rows == (one, two, four)


def members(rows: Any) -> tuple[ArticleId, ...]:
    held = rows.listing.fold(rows.current.id)
    return held.members if held else ()


async def test_reports_of_a_story_fold_into_one_row_and_enter_unfolds_it(
    library: Library, start: Start, articles: Articles
) -> None:
    library.stories.update()
    library.stories.put_into([articles[0].id], articles[1].id)
    async with start(library) as reader:
        every = reader.listed
        await reader.press("equals_sign")
        rows = reader.main.article_list
        assert len(reader.listed) == rows.row_count < len(every) - 1
        folded = rows.row_count
        assert "▸2" in reader.text
        assert "●●○ 2 ●" in reader.text  # Harbour Echo, The Valley Post, not Town Crier
        await reader.press("home")
        bridge = {articles[0].id, articles[1].id}
        while not bridge & set(members(rows)):
            await reader.press("down")
        await reader.press("m")
        assert all(library.notebook.marks(a.id).read for a in articles[:2])
        await reader.press("enter")
        assert rows.has_focus
        assert rows.row_count == folded + 1
        await reader.press("enter")
        assert reader.main.article_view.has_focus
        await reader.press("escape", "z")
        assert reader.listed == every


async def test_n_goes_through_folded_stories_too(
    library: Library, start: Start, articles: Articles
) -> None:
    library.stories.update()
    library.stories.put_into([articles[0].id], articles[1].id)
    library.notebook.mark(library.ids(Query()), read=True)
    library.notebook.mark([articles[0].id], read=False)
    async with start(library) as reader:
        await reader.press("end", "z", "n")
        rows = reader.main.article_list
        assert articles[0].id in members(rows)
