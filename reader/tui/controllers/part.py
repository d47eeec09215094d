"""What the parts of screens have in common."""

from reader.library import Library, Notebook
from reader.tui.context import Context
from reader.tui.host import Host
from reader.tui.jobs import Jobs


class Part:
    """A part of a screen. It knows its host, touches no widget, and calls no other part."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @property
    def context(self) -> Context:
        """What the app shares with its screens."""
        return self.host.context

    @property
    def library(self) -> Library:
        """The library that is read."""
        return self.host.context.library

    @property
    def notebook(self) -> Notebook:
        """The reader's own work."""
        return self.host.context.library.notebook

    @property
    def jobs(self) -> Jobs:
        """The worker processes."""
        return self.host.context.jobs
