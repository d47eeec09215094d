"""The stories: who reported what, what is new since one read, why these belong together."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.timer import Timer

from reader.errors import NotFoundError
from reader.model import Article, ArticleId, NewSince, Sentence, Story, SummarySentence
from reader.tui import commands, formats
from reader.tui.pages import article_page
from reader.tui.screens.correcting import Correcting
from reader.tui.screens.stories_list import ORDER_NAMES
from reader.tui.screens.stories_news import StoryNews
from reader.tui.screens.stories_panes import StoriesPanes
from reader.tui.storypages import story_page
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.rows import RowsView
from reader.tui.widgets.search_bar import SearchBar
from reader.tui.widgets.story_list import StoryHead, StoryList
from reader.tui.widgets.story_pane import StoryPane
from reader.tui.widgets.summary_pane import SummaryPane

SHOW_AFTER = 0.1
"""Seconds for which the cursor rests on a row before it is shown beside the list."""
MOST_SUMMARISED = 20


class StoriesScreen(StoriesPanes, StoryNews, Correcting):
    """The view of stories."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("main", "stories", "prose", "rows")
    BINDINGS: ClassVar = commands.bindings("stories")

    def __init__(self, read: Callable[[ArticleId, int | None], None] | None = None) -> None:
        """`read` opens a report in the main screen, at a place."""
        super().__init__()
        self._read = read
        self.news = {}
        self._timer: Timer | None = None
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Build the panes."""
        measure = self.reader.settings.measure
        yield HeaderBar("stories", id="header")
        with Horizontal(id="stories-panes"):
            with Vertical(id="stories-list-pane"):
                yield SearchBar(self.library.known, id="search-bar")
                yield StoryHead(id="stories-head")
                yield StoryList(now=self.reader.now, id="stories")
            with Container(id="stories-side"):
                yield SummaryPane(measure=measure, id="stories-summary")
                yield StoryPane(measure=measure, id="story")
        yield StatusBar(self.reader.keys_of, id="status")

    def on_mount(self) -> None:
        """Begin with the list."""
        self.summary_pane.display = False
        self.query_one(StoryHead).text = self.story_list.head
        self.story_list.focus()
        self.arrange_again()

    def on_screen_resume(self) -> None:
        """Show how the stories are now."""
        self.reload()

    def action_back(self) -> None:
        """Go back: to the list, out of a search, a story, a summary; to the articles."""
        if self.search_bar.display and self.leave_search():
            return
        if self.maximised:
            self.action_maximise()
        elif self.focused_pane() == "story":
            self.query_one("#stories-list-pane").display = True
            self.story_list.focus()
        elif self.summary_on:
            self.action_summary()
        elif self.story_list.opened is not None:
            self.action_fold()
        elif not self.leave_search():
            self.app.pop_screen()

    # What is shown

    def stories_shown(self) -> None:
        """Show where one is, what is beside the list, and look for what is new."""
        count = self.story_list.pages.count
        search = f"“{self.view.search.strip()}”" if self.view.search else ""
        parts = ["Stories", search, ORDER_NAMES[self.view.order]]
        right = formats.count(count, "story", "stories")
        if self.unread and not search:
            right = f"{self.unread:,} with unread of {count:,}"
        self.query_one(HeaderBar).tell(parts, right)
        self._rested()

    @on(RowsView.Moved)
    def _moved(self, event: RowsView.Moved) -> None:
        if event.rows is self.story_list and self.is_current:
            if self._timer is not None:
                self._timer.stop()
            self._timer = self.set_timer(SHOW_AFTER, self._rested)

    def on_screen_suspend(self) -> None:
        """Show nothing more that the cursor rested on."""
        if self._timer is not None:
            self._timer.stop()

    def _rested(self) -> None:
        seen = self.story_list.in_sight()
        for story in seen:
            self._tell_new(story, self.news_of(story))
        self.look_for_news(seen)
        self._show_row()

    def _show_row(self) -> None:
        """Show the story or the report under the cursor in the pane beside the list."""
        story, line = self.story_list.story, self.story_list.line
        with suppress(NotFoundError):  # it went a moment ago; the list without it is on its way
            if story is None:
                self._shown = ()
                self.story_pane.show_story([], None, anew=True)
            elif line is not None and not line.copies:
                self._show_report(story, line.report.id)
            else:
                self._show_story(story)

    def _show_story(self, story: Story) -> None:
        news = self.news_of(story)
        names = {}
        if news is not None:
            ids = {s.article for s in news.sentences}
            ids |= {span.article for s in news.sentences for span in s.also_in}
            names = {i: self.library.row(i).source for i in ids}
        page = story_page(
            story, self.story_list.outlets, self.sources, names=names, news=news,
            corrected=story.id in self.story_list.corrected,
        )  # fmt: skip
        anew = self._shown != ("story", story.id)
        self._shown = ("story", story.id)
        self.story_pane.show_story(page, news, anew=anew)
        if anew and self.summary_on:
            self.make_summary()

    def _show_report(self, story: Story, id_: ArticleId) -> None:
        marks = self.notebook.marks(id_)
        news = self.news_of(story)
        shown = ("report", id_, marks, news is not None)
        if shown == self._shown:
            return
        self._shown = shown
        article = self.library.article(id_)
        page = article_page(article, marks, self.notebook.annotations(id_))
        self.story_pane.show_report(page, list(news.places(id_)) if news else [])

    def news_found(self, story: Story, news: NewSince) -> None:
        """Show how many sentences of a story are new, and which."""
        self._tell_new(story, news)
        here = self.story_list.story
        if here is not None and here.id == story.id:
            self._show_row()

    def _tell_new(self, story: Story, news: NewSince | None) -> None:
        reports = {id_: len(news.places(id_)) for id_ in news.new} if news else {}
        self.story_list.tell_new(story.id, len(news.sentences) if news else 0, reports)

    # Opening

    @on(RowsView.Opened)
    def _opened_row(self, event: RowsView.Opened) -> None:
        del event
        story, line = self.story_list.story, self.story_list.line
        if story is None:
            return
        if line is None:
            opened = self.story_list.opened
            if opened is not None and opened.story.id == story.id:
                self.action_fold()
            else:
                self.show_reports(story.id)
        elif line.copies:
            self.show_reports(story.id, self.view.unfolded | {line.report.id})
        else:
            self.read(line.report.id)

    def read(self, id: ArticleId, place: int | None = None) -> None:
        """Read a report, from this place on; Esc leads back here."""
        self.app.pop_screen()
        if self._read is not None:
            self._read(id, place)

    @on(StoryPane.Entered)
    def _entered(self) -> None:
        if (line := self.story_list.line) is not None and not line.copies:
            self.read(line.report.id)

    @on(StoryPane.Chosen)
    def _sentence_chosen(self, event: StoryPane.Chosen) -> None:
        self.read(event.sentence.article, event.sentence.start)

    def action_next_unread(self) -> None:
        """Go to the next story with something unread."""
        self._step_unread(1)

    def action_previous_unread(self) -> None:
        """Go to the story before with something unread."""
        self._step_unread(-1)

    def _step_unread(self, step: int) -> None:
        rows = self.story_list
        at = rows.cursor + step
        while 0 <= at < rows.row_count:
            number, line = rows.place_of(at)
            if line is not None and rows.opened is not None:
                report = rows.opened.lines[line]
                unread = not report.copies and not report.report.marks.read
            else:
                story = rows.pages.row(number)
                unread = story is None or story.unread > 0
            if unread:
                rows.cursor = at
                return
            at += step
        self.say("No further story has anything unread.")

    # Understanding

    def action_compare(self) -> None:
        """Compare the story's reports, the one under the cursor first."""
        from reader.tui.screens.compare import CompareScreen  # noqa: PLC0415 - not needed to start

        story, line = self.story_list.story, self.story_list.line
        if story is not None:
            first = [line.report.id] if line is not None else []
            self.app.push_screen(CompareScreen([*first, *story.articles], story.id))

    def action_summary(self) -> None:
        """Show or hide the summary of the story."""
        if self.summary_on and self.summary_pane.has_focus:
            self.story_list.focus()
        self.summary_on = not self.summary_on
        self.arrange_again()
        if self.summary_on:
            if not self.query_one("#stories-side").display:
                self.step_pane(1)
            self.make_summary()

    def summary_ids(self) -> tuple[ArticleId, ...]:
        """Return the reports of the story under the cursor."""
        story = self.story_list.story
        return story.articles[:MOST_SUMMARISED] if story is not None else ()

    def summary_shown(self) -> None:
        """Give the summary the room that it needs, and never more than two thirds."""
        pane = self.summary_pane
        room = self.query_one("#stories-side").size.height or self.size.height - 2
        pane.styles.height = max(4, min(pane.line_count() + 2, room * 2 // 3))

    def jump_to(self, sentence: SummarySentence) -> None:
        """Read the report from a sentence of the summary on."""
        self.read(sentence.article, sentence.start)

    # The reader's own work

    def targets(self) -> list[ArticleId]:
        """Return the story's reports, or the report (or the copies) under the cursor."""
        story, line = self.story_list.story, self.story_list.line
        if line is not None:
            return list(line.articles)
        return list(story.articles) if story is not None else []

    def reading(self) -> tuple[Article, Sentence | None] | None:
        """Return the report under the cursor; None on a story."""
        line = self.story_list.line
        return (self.library.article(line.report.id), None) if line is not None else None

    def address(self) -> str | None:
        """Return the address of the report under the cursor."""
        line = self.story_list.line
        return line.report.url if line is not None else None

    def show_change(self, ids: Sequence[ArticleId]) -> None:
        """Show what changed."""
        del ids
        self._shown = ()
        self.reload()

    def library_changed(self) -> None:
        """Take note that something changed in the library, here or in another process."""
        self.reload()

    def action_take_out(self) -> None:
        """Take the report under the cursor out of the story."""
        line = self.story_list.line
        if line is None:
            self.say("Enter shows the story's reports; x takes the one under the cursor out.")
        else:
            self.take_out(line.articles)

    def action_merge(self) -> None:
        """Put the report under the cursor, or all of the story, into a story to be chosen."""
        story, line = self.story_list.story, self.story_list.line
        if story is not None:
            whole = line is None
            self.choose_story(
                story.articles if whole else self.targets(), story.id if whole else None
            )

    def action_export(self) -> None:
        """Write the story's reports, or the one under the cursor, as Markdown into a file."""
        from reader.tui.dialogs.export import (  # noqa: PLC0415 - not needed to start
            ExportDialog,
            of_articles,
        )

        if ids := self.targets():
            wanted = of_articles(self.library, ids)
            self.app.push_screen(
                ExportDialog(wanted), lambda told: self.say(told) if told else None
            )

    def makes_sense(self, action: str) -> bool:
        """Return True if a command makes sense now."""
        need = "summary" if action == "summary_length" else commands.NEEDS.get(action)
        if need == "summary":
            return self.summary_on
        if need == "article":
            return self.story_list.pages.count > 0
        return True
