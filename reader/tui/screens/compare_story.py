"""What a comparison is of: the story's reports, compared in the background, and kept."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from textual import on
from textual.message import Message
from textual.timer import Timer

from reader.errors import NotFoundError
from reader.library import Change
from reader.model import Article, ArticleId, Comparison
from reader.text.hygiene import shown_line
from reader.tui.background import cancelled
from reader.tui.comparing.reports import Reports
from reader.tui.screens.acting import Acting
from reader.tui.screens.desk import while_there
from reader.tui.screens.summarising import Summarising

MOST_COMPARED = 20
_LOOK = 0.15


class StoryScreen(Acting, Summarising):
    """The part of the comparison that knows its reports and follows what becomes of the story."""

    @dataclass
    class Ready(Message):
        """The comparison, and the articles that it is about, in its order."""

        comparison: Comparison
        articles: list[Article]

    @dataclass
    class Members(Message):
        """Which reports the story has now; none where it is no story any more."""

        ids: list[ArticleId]
        changed: bool
        """Whether one of them has another text than the one compared."""

    def __init__(self, ids: Sequence[ArticleId], story: int | None = None) -> None:
        """Take the reports, that one first from which the comparison is begun, and their story."""
        super().__init__()
        self._ids = list(dict.fromkeys(ids))
        self._beyond = max(0, len(self._ids) - MOST_COMPARED)
        self.story = story
        self.reports: Reports | None = None
        self.articles: list[Article] = []
        self._left_out: list[ArticleId] = []
        """What was left out of a comparison that is no story's, the last one last."""
        self._sign: Path | None = None
        self._looking: Timer | None = None

    @property
    def comparison(self) -> Comparison | None:
        """The comparison that is shown, once there is one."""
        return self.reports.comparison if self.reports is not None else None

    @abstractmethod
    def comparison_changed(self) -> None:
        """Show another comparison, keeping the place."""

    @abstractmethod
    def tell_waiting(self, text: str) -> None:
        """Tell where there is no comparison yet how far it is."""

    # Comparing

    def compute(self) -> None:
        """Compare in a worker process, or take what is known; the old comparison stays shown."""
        from reader.briefing import (  # noqa: PLC0415 - not needed to start
            compare_telling,
            keep_comparison,
            known_comparison,
        )

        ids = self._ids[:MOST_COMPARED]
        self._beyond = len(self._ids) - len(ids)
        self.busy("comparing")
        if self._looking is None:
            self._looking = self.set_interval(_LOOK, self._look)

        def work() -> Message:
            articles = self.library.articles(ids)
            folder = self.library.folder
            comparison = known_comparison(folder, articles)
            if comparison is None:
                with TemporaryDirectory(prefix="reader-") as place:
                    self._sign = Path(place) / "share"
                    comparison = self.jobs.run(cancelled, compare_telling, articles, self._sign)
                if not self.library.read_only:
                    keep_comparison(folder, articles, comparison)
            return self.Ready(comparison, articles)

        self.in_background(work, group="compare")

    def _look(self) -> None:
        from reader.briefing import share_done  # noqa: PLC0415 - not needed to start

        if self._sign is None:
            return
        share = share_done(self._sign)
        self.busy(f"comparing, {share:.0%}")
        if self.reports is None:
            filled = round(share * 20)
            bar = "━" * filled + "─" * (20 - filled)
            self.tell_waiting(f"The reports are being compared  {bar}  {share:.0%}")

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.stop()
        self._looking = self._sign = None
        self.busy("")

    def failed(self, reason: str) -> None:
        """Tell what went wrong; nothing is being compared any more."""
        self._stop_looking()
        if self.reports is None:
            self.tell_waiting(reason)
        super().failed(reason)

    @on(Ready)
    @while_there
    def _ready(self, event: Ready) -> None:
        self._stop_looking()
        if len(event.articles) != len(self._ids[:MOST_COMPARED]):
            return  # the story has changed since
        self.articles = event.articles
        self.reports = Reports(event.comparison)
        self.comparison_changed()
        if self.summary_on:
            self.make_summary()

    @property
    def beyond(self) -> int:
        """How many reports of the story are not compared because there are too many."""
        return self._beyond

    # The story

    def follow_story(self) -> None:
        """Look in the background whether the story has other reports, or other texts, by now."""
        compared = {article.id: article.revision for article in self.articles}
        ids, story = list(self._ids), self.story

        def work() -> Message:
            now = ids if story is None else _members(self.library.stories.story, story)
            found = [id_ for id_ in ids if id_ in now] + [id_ for id_ in now if id_ not in ids]
            revisions = {id_: self.library.row(id_).revision for id_ in found if id_ in compared}
            changed = any(compared[id_] != revision for id_, revision in revisions.items())
            return self.Members(found, changed)

        self.in_background(work, group="story")

    @on(Members)
    @while_there
    def _members_found(self, event: Members) -> None:
        if len(event.ids) < 2:
            self.say("The story has fewer than two reports now; u takes the last change back.")
        elif event.ids != self._ids or event.changed:
            self._ids = event.ids
            self.compute()

    def library_changed(self) -> None:
        """Take note that something changed in the library, here or in another process."""
        if self.reports is not None:
            self.follow_story()

    def action_take_out(self) -> None:
        """Take the report that leads out of the story."""
        ids = self.targets()
        if not ids or self.reports is None:
            return
        name = shown_line(self.reports.names[self.reports.number[ids[0]]])
        if self.story is not None:
            self.change(lambda: self.library.stories.take_out(ids))
        elif len(self._ids) <= 2:
            self.say("A comparison needs two reports.")
        else:
            self._left_out += [id_ for id_ in self._ids if id_ in ids]
            self._ids = [id_ for id_ in self._ids if id_ not in ids]
            self.say(f"{name} is left out of this comparison; they are no story. u brings it back.")
            self.compute()

    def change(
        self, make: Callable[[], Change | None], otherwise: str = "", *, many: bool = False
    ) -> None:
        """Make a change and say it; from now on u takes this back."""
        self._left_out.clear()
        super().change(make, otherwise, many=many)

    def action_undo(self) -> None:
        """Take back what was done last: compare again what was just left out."""
        if not self._left_out:
            super().action_undo()
            return
        self._ids.append(self._left_out.pop())
        self.say("Undone: the report is compared again.")
        self.compute()

    def action_merge(self) -> None:
        """Choose a report that belongs to the story too."""
        from reader.tui.screens.compare_merge import MergeDialog  # noqa: PLC0415 - seldom needed

        if self.reports is not None:
            self.app.push_screen(MergeDialog(self.library, self._ids, self.reader.now), self._merge)

    def _merge(self, chosen: ArticleId | None) -> None:
        if chosen is None:
            return
        story, stories = self.story, self.library.stories
        other = self.library.row(chosen).story
        if story is None:
            # what is compared is no story: the report under the cursor joins the chosen one's
            lead = [id_ for id_ in self.targets() if id_ != chosen]
            self._ids.append(chosen)
            self.change(lambda: stories.put_into(lead, chosen if other is None else other))
            self.compute()
        elif other is None or other == story:
            self.change(lambda: stories.put_into([chosen], story))
        else:
            self.change(lambda: stories.merge(other, story))


def _members(story: object, number: int) -> list[ArticleId]:
    try:
        return list(story(number).articles)  # type: ignore[operator]
    except NotFoundError:
        return []
