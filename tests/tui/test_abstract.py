"""What a part of a screen leaves to the whole cannot be forgotten."""

import pytest

from reader.tui.dialogs.base import Dialog
from reader.tui.screens.acting import Acting
from reader.tui.screens.reading import Reading
from reader.tui.widgets.rows import RowsView


@pytest.mark.parametrize("part", [Acting, Reading, Dialog, RowsView])
def test_a_part_that_leaves_something_open_cannot_be_made(part: type) -> None:
    with pytest.raises(TypeError, match="abstract"):
        part()
