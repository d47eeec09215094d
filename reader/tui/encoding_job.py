"""Encoding in a worker process: what a comparison will ask for is there before it is opened."""

import multiprocessing
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.briefing.encoders import EncoderChoice
    from reader.config import Settings
    from reader.library import Library
    from reader.tui.jobs import Jobs

PIECE_SECONDS = 5.0
"""Seconds for which a worker process encodes before it is asked again."""
REST_SECONDS = 0.2
"""Seconds between two looks at whether the library has changed."""
_NICE = 15


def encode_piece(library: Path, choice: "EncoderChoice") -> bool:
    """Encode the sentences of a library's newest stories for a while; True if some are left."""
    from reader.briefing.encoding import encode_stories  # noqa: PLC0415 - in the worker process only
    from reader.library import Library  # noqa: PLC0415 - as above

    if multiprocessing.parent_process() is not None:
        os.nice(max(0, _NICE - os.nice(0)))
    with Library.open(library, create=False) as opened:
        return encode_stories(opened, choice, PIECE_SECONDS)


def keep_encoding(
    jobs: "Jobs",
    library: "Library",
    settings: "Settings",
    leaving: threading.Event,
    changed: threading.Event,
) -> str:
    """Encode whenever the library has changed, in a process of its own, until the reader is left.

    Returns why no sentences are encoded, one sentence; raises CancelledError when the reader is
    left. Call it from a thread. A process that is ended in the middle of it loses a few sentences,
    which come the next time.
    """
    from reader.briefing.encoders import chosen  # noqa: PLC0415 - not needed to start
    from reader.tui.jobs import CancelledError  # noqa: PLC0415 - loaded already

    choice = chosen(settings)
    while choice is not None and not library.read_only:
        changed.clear()
        own = jobs.alone()
        try:
            while own.run(leaving.is_set, encode_piece, library.folder, choice):
                pass
        except ReaderError as error:
            return str(error)
        finally:
            own.close()
        while not changed.is_set():
            if leaving.wait(REST_SECONDS):
                raise CancelledError
    return "No sentences are encoded: the library is open for reading only."
