"""What the main screen does with stories: into one, out of one, and their comparison."""

from reader.model import ArticleId
from reader.tui.screens.acting import Acting
from reader.tui.screens.understanding import Understanding


class InStories(Acting, Understanding):
    """The part of the main screen that changes stories and opens their comparison."""

    def action_take_out(self) -> None:
        """Take articles out of their stories."""
        ids = self.targets()
        self.change(lambda: self.library.stories.take_out(ids), "This is in no story.")
        self.drop_marked()
        self.reload()

    def action_merge(self) -> None:
        """Put the marked articles into the story of the one under the cursor."""
        row = self.article_list.current
        ids = [i for i in self.article_list.marked if row is not None and i != row.id]
        if row is None or row.story is None or not ids:
            self.say("Mark articles with Space, go to one of the story, then M puts them together.")
            return
        story = row.story
        self.change(lambda: self.library.stories.put_into(ids, story))
        self.drop_marked()
        self.reload()

    def open_comparison(self, ids: list[ArticleId], story: int | None = None) -> None:
        """Open the comparison of these reports, which may be a story's."""
        from reader.tui.screens.compare import CompareScreen  # noqa: PLC0415 - not needed to start

        self.keep_position()
        self.app.push_screen(CompareScreen(ids, story))
