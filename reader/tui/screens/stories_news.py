"""What is new in the stories on the screen: found one after the other in a worker process."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.model import Article, ArticleId, NewSentence, NewSince, Story
from reader.tui.background import cancelled
from reader.tui.screens.desk import Desk, while_there


class FindingNews(Desk):
    """A screen that can find what is new in a story."""

    def find_news(self, story: Story, opened: ArticleId | None = None) -> NewSince:
        """Return what is new in a story; to be called in the background."""
        from reader.briefing import find_unsaid, new_since  # noqa: PLC0415 - not needed to start

        def find(
            articles: Sequence[Article], read: tuple[ArticleId, ...]
        ) -> tuple[NewSentence, ...]:
            return self.jobs.run(cancelled, find_unsaid, articles, read)

        return new_since(self.library, story, opened=opened, find=find)


class StoryNews(FindingNews):
    """The part of a screen that knows what no report that one has read has said."""

    news: dict[tuple[int, int, tuple[ArticleId, ...]], NewSince]
    """By story, how many of its reports are unread, and which reports it has."""

    @dataclass
    class NewsReady(Message):
        """What is new in a story."""

        story: Story
        news: NewSince

    @abstractmethod
    def news_found(self, story: Story, news: NewSince) -> None:
        """Take note of what is new in a story."""

    def news_of(self, story: Story) -> NewSince | None:
        """Return what is new in a story, where it is known already."""
        return self.news.get(_key(story))

    def look_for_news(self, stories: Iterable[Story]) -> None:
        """Find what is new in those of these stories of which some reports are read, not all."""
        wanted = [s for s in stories if 0 < s.unread < len(s.articles) and _key(s) not in self.news]
        if not wanted:
            return

        def work() -> None:
            for story in wanted:
                if cancelled():
                    return
                self.post_message(self.NewsReady(story, self.find_news(story)))

        self.in_background(work, group="news")

    @on(NewsReady)
    @while_there
    def _news_ready(self, event: NewsReady) -> None:
        self.news[_key(event.story)] = event.news
        self.news_found(event.story, event.news)


def _key(story: Story) -> tuple[int, int, tuple[ArticleId, ...]]:
    return story.id, story.unread, story.articles
