"""What a comparison is of: a story's reports, compared in the background, and followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.message import Message
from textual.timer import Timer

from reader.errors import NotFoundError
from reader.model import Article, ArticleId, Comparison
from reader.text.hygiene import shown_line
from reader.tui.background import cancelled
from reader.tui.comparing.reports import Reports
from reader.tui.controllers.changes import Changes
from reader.tui.controllers.part import Part
from reader.tui.host import Host

PROGRESS_POLL_SECONDS = 0.15


@dataclass
class ComparisonReady(Message):
    """The reports were compared, for the first time or again."""


@dataclass
class ComparisonPending(Message):
    """There is no comparison yet: how far it is, or why there is none."""

    text: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A comparison, and what it was asked for."""

    ids: list[ArticleId]
    comparison: Comparison
    articles: list[Article]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Members:
    ids: list[ArticleId]
    changed: bool
    """Whether one of them has another text than the one compared."""


class ComparedStory(Part):
    """The reports that are compared; of a story, or chosen by the reader."""

    def __init__(
        self, host: Host, changes: Changes, ids: Sequence[ArticleId], story: int | None
    ) -> None:
        """`ids` begins with the report that the comparison was opened from."""
        super().__init__(host)
        self._changes = changes
        self._ids = list(dict.fromkeys(ids))
        self.story = story
        self.reports: Reports | None = None
        self.articles: list[Article] = []
        self.beyond = 0
        """How many reports are not compared because there are too many."""
        self._left_out: list[ArticleId] = []
        """What was left out of a comparison that is no story's, the last one last."""
        self._progress_file: Path | None = None
        self._poll: Timer | None = None

    # Comparing

    def compare(self) -> None:
        """Compare in a worker process, or take a known result; the old comparison stays shown."""
        ids = list(self._ids)
        self.host.set_busy("comparing")
        if self._poll is None:
            self._poll = self.host.set_interval(PROGRESS_POLL_SECONDS, self._look)
        self.host.run(
            lambda: self._compare(ids), self._compared, group="compare", failed=self._failed
        )

    def _compare(self, ids: list[ArticleId]) -> _Found:
        from reader.briefing import (  # noqa: PLC0415 - not needed to start
            compare_telling,
            keep_comparison,
            known_comparison,
            newest,
            with_left_out,
        )
        from reader.briefing.encoders import chosen  # noqa: PLC0415 - as above

        choice = newest(self.library, ids)
        articles, folder = self.library.articles(choice.compared), self.library.folder
        encoder, read_only = chosen(self.context.settings), self.library.read_only
        comparison = known_comparison(folder, articles, encoder)
        if comparison is None:
            with TemporaryDirectory(prefix="reader-") as place:
                self._progress_file = Path(place) / "share"
                comparison = self.jobs.run(
                    cancelled,
                    compare_telling,
                    articles,
                    self._progress_file,
                    encoder,
                    folder,
                    read_only=read_only,
                )
            if not read_only:
                keep_comparison(folder, articles, comparison, encoder)
        return _Found(ids, with_left_out(comparison, choice), articles, len(choice.left_out))

    def _look(self) -> None:
        from reader.briefing import share_done  # noqa: PLC0415 - not needed to start

        if self._progress_file is None:
            return
        share = share_done(self._progress_file)
        self.host.set_busy(f"comparing, {share:.0%}")
        if self.reports is None:
            filled = round(share * 20)
            bar = "━" * filled + "─" * (20 - filled)
            text = f"The reports are being compared  {bar}  {share:.0%}"
            self.host.post_message(ComparisonPending(text))

    def _stop_looking(self) -> None:
        if self._poll is not None:
            self._poll.stop()
        self._poll = self._progress_file = None
        self.host.set_busy("")

    def _failed(self, reason: str) -> None:
        self._stop_looking()
        if self.reports is None:
            self.host.post_message(ComparisonPending(reason))
        self.host.say(reason, "error")

    def _compared(self, found: _Found) -> None:
        self._stop_looking()
        if found.ids != self._ids:
            return  # the story has changed since
        self.articles, self.beyond = found.articles, found.left_out
        self.reports = Reports(found.comparison)
        self.host.post_message(ComparisonReady())

    # The story

    def follow(self) -> None:
        """Look in the background whether the story has other reports, or other texts, by now."""
        if self.reports is None:
            return
        compared = {article.id: article.revision for article in self.articles}
        ids, story = list(self._ids), self.story

        def work() -> _Members:
            now = ids if story is None else self._members(story)
            found = [id_ for id_ in ids if id_ in now] + [id_ for id_ in now if id_ not in ids]
            revisions = {id_: self.library.row(id_).revision for id_ in found if id_ in compared}
            changed = any(compared[id_] != revision for id_, revision in revisions.items())
            return _Members(found, changed)

        self.host.run(work, self._followed, group="story")

    def _members(self, story: int) -> list[ArticleId]:
        try:
            return list(self.library.stories.story(story).articles)
        except NotFoundError:
            return []

    def _followed(self, members: _Members) -> None:
        if len(members.ids) < 2:
            self.host.say("The story has fewer than two reports now; u takes the last change back.")
        elif members.ids != self._ids or members.changed:
            self._ids = members.ids
            self.compare()

    # Correcting it

    def take_out(self, ids: Sequence[ArticleId]) -> None:
        """Take reports out of the story, or leave them out of a comparison that is no story's."""
        if not ids or self.reports is None:
            return
        name = shown_line(self.reports.names[self.reports.number[ids[0]]])
        if self.story is not None:
            self._changes.make(lambda: self.library.stories.take_out(ids))
        elif len(self._ids) <= 2:
            self.host.say("A comparison needs two reports.")
        else:
            self._left_out += [id_ for id_ in self._ids if id_ in ids]
            self._ids = [id_ for id_ in self._ids if id_ not in ids]
            self.host.say(f"{name} is left out of this comparison. u brings it back.")
            self.compare()

    def bring_back(self) -> bool:
        """Compare again the report that was left out last; False if none was since a change."""
        if not self._left_out:
            return False
        self._ids.append(self._left_out.pop())
        self.host.say("Undone: the report is compared again.")
        self.compare()
        return True

    def forget_left_out(self) -> None:
        """Called when something was changed: that is what u undoes from now on."""
        self._left_out.clear()

    def choose_merge(self, leading: Sequence[ArticleId]) -> None:
        """Ask for a report that belongs to the story too."""
        from reader.tui.dialogs.merge_story import MergeDialog  # noqa: PLC0415 - seldom needed

        if self.reports is not None:
            dialog = MergeDialog(self.library, self._ids, self.context.now)
            self.host.ask(dialog, lambda chosen: self._merge(chosen, leading))

    def _merge(self, chosen: ArticleId | None, leading: Sequence[ArticleId]) -> None:
        if chosen is None:
            return
        story, stories = self.story, self.library.stories
        other = self.library.row(chosen).story
        if story is None:
            # what is compared is no story: the report under the cursor joins the chosen one's
            joining = [id_ for id_ in leading if id_ != chosen]
            self._ids.append(chosen)
            into = chosen if other is None else other
            self._changes.make(lambda: stories.put_into(joining, into))
            self.compare()
        elif other is None or other == story:
            self._changes.make(lambda: stories.put_into([chosen], story))
        else:
            self._changes.make(lambda: stories.merge(other, story))
