"""Which panes of the stories' screen can be seen, and which of them has the focus."""

from reader.tui.screens.paned import Paned
from reader.tui.screens.stories_list import StoriesList
from reader.tui.widgets.story_list import StoryHead
from reader.tui.widgets.story_pane import StoryPane

BESIDE = 132
"""From so many columns on the story stands beside the list, below that under it."""
ONE = (64, 18)
"""With fewer columns or lines one pane is shown at a time."""


class StoriesPanes(Paned, StoriesList):
    """The part of the stories' screen that arranges its panes."""

    @property
    def story_pane(self) -> StoryPane:
        """The pane of the story under the cursor."""
        return self.query_one(StoryPane)

    def focused_pane(self) -> str:
        """Return whose keys apply: "stories" in the list, "story" beside it."""
        # not has_focus, which follows a moment later
        return "story" if self.focused in {self.story_pane, self.summary_pane} else "stories"

    def arrange_panes(self) -> None:
        """Show the panes as they should be for this size and focus."""
        width, height = self.size
        alone = self.maximised or width < ONE[0] or height < ONE[1]
        side = self.focused_pane() == "story"
        self.query_one("#stories-list-pane").display = not (alone and side)
        self.query_one("#stories-side").display = side or not alone
        self.set_class(width >= BESIDE, "-beside")
        self.set_class(alone, "-one")
        self.summary_pane.display = self.summary_on
        self.query_one(StoryHead).refresh()

    def action_search(self) -> None:
        """Open the line in which one searches, above the list."""
        super().action_search()
        self.arrange_panes()

    def step_pane(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) pane."""
        panes = [
            self.story_list,
            *([self.summary_pane] if self.summary_on else []),
            self.story_pane,
        ]
        now = next((n for n, pane in enumerate(panes) if pane.has_focus), 0)
        wanted = panes[(now + step) % len(panes)]
        self.query_one("#stories-side").display = True
        self.query_one("#stories-list-pane").display = True
        wanted.focus()
