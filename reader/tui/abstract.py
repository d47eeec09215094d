"""Classes of Textual that leave methods to their subclasses."""

from abc import ABCMeta

from textual.message_pump import _MessagePumpMeta


class Abstract(ABCMeta, _MessagePumpMeta):
    """The type of a screen or widget with abstract methods: such a one cannot be made.

    Textual's classes have a type of their own, so that they cannot derive from ABC itself.
    """
