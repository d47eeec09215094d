"""Correcting stories: reports are taken out of one, put into one, two become one."""

from collections.abc import Sequence

from reader.model import ArticleId
from reader.tui.controllers.changes import Changes
from reader.tui.controllers.part import Part
from reader.tui.host import Host


class StoryCorrections(Part):
    """Takes reports out of stories and puts them into others."""

    def __init__(self, host: Host, changes: Changes) -> None:
        super().__init__(host)
        self._changes = changes

    def take_out(self, ids: Sequence[ArticleId]) -> None:
        """Take reports out of their stories; one that is in no story will never join one."""
        self._changes.make(
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
        dialog = MergeDialog(self.library, ids, self.context.now, heading=what)
        self.host.ask(dialog, chosen)

    def join(self, ids: Sequence[ArticleId], other: ArticleId, story: int | None = None) -> None:
        """Put these (with `story`: all of that story) into the story of the other report."""
        stories = self.library.stories
        into = self.library.row(other).story
        if story is None:
            self._changes.make(lambda: stories.put_into(ids, other if into is None else into))
        elif into is None:
            self._changes.make(lambda: stories.put_into([other], story))
        else:
            self._changes.make(lambda: stories.merge(story, into))
