"""Errors that are told to the reader: each is one clear sentence (what, where, what to do)."""


class ReaderError(Exception):
    """Something that went wrong and can be said in one sentence to the person at the keyboard.

    `str(error)` is the sentence; the faces print it as it is, after display hygiene.
    """


class InputError(ReaderError):
    """Something given from outside (a file, a line, an address) cannot be used."""

    def __init__(self, where: str, reason: str) -> None:
        """Take what was given (a path, "FILE, line 3", "-") and the reason, one sentence."""
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class UsageError(ReaderError):
    """What was asked for makes no sense as asked (exit status 2 on the command line)."""


class NotFoundError(ReaderError):
    """An article, a story or a quote that was named is not there, or not only once."""


class LibraryError(ReaderError):
    """The library cannot be opened, read or written."""


class ReadOnlyError(LibraryError):
    """The library may be read but not written (a newer format, or no permission)."""


class DamagedError(LibraryError):
    """A file of the library cannot be understood; `reader doctor --repair` may help."""


class BusyError(LibraryError):
    """Another process is at something that only one can do at a time."""


class EncoderError(ReaderError):
    """The sentence encoder that the configuration names cannot be used."""


class QueryError(ReaderError):
    """A search query that cannot be understood.

    `position` is the offset in the query, in code points, where something else was expected.
    """

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position
