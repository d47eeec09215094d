"""`reader doctor`: whether the library is sound, and mending it."""

import click

from reader.cli.base import command
from reader.cli.layout import counted
from reader.cli.setting import Setting
from reader.cli.terminal import complain, out, say


@command("doctor", "reader doctor", "reader doctor --repair")
@click.option("--repair", is_flag=True, help="Make again what can be made again.")
@click.pass_obj
def doctor(setting: Setting, *, repair: bool) -> None:
    """Check the library: both stores, the index, what mirrors the notebook, the notes' places.

    What is wrong is said in sentences, and the status is then 1. Repairing makes counts, index and
    mirror again from the texts and from the notebook, which themselves are never touched.
    """
    library = setting.library
    faults = library.check(thorough=True)
    if faults and repair:
        for fault in faults:
            say(f"was wrong: {fault}")
        faults = library.repair()
    for fault in faults:
        complain(fault)
    setting.failed += len(faults)
    if faults and not repair:
        say("reader doctor --repair mends what can be made again")
    if not faults:
        out(f"{counted(library.count(), 'article')}, nothing is wrong")
