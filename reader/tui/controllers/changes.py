"""Making a change to the reader's own work: it is made, said, and shown."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from reader.errors import ReaderError, ReadOnlyError
from reader.library import Change
from reader.model import ArticleId
from reader.tui.controllers.part import Part


@dataclass
class ArticlesChanged(Message):
    """The reader's work on these articles changed, by a command of this screen."""

    articles: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    change: Change | None


class Changes(Part):
    """Makes changes, at once or in the background."""

    def make(
        self, make: Callable[[], Change | None], otherwise: str = "", *, many: bool = False
    ) -> None:
        """Make a change and say it; say `otherwise` if there was nothing to change.

        `many` says that it takes long, so that it is made in the background. The screen gets
        `ArticlesChanged`.
        """
        if many:
            self.host.run(
                lambda: _Made(make()),
                lambda made: self._made(made.change, otherwise),
                group="change",
                exclusive=False,
                awaited=True,
            )
            return
        try:
            change = make()
        except ReadOnlyError as error:
            self.host.say(str(error), "warning")
        except ReaderError as error:
            self.host.say(str(error), "error")
        else:
            self._made(change, otherwise)

    def _made(self, change: Change | None, otherwise: str) -> None:
        if change is None or not change.text:
            if otherwise:
                self.host.say(otherwise)
            return
        self.host.say(f"{change.text[:1].upper()}{change.text[1:]}.")
        self.host.post_message(ArticlesChanged(change.articles))
