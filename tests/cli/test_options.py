"""A command's own options are never read as words of a search."""

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from reader.cli.app import reader

Run = Callable[..., Result]


def searching() -> list[tuple[str, str]]:
    """Return (command, option) for each short option of the commands that take a search."""
    context = click.Context(reader)
    found = []
    for name in reader.list_commands(context):
        command = reader.get_command(context, name)
        if command and any(param.name == "query" for param in command.params):
            options = [param for param in command.params if isinstance(param, click.Option)]
            found += [
                (name, short)
                for option in options
                for short in option.opts
                if not short.startswith("--")
            ]
    return found


def test_some_command_that_searches_has_a_short_option() -> None:
    assert ("export", "-o") in searching()


@pytest.mark.parametrize(("name", "option"), searching())
def test_a_short_option_of_a_command_that_searches_is_an_option(name: str, option: str) -> None:
    command = reader.get_command(click.Context(reader), name)
    assert command is not None
    (found,) = [param for param in command.params if option in param.opts]
    arguments = [option] if isinstance(found, click.Option) and found.is_flag else [option, "x"]
    with click.Context(command, info_name=name, resilient_parsing=True) as context:
        command.parse_args(context, arguments)
        assert context.get_parameter_source(found.name or "").name == "COMMANDLINE"
        assert not context.params["query"]


def test_an_export_goes_into_the_file_that_o_names(run: Run, reports: Path, tmp_path: Path) -> None:
    run("import", reports)
    file = tmp_path / "out.csv"
    assert run("export", "-o", file, "--format", "csv").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("article,")
    only = run("export", "-ferry", "--format", "csv").stdout
    assert "Night of rain" in only
    assert "Flood barrier holds" not in only
