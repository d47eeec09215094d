"""What all commands have in common: where the library is, how failures end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from reader.cli.setting import Setting

F = TypeVar("F", bound=Callable[..., Any])


def common_options(function: F) -> F:
    """Add `--library` and `--config`."""
    library = click.option(
        "--library",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help="The library's folder (else $READER_LIBRARY, else the platform's).",
    )
    config = click.option(
        "--config",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The configuration file.",
    )
    return library(config(function))


class ReaderCommand(click.Command):
    """A command that knows `--library` and `--config` too and ends with 1 after a failure."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        folder = click.Path(path_type=Path)
        self.params += [
            click.Option(
                ["--library"], type=folder, hidden=True, expose_value=False, callback=_set
            ),
            click.Option(["--config"], type=folder, hidden=True, expose_value=False, callback=_set),
        ]

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; with several inputs the bad ones have been named by then."""
        value = super().invoke(ctx)
        setting = ctx.find_object(Setting)
        if setting is not None and setting.failed:
            ctx.exit(1)
        return value


def _set(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    setting = ctx.find_object(Setting)
    if value is not None and setting is not None and param.name is not None:
        setattr(setting, f"{param.name}_option", value)


def examples(*lines: str) -> str:
    """Return the end of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def command(name: str, *lines: str) -> Callable[[Callable[..., Any]], ReaderCommand]:
    """Make a function a command of this name, whose help ends with these examples."""

    def make(function: Callable[..., Any]) -> ReaderCommand:
        return click.command(name, cls=ReaderCommand, epilog=examples(*lines))(function)

    return make


as_json = click.option("--json", "json_", is_flag=True, help="Print one JSON document.")

Form = Literal["text", "markdown", "html", "json"]
as_form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
)
