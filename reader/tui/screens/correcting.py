"""Correcting stories: out of one, into one, two into one. For any screen that shows reports."""

from collections.abc import Sequence

from reader.model import ArticleId
from reader.tui.screens.acting import Acting


class Correcting(Acting):
    """The part of a screen that takes reports out of stories and puts them into others."""

    def take_out(self, ids: Sequence[ArticleId]) -> None:
        """Take reports out of their stories; what is in none never joins one."""
        self.change(
            lambda: self.library.stories.take_out(ids),
            "This was taken out before, and stays out; M puts it into a story.",
        )

    def choose_story(self, ids: Sequence[ArticleId], story: int | None = None) -> None:
        """Ask for a report; into its story go these, or with `story` all of that story."""
        from reader.tui.dialogs.merge_story import MergeDialog  # noqa: PLC0415 - seldom needed

        def chosen(other: ArticleId | None) -> None:
            if other is not None:
                self.join(ids, other, story)

        what = "Merge the story into another" if story is not None else "Put this into a story"
        dialog = MergeDialog(self.library, ids, self.reader.now, heading=what)
        self.app.push_screen(dialog, chosen)

    def join(self, ids: Sequence[ArticleId], other: ArticleId, story: int | None = None) -> None:
        """Put these (with `story`: all of that story) into the story of the other report."""
        stories = self.library.stories
        into = self.library.row(other).story
        if story is None:
            self.change(lambda: stories.put_into(ids, other if into is None else into))
        elif into is None:
            self.change(lambda: stories.put_into([other], story))
        else:
            self.change(lambda: stories.merge(story, into))
