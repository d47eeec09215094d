"""Files of invented reports, and the command line run in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

Run = Callable[..., Result]

HERALD = """---
title: Flood barrier holds at Orrin
source: Herald
published: 2024-03-05
author: Mara Lind
---

The flood barrier at Orrin held on Monday night after two days of heavy rain.

Water rose to 4.2 metres, the highest level since 1998, the river office said.

About 300 people left their homes in the old town before midnight.

The ferry to Tolm will not sail before Friday.
"""
COURIER = """---
title: Orrin barrier keeps river out
source: Courier
published: 2024-03-05
---

The flood barrier at Orrin held on Monday night, although it had rained heavily for two days.

The river office measured 4.2 metres of water, the highest level since 1998.

A school at the quay served as a shelter for families.
"""
GAZETTE = """---
title: Night of rain in Orrin
source: Gazette
published: 2024-03-06
---

After two days of heavy rain the flood barrier at Orrin held on Monday night.

About 300 people left their homes in the old town, the mayor said.

The council wants to raise the walls next year.
"""


@pytest.fixture
def run() -> Run:
    """Run `reader` with these arguments; the result has stdout, stderr and the exit status."""
    from reader.cli.app import reader

    def invoke(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(reader, [str(a) for a in arguments], input=stdin)

    return invoke


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Return a folder with three reports of one event."""
    folder = tmp_path / "reports"
    folder.mkdir()
    texts = {"herald.md": HERALD, "courier.md": COURIER, "gazette.md": GAZETTE}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
