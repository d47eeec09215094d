"""What all commands have in common: where the library is, how failures end."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from reader.cli.setting import Setting

F = TypeVar("F", bound=Callable[..., Any])

_CONFIG = click.Path(path_type=Path, exists=True, dir_okay=False)  # one that is named is meant


class _Folder(click.Path):
    """A folder, there or not; "" is a name that was forgotten, not the folder one stands in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; what was given without a name is wrong usage."""
        if not str(value):
            self.fail("expected the name of a folder, and there is none.", param, ctx)
        return super().convert(value, param, ctx)


_LIBRARY = _Folder(path_type=Path, file_okay=False)


def common_options(function: F) -> F:
    """Add `--library` and `--config`."""
    library = click.option(
        "--library",
        metavar="DIR",
        type=_LIBRARY,
        help="The library's folder (else $READER_LIBRARY, else the platform's).",
    )
    config = click.option(
        "--config",
        metavar="FILE",
        type=_CONFIG,
        help="The configuration file.",
    )
    return library(config(function))


class ReaderCommand(click.Command):
    """A command that knows `--library` and `--config` too and ends with 1 after a failure."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += [
            click.Option(
                ["--library"], type=_LIBRARY, hidden=True, expose_value=False, callback=_set
            ),
            click.Option(
                ["--config"], type=_CONFIG, hidden=True, expose_value=False, callback=_set
            ),
        ]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; in a QUERY `-word` is no option but says what is not wanted."""
        if any(param.name == "query" for param in self.params):
            own = {name for param in self.get_params(ctx) for name in param.opts}
            args = list(_with_not(args, self._with_value(), own))
        return super().parse_args(ctx, args)

    def _with_value(self) -> set[str]:
        options = [param for param in self.params if isinstance(param, click.Option)]
        return {name for option in options if not option.is_flag for name in option.opts}

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; with several inputs the bad ones have been named by then."""
        value = super().invoke(ctx)
        setting = ctx.find_object(Setting)
        if setting is not None and setting.failed:
            ctx.exit(1)
        return value


def _with_not(args: Sequence[str], with_value: set[str], own: set[str]) -> Iterator[str]:
    """Yield the arguments, `-word` as `NOT word`, which is the same in the search language.

    `own` are the command's options, which are never words of the search.
    """
    before = ""
    for place, arg in enumerate(args):
        if arg == "--":
            yield from args[place:]
            return
        excluded = arg.startswith("-") and not arg.startswith("--") and arg not in {"-", *own}
        yield f"NOT {arg[1:]}" if excluded and before not in with_value else arg
        before = arg


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
