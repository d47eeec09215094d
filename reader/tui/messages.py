"""What work in the background sends to the screen or the app that asked for it."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message


@dataclass
class Failed(Message):
    """Work in the background failed, and why, in one sentence."""

    reason: str


@dataclass
class Finished(Message):
    """Work in the background is done; what follows is called on the screen."""

    then: Callable[[], object]
