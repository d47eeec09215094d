"""Which reports of a story are compared when it has too many: the newest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.library import Library
from reader.model import ArticleId, ArticleRow, Comparison

MOST_COMPARED = 20
"""So many reports at most are compared at once."""
_NAMED = 12
"""So many reports that are left out are named."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The reports that are compared, in the order given, and those that are left out."""

    compared: tuple[ArticleId, ...]
    left_out: tuple[ArticleRow, ...] = ()
    """The newest first."""
    first_is_older: bool = False
    """Whether the first of those compared is older than one that is left out."""


def newest(library: Library, ids: Sequence[ArticleId], most: int = MOST_COMPARED) -> Chosen:
    """Return the newest of these reports, and always the first: the one that was asked for.

    Raises NotFoundError if there are too many and one of them is not in the library.
    """
    if len(ids) <= most:
        return Chosen(tuple(ids))
    first, *others = ids
    rows = [library.row(id_) for id_ in others]
    rows.sort(key=lambda row: (row.when, row.id), reverse=True)
    wanted = {first, *(row.id for row in rows[: most - 1])}
    left_out = tuple(rows[most - 1 :])
    return Chosen(
        compared=tuple(id_ for id_ in ids if id_ in wanted),
        left_out=left_out,
        first_is_older=library.row(first).when < left_out[0].when,
    )


def with_left_out(comparison: Comparison, chosen: Chosen) -> Comparison:
    """Return a comparison with a note on the reports that were left out of it, if there are any."""
    if not chosen.left_out:
        return comparison
    count = len(chosen.compared)
    those = (
        f"the {count - 1} newest are compared, and the one that is shown first"
        if chosen.first_is_older
        else f"the {count} newest are compared"
    )
    all_ = count + len(chosen.left_out)
    note = f"Of {all_} reports {those}. Left out: {_named(chosen.left_out)}."
    return replace(comparison, notes=(*comparison.notes, note))


def _named(rows: Sequence[ArticleRow]) -> str:
    names = Counter(f"{row.source or row.title} ({row.when.date().isoformat()})" for row in rows)
    shown = list(names)[:_NAMED]
    told = ", ".join(name if names[name] == 1 else f"{names[name]} × {name}" for name in shown)
    more = sum(names[name] for name in list(names)[_NAMED:])
    return f"{told} and {more} more" if more else told
