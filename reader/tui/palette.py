"""The palette: every command of the registry that makes sense now, by its name."""

from collections.abc import Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode

from reader.tui import commands
from reader.tui.commands import COMMANDS, Command, shown_keys
from reader.tui.screens.base import LibraryScreen


class CommandProvider(Provider):
    """Finds commands by name and by what they do."""

    def _offered(self) -> list[tuple[Command, Callable[[], object]]]:
        pane = getattr(self.screen, "focused_pane", lambda: "")()
        here = {command.id for command in commands.for_focus(str(pane))}
        chosen = [c for c in COMMANDS if c.id in here and c.group != commands.MOVING]
        return [(c, partial(self._do, c)) for c in chosen if self._owner(c) is not None]

    def _owner(self, command: Command) -> DOMNode | None:
        """Return who runs a command now: the screen, the widget with the focus, or the app."""
        if isinstance(self.screen, LibraryScreen) and self.screen.check_action("do", (command.id,)):
            return self.screen
        for node in (self.focused, self.app):
            if node is not None and hasattr(node, f"action_{commands.action_name(command)}"):
                return node
        return None

    async def _do(self, command: Command) -> None:
        if (owner := self._owner(command)) is self.screen:
            await self.app.run_action(f"do('{command.id}')", owner)
        elif owner is not None:
            await self.app.run_action(command.action, owner)

    def _shown(self, command: Command, title: Content) -> Content:
        keys_of = getattr(self.app, "keys_of", lambda c: c.keys)
        return Content.assemble(title, ("  " + shown_keys(keys_of(command)), "dim"))

    async def discover(self) -> Hits:
        """Offer all commands."""
        for command, do in self._offered():
            title = self._shown(command, Content(command.title))
            yield DiscoveryHit(title, do, text=command.title, help=command.tooltip)

    async def search(self, query: str) -> Hits:
        """Offer the commands that fit what was typed."""
        matcher = self.matcher(query)
        for command, do in self._offered():
            score = max(matcher.match(command.title), matcher.match(command.tooltip) * 0.8)
            if score > 0:
                title = self._shown(command, Content(command.title))
                yield Hit(score, title, do, text=command.title, help=command.tooltip)
