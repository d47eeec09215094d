"""What keeps a library in order: checking, mending, backing up, restoring."""

import contextlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from reader.annotate.anchor import anchor
from reader.errors import DamagedError, NotFoundError
from reader.library import backup, doctor, unclear
from reader.library.archive import Archive
from reader.library.backup import Manifest
from reader.library.files import free_name
from reader.library.mirror import Mirror
from reader.library.notebook import Notebook
from reader.library.restoring import Restored, Restoring
from reader.library.store import LOOK, JournalStorage
from reader.model import Annotation, ArticleId, Selector

TRIES = 3
"""So often is looked whether lists and notebook differ: another may be just writing."""

AnchorAgain = Callable[[Iterable[ArticleId]], None]


class Repaired(NamedTuple):
    """What a repair leaves."""

    kept: Path
    """The backup of what was there before."""
    wrong: list[str]
    """What is still wrong."""


class Upkeep:
    """The care for one library; see `Library` for who may call what."""

    def __init__(
        self,
        archive: Archive,
        storage: JournalStorage,
        mirror: Mirror,
        notebook: Notebook,
        anchor_again: AnchorAgain,
    ) -> None:
        """Stand on all that a library keeps, and on what finds the places of notes again."""
        self._archive = archive
        self._storage = storage
        self._mirror = mirror
        self._notebook = notebook
        self._anchor_again = anchor_again
        self.restoring = Restoring(archive, storage, mirror)

    # Checking and mending

    def check(self, *, thorough: bool = False) -> list[str]:
        """Return what is wrong with the library, a sentence each; nothing where all is well.

        Thoroughly, every text is read and compared with the index: a minute for 100,000.
        """
        self._notebook.settle()
        faults = doctor.archive_faults(self._archive, thorough=thorough)
        if odd := unclear.documents(self._storage.everything()):
            what = ("entry of the notebook", "entries of the notebook")
            return [*faults, doctor.counted(len(odd), *what, end=" cannot be understood")]
        try:
            faults += self._mirror_faults()
            lost = self._misplaced()
        except DamagedError as error:  # as a rule it was said already, better
            return faults or [str(error)]
        what = ("note does not stand at its words", "notes do not stand at their words")
        return [*faults, doctor.counted(len(lost), *what)] if lost else faults

    def _mirror_faults(self) -> list[str]:
        """Return in what lists and notebook differ, once others' newest changes are in both."""
        faults: list[str] = []
        for _ in range(TRIES):
            self._storage.look()
            self._mirror.follow_up()
            faults = doctor.mirror_faults(self._archive, self._storage.everything())
            if not faults:
                break
            time.sleep(LOOK)
        return faults

    def broken(self) -> bool:
        """Tell whether the archive must be made anew by `salvage.rescue`, with nobody at it."""
        return doctor.broken(self._archive)

    def repair(self) -> Repaired:
        """Mend what can be made again: counts, index, mirror, anchors; a backup is made before.

        The notebook and the texts are what is true. A document of the notebook that cannot be
        understood is moved to a table of its own, where it harms nobody.
        """
        kept = free_name(self._archive.path.parent, "before-repair", ".zip")
        backup.write(self._archive, self._storage, kept)
        self._storage.submit(unclear.put_aside(self._storage.everything()))
        doctor.mend(self._archive)
        self._mirror.rebuild()
        self._anchor_again(annotation.article for annotation in self._misplaced())
        self._notebook.flush()
        return Repaired(kept, self.check(thorough=True))

    def _misplaced(self) -> list[Annotation]:
        """Return the annotations that could stand elsewhere in the newest text than they say."""
        found = []
        for annotation in self._notebook.annotations():
            if annotation.selector is None:
                continue
            with contextlib.suppress(NotFoundError, DamagedError):
                text = self._archive.article(annotation.article).text
                if _misplaced(annotation, annotation.selector, text):
                    found.append(annotation)
        return found

    # Backups

    def back_up(self, target: Path, *, own_work: bool = False, force: bool = False) -> Manifest:
        """Write the library, or only the reader's own work, into one file; see `backup.write`."""
        return backup.write(self._archive, self._storage, target, own_work=own_work, force=force)

    def restore(self, file: Path) -> Restored:
        """Make the library what a backup says; see `Restoring.restore`."""
        return self.restoring.restore(file)


def _misplaced(annotation: Annotation, selector: Selector, text: str) -> bool:
    if annotation.orphaned:
        return anchor(selector, text) is not None
    return text[selector.start : selector.end] != selector.exact
