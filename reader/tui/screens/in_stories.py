"""What the main screen does with stories: into one, out of one, all of them, their comparison."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from reader.errors import NotFoundError
from reader.model import ArticleId, NewSince
from reader.tui.screens.correcting import Correcting
from reader.tui.screens.desk import while_there
from reader.tui.screens.stories_news import FindingNews
from reader.tui.screens.understanding import Understanding
from reader.tui.storypages import report_told

if TYPE_CHECKING:
    from reader.tui.screens.stories import StoriesScreen


class InStories(Correcting, FindingNews, Understanding):
    """The part of the main screen that changes stories and opens what shows them."""

    _stories: "StoriesScreen | None" = None
    _from_stories: ArticleId | None = None
    """The report that was opened from the stories: Esc leads back to them."""

    @dataclass
    class ReportNews(Message):
        """What a report says that no report of its story read before has said."""

        article: ArticleId
        news: NewSince

    def action_take_out(self) -> None:
        """Take articles out of their stories."""
        self.take_out(self.targets())
        self.drop_marked()
        self.reload()

    def action_merge(self) -> None:
        """Put the marked articles into this row's story, or this row's into one to choose."""
        row = self.article_list.current
        marked = [] if self.is_reading() else list(self.article_list.marked)
        others = [id_ for id_ in marked if row is not None and id_ != row.id]
        if row is not None and others:
            self.join(others, row.id)
            self.drop_marked()
            self.reload()
        elif ids := self.targets():
            folded = self.article_list.listing.fold(ids[0]) if len(ids) > 1 else None
            self.choose_story(ids, folded.story if folded else None)

    def open_comparison(self, ids: list[ArticleId], story: int | None = None) -> None:
        """Open the comparison of these reports, which may be a story's."""
        from reader.tui.screens.compare import CompareScreen  # noqa: PLC0415 - not needed to start

        self.keep_position()
        self.app.push_screen(CompareScreen(ids, story))

    # The view of stories

    def action_stories(self) -> None:
        """Show the stories, at the place where one left them."""
        from reader.tui.screens.stories import StoriesScreen  # noqa: PLC0415 - not needed to start

        self.keep_position()
        self._from_stories = None
        if self._stories is None:
            self._stories = StoriesScreen(self.read_from_stories)
            self.app.install_screen(self._stories, "stories")
        self.app.push_screen("stories")

    def read_from_stories(self, id: ArticleId, place: int | None = None) -> None:
        """Read a report; Esc leads back to the stories."""
        self._from_stories = id
        self.open_article(id, place)

    def back_to_stories(self) -> bool:
        """Go back to the stories where the report that is read was opened there."""
        shown = self.article_view.article
        from_stories = shown is not None and shown.id == self._from_stories
        self._from_stories = None
        if from_stories:
            self.action_stories()
        return from_stories

    # New since you read

    def article_changed(self) -> None:
        """Take note that another article is shown: what is new in it is wanted."""
        super().article_changed()
        article = self.article_view.article
        if article is not None and not self.article_view.marks.read:
            self._look_for_news(article.id)

    def _look_for_news(self, id_: ArticleId) -> None:
        def work() -> Message | None:
            number = self.library.row(id_).story
            with suppress(NotFoundError):  # a story of one report is none
                if number is not None:
                    story = self.library.stories.story(number)
                    return self.ReportNews(id_, self.find_news(story, opened=id_))
            return None

        self.in_background(work, group="news")

    @on(ReportNews)
    @while_there
    def _report_news(self, event: ReportNews) -> None:
        view = self.article_view
        if view.article is not None and view.article.id == event.article in event.news.new:
            places = event.news.places(event.article)
            view.show_new(report_told(len(places)), places)
