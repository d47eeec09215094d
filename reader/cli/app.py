"""The program's door: `reader` with its commands, each loaded when it is asked for."""

import difflib
import importlib
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from reader import __version__
from reader.cli.base import common_options
from reader.cli.query import UnclearQuery
from reader.cli.setting import Setting
from reader.cli.terminal import complain, leave_quietly, prepare_streams
from reader.errors import ReaderError, UsageError

COMMANDS = {
    "import": ("reader.cli.importing", "import_articles"),
    "add": ("reader.cli.feeds", "add"),
    "fetch": ("reader.cli.fetching", "fetch"),
    "feeds": ("reader.cli.feeds", "feeds_"),
    "opml": ("reader.cli.feeds", "opml"),
    "list": ("reader.cli.articles", "list_articles"),
    "searches": ("reader.cli.searches", "searches"),
    "show": ("reader.cli.articles", "show_article"),
    "summarize": ("reader.cli.summaries", "summarize"),
    "compare": ("reader.cli.comparisons", "compare"),
    "stories": ("reader.cli.stories", "stories"),
    "story": ("reader.cli.story", "story"),
    "mark": ("reader.cli.own", "mark"),
    "tag": ("reader.cli.own", "tag"),
    "note": ("reader.cli.own", "note"),
    "remove": ("reader.cli.own", "remove"),
    "export": ("reader.cli.exports", "export"),
    "annotations": ("reader.cli.exports", "annotations"),
    "doctor": ("reader.cli.checking", "doctor"),
    "backup": ("reader.cli.backup", "backup"),
    "restore": ("reader.cli.backup", "restore"),
}
"""What can be asked for, in the order of the help: module and name of each command."""


class ReaderGroup(click.Group):
    """The commands, loaded one by one; and what becomes of their errors."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        del ctx  # all are there everywhere
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one command that is asked for."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; what is nearly the name of one is asked for."""
        near = difflib.get_close_matches(args[0], COMMANDS, n=1)
        if args[0] not in COMMANDS and near:
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{near[0]}'?")
        return super().resolve_command(ctx, args)

    def main(  # type: ignore[override]  # never anything but a whole run
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: Any,
    ) -> NoReturn:
        """Run, say what went wrong in one sentence, and leave with 0, 1 or 2."""
        extra["standalone_mode"] = False
        try:
            # click gives the status of ctx.exit() back as a number
            status = super().main(args, prog_name, **extra)
        except Exception as error:  # noqa: BLE001  # the last place where it can be told
            status = _told(error)
        sys.exit(status if isinstance(status, int) else 0)


def _told(error: Exception) -> int:
    """Say an error on stderr and return the exit status that belongs to it."""
    if isinstance(error, click.Abort):
        return 130
    if isinstance(error, BrokenPipeError):
        leave_quietly()
        return 1
    if isinstance(error, click.ClickException):
        return _told_usage(error)
    if isinstance(error, ReaderError):
        complain(str(error))
        return 2 if isinstance(error, UsageError) else 1
    if isinstance(error, OSError) and error.strerror:
        complain(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
        return 1
    complain(_unexpected(error))
    return 1


def _told_usage(error: click.ClickException) -> int:
    complain(error.format_message())
    if isinstance(error, UnclearQuery):
        click.echo(error.pointed(), err=True)
        return error.exit_code
    context = getattr(error, "ctx", None)
    if isinstance(error, click.UsageError) and context is not None:
        click.echo(f"Try '{context.command_path} --help' for help.", err=True)
    return error.exit_code


def _unexpected(error: Exception) -> str:
    """Keep the trace of an error that nobody thought of, and return a sentence about it."""
    import traceback  # noqa: PLC0415  # only when it is needed

    from platformdirs import user_state_path  # noqa: PLC0415  # as above

    trace = "".join(traceback.format_exception(error))
    what = f"something unexpected went wrong ({type(error).__name__})"
    file = Path(user_state_path("reader", appauthor=False), "last-error.txt")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.unlink(missing_ok=True)
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(trace, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return f"{what}, and the trace could not be written: {error}"
    return f"{what}; the trace is in {file}"


def _start_tui(setting: Setting) -> None:
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):  # what Textual reads, writes
        raise UsageError("the reader needs a terminal; for commands see reader --help")
    from reader.tui.app import run  # noqa: PLC0415  # Textual is for those who look at it

    run(setting.folder, config=setting.config_option)


@click.group(
    cls=ReaderGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  reader                                   read
  reader import ~/articles                 store articles from a folder
  reader list is:unread                    what is unread
  reader summarize 3k9v --sentences 3      three sentences of one article
  reader compare a.txt b.html c.md         three files side by side

QUERY is the search language: words, "phrases", source:, tag:, is:unread …
ARTICLE is an id or a beginning of it; some commands also take a PATH.""",
)
@common_options
@click.version_option(__version__, "-V", "--version", message="reader %(version)s")
@click.pass_context
def reader(ctx: click.Context, library: Path | None, config: Path | None) -> None:
    """Read the news, several outlets' reports of one story side by side.

    Without a command the reader opens in the terminal.
    """
    setting = Setting(library, config)
    ctx.obj = setting
    ctx.call_on_close(setting.close)
    if ctx.invoked_subcommand is None:
        _start_tui(setting)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line with these arguments, by default those of the process."""
    prepare_streams()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what a library warns of is nothing to do at a terminal
    reader.main(args=None if arguments is None else list(arguments), prog_name="reader")
