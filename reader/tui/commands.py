"""Every command there is, once: its id, keys, words and where it applies.

Bindings, footer, palette, help and the tests all read this one registry, so they cannot disagree.
A command is bound on the class that stands for each of its areas (`bindings`), where an action of
the same name does it.
"""

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from reader.tui.command import (
    COLLECTING,
    MOVING,
    PROGRAM,
    READING,
    UNDERSTANDING,
    YOURS,
    Area,
    Command,
)
from reader.tui.feed_commands import CHANGES_COMMANDS, FEED_COMMANDS

__all__ = [
    "BY_ID", "CHAINS", "COLLECTING", "COMMANDS", "MOVING", "NEEDS", "PROGRAM", "READING",
    "UNDERSTANDING", "YOURS", "Area", "Command", "action_name", "bindings", "for_focus", "of",
    "shown_keys",
]  # fmt: skip

CHAINS: dict[str, tuple[Area, ...]] = {
    "sources": ("sources", "rows", "main", "app"),
    "list": ("list", "rows", "main", "app"),
    "article": ("article", "prose", "main", "app"),
    "summary": ("summary", "prose", "main", "app"),
    "compare": ("column", "compare", "app"),
    "stories": ("rows", "stories", "app"),
    "story": ("summary", "prose", "stories", "app"),
    "feeds": ("feeds", "rows", "app"),
    "changes": ("changes", "prose", "app"),
}
"""For what can have the focus: the areas whose commands apply, the nearest first."""

_PANES: tuple[Area, ...] = ("rows", "prose")
_PAGES: tuple[Area, ...] = ("rows", "prose", "column")
_MAIN: tuple[Area, ...] = ("main",)
_BOTH: tuple[Area, ...] = ("main", "compare")
_ALL: tuple[Area, ...] = ("main", "compare", "stories")
_LISTS: tuple[Area, ...] = ("main", "stories")
_UNDOING: tuple[Area, ...] = ("main", "compare", "stories", "feeds")

COMMANDS: tuple[Command, ...] = (
    Command("move.up", "up,k", "Up", "Go one line up.", "up", _PANES, MOVING),
    Command("move.down", "down,j", "Down", "Go one line down.", "down", _PANES, MOVING),
    Command(
        "move.page_up", "pageup,ctrl+b", "Page up", "Go one page up.", "page_up", _PAGES, MOVING
    ),
    Command(
        "move.page_down", "pagedown,ctrl+f", "Page down", "Go one page down.", "page_down", _PAGES,
        MOVING,
    ),
    Command("move.home", "home,g", "Top", "Go to the beginning.", "home", _PAGES, MOVING),
    Command("move.end", "end,G", "End", "Go to the end.", "end", _PAGES, MOVING),
    Command(
        "open", "enter", "Open", "Open what the cursor stands on.", "open",
        ("rows", "summary", "compare"), MOVING, 1,
    ),
    Command(
        "back", "escape", "Back", "Go back: from the text to the list, out of a search.", "back",
        ("main", "compare", "stories", "feeds", "changes"), MOVING, 2,
    ),
    Command(
        "pane.next", "tab", "Next pane", "Go to the next pane.", "next_pane", _ALL, MOVING, 30
    ),
    Command(
        "pane.previous", "shift+tab", "Previous pane", "Go to the previous pane.",
        "previous_pane", _ALL, MOVING,
    ),
    Command(
        "source.next", "],right", "Next source",
        "Show the next source (in the comparison: the next outlet in this column).",
        "next_source", _BOTH, MOVING, 12,
    ),
    Command(
        "source.previous", "[,left", "Previous source",
        "Show the previous source (in the comparison: the previous outlet in this column).",
        "previous_source", _BOTH, MOVING,
    ),
    Command(
        "unread.next", "n", "Next unread",
        "Go to the next unread article, in the next source where this one has no more.",
        "next_unread", _LISTS, MOVING, 10,
    ),
    Command(
        "unread.previous", "p", "Previous unread", "Go to the unread article before this one.",
        "previous_unread", _LISTS, MOVING,
    ),
    Command(
        "claim.next", "down,j", "Next point", "Go to the next point that others have too.",
        "next_claim", ("compare",), MOVING, 9,
    ),
    Command(
        "claim.previous", "up,k", "Previous point", "Go to the point before that others have too.",
        "previous_claim", ("compare",), MOVING,
    ),
    Command(
        "difference.next", "n", "Next difference",
        "Go to the next phrase that others tell differently.", "next_difference", ("compare",),
        MOVING, 10,
    ),
    Command(
        "difference.previous", "p", "Previous difference",
        "Go to the phrase before that others tell differently.", "previous_difference",
        ("compare",), MOVING,
    ),
    Command(
        "only.next", "N", "Next only here",
        "Go to the next sentence that is only here, among the stored articles.", "next_only",
        ("compare",), MOVING, 11,
    ),
    Command(
        "only.previous", "P", "Previous only here",
        "Go to the sentence before that is only here, among the stored articles.",
        "previous_only", ("compare",), MOVING,
    ),
    Command(
        "sentence.next", "J", "Next sentence", "Put the cursor on the next sentence.",
        "next_sentence", ("article", "compare"), READING, 20,
    ),
    Command(
        "sentence.previous", "K", "Previous sentence", "Put the cursor on the sentence before.",
        "previous_sentence", ("article", "compare"), READING,
    ),
    Command(
        "article.page_on", "space", "Read on",
        "Go one page on, and at the end to the next unread article.", "screen.page_on",
        ("article",), READING, 3,
    ),
    Command(
        "compare.page_on", "space", "Page on", "Go one page on in both columns.", "page_on",
        ("compare",), READING, 3,
    ),
    Command(
        "list.mark", "space,v", "Mark", "Mark the article for a joint action, or unmark it.",
        "screen.mark", ("list",), READING, 15,
    ),
    Command(
        "article.read", "m", "Read", "Mark as read, or as unread again.", "toggle_read", _LISTS,
        YOURS, 14, "article",
    ),
    Command(
        "article.star", "*", "Star", "Give a star, or take it away.", "toggle_star", _ALL, YOURS,
        16, "article",
    ),
    Command(
        "article.tag", "t", "Tag", "Give or take tags, several separated by commas.", "tag", _ALL,
        YOURS, 7, "article",
    ),
    Command(
        "article.note", "a", "Note",
        "Write a note on the sentence under the cursor, or on the whole article.", "screen.note",
        ("article", "summary", "compare"), YOURS, 8, "article",
    ),
    Command(
        "article.highlight", "h", "Highlight",
        "Highlight the sentence under the cursor, or take the highlight away.",
        "screen.highlight", ("article", "compare"), YOURS, 18, "article",
    ),
    Command(
        "notes", "N", "Notes", "List all notes and highlights, and jump to their places.", "notes",
        _MAIN, YOURS,
    ),
    Command("undo", "u", "Undo", "Take back what you did last.", "undo", _UNDOING, YOURS, 22),
    Command("redo", "U", "Redo", "Do again what was taken back.", "redo", _UNDOING, YOURS),
    Command(
        "summary", "s", "Summary",
        "Show or hide the summary of the article that is read, a row's story, the marked ones.",
        "summary", _ALL, UNDERSTANDING, 5, "article",
    ),
    *(
        Command(
            f"summary.length_{n}", str(n), f"{n} sentence{'s' * (n > 1)}",
            f"Make the summary {n} sentence{'s' * (n > 1)} long.", f"summary_length({n})", _LISTS,
            UNDERSTANDING, 0, "summary",
        )
        for n in range(1, 7)
    ),
    Command(
        "summary.method", "S", "Method", "Make the summary with the next method.",
        "summary_method", _LISTS, UNDERSTANDING, 6, "summary",
    ),
    Command(
        "summary.unit", "w", "Words", "Measure the summary's length in words, or in sentences.",
        "summary_unit", _LISTS, UNDERSTANDING, 0, "summary",
    ),
    Command(
        "summary.why", "W", "Why", "Show why each sentence of the summary was chosen, or hide it.",
        "summary_why", _LISTS, UNDERSTANDING, 6, "summary",
    ),
    Command(
        "compare", "c", "Compare",
        "Compare the story's reports, those most like the article, or the marked ones.",
        "compare", _LISTS, UNDERSTANDING, 6, "article",
    ),
    *(
        Command(
            f"compare.view_{n}", str(n), title, f"{tooltip}.", f"view({n})", ("compare",),
            UNDERSTANDING,
        )
        for n, title, tooltip in (
            (1, "Side by side", "Show the reports beside each other"),
            (2, "Matrix", "Show which outlet states which point"),
            (3, "Differences", "Show where the reports differ, alarms first"),
            (4, "Quotes", "Show who is quoted with what, and in which words"),
            (5, "Only here", "Show what stands in one report only, among the stored articles"),
            (6, "Timeline", "Show the dates that the reports mention"),
        )
    ),
    Command(
        "compare.export", "e", "Export", "Write the comparison as Markdown or HTML into a file.",
        "export", ("compare",), UNDERSTANDING, 23, "article",
    ),
    Command(
        "compare.take_out", "x", "Take out",
        "Take the report that the cursor is in out of the story.", "take_out", ("compare",),
        YOURS, 27, "article",
    ),
    Command(
        "compare.merge", "M", "Merge in",
        "Find a report that belongs to the story too, and merge it in.", "merge", ("compare",),
        YOURS, 28, "article",
    ),
    Command(
        "compare.lock", "=", "Scroll lock", "Let the columns scroll together, or each alone.",
        "lock", ("compare",), UNDERSTANDING, 21,
    ),
    Command(
        "compare.fold", "z", "Fold shared", "Fold away what others have too, or show it again.",
        "fold", ("compare",), UNDERSTANDING, 22,
    ),
    Command(
        "article.address", "o", "Open address", "Open the article's address in the browser.",
        "open_address", _ALL, READING, 24, "address",
    ),
    Command(
        "article.copy", "y", "Copy",
        "Copy the sentence under the cursor, or the article's title and address.", "copy", _ALL,
        READING, 26, "article",
    ),
    Command(
        "article.leftovers", "L", "Left-overs",
        "Show what the page carried beside the article, and what was taken out of its text.",
        "leftovers", ("article", "main"), READING, 0, "article",
    ),
    Command(
        "source.read_all", "X", "All read", "Mark everything in the list as read.", "read_all",
        _MAIN, COLLECTING,
    ),
    Command(
        "article.remove", "D", "Remove", "Remove the article or the marked ones from the lists.",
        "remove", _MAIN, COLLECTING, 0, "article",
    ),
    Command(
        "story.take_out", "x", "Take out",
        "Take the article out of its story, for ever; one alone never joins a story.",
        "take_out", _LISTS, YOURS, 29, "article",
    ),
    Command(
        "story.merge", "M", "Merge",
        "Put articles into a story: the marked ones into this row's, else into one to choose.",
        "merge", _LISTS, YOURS, 29, "article",
    ),
    Command(
        "export", "e", "Export",
        "Write the article, the marked ones, or the summary as Markdown into a file.", "export",
        _LISTS, YOURS, 27, "article",
    ),
    Command(
        "stories", "T", "Stories", "Show the stories: who reported, what is new, why they belong"
        " together.", "stories", _MAIN, UNDERSTANDING, 11,
    ),
    Command(
        "search.save", "ctrl+s", "Save search", "Keep the search that is shown under a name.",
        "save_search", _MAIN, COLLECTING,
    ),
    Command(
        "search.edit", "f2", "Change search",
        "Change the name or the query of the saved search that is shown.", "edit_search", _MAIN,
        COLLECTING,
    ),
    Command(
        "search.forget", "f8", "Forget search", "Forget the saved search that is shown.",
        "forget_search", _MAIN, COLLECTING,
    ),
    Command("search", "/", "Search", "Search as you type.", "search", _LISTS, COLLECTING, 9),
    Command(
        "list.fold", "=,z", "Fold", "Fold each story into one row, or show all reports.",
        "fold", _LISTS, COLLECTING, 24,
    ),
    Command(
        "order", "r", "Order",
        "Sort by the newest, the oldest, the source, the unread first; a search also by the best.",
        "order", _LISTS, COLLECTING, 25,
    ),
    Command(
        "add", "A", "Add",
        "Add articles from a file or a folder, a feed by its address, feeds from an OPML file.",
        "add", ("main", "feeds"), COLLECTING, 28,
    ),
    Command(
        "fetch", "R", "Fetch", "Fetch the feeds you are subscribed to; once more stops it.",
        "fetch", ("main", "feeds"), COLLECTING, 29,
    ),
    *FEED_COMMANDS,
    *CHANGES_COMMANDS,
    Command(
        "maximise", "Z", "Maximise", "Give the whole screen to this pane, or take it back.",
        "maximise", _ALL, PROGRAM,
    ),
    Command("help", "?", "Help", "Show all keys.", "help", ("app",), PROGRAM, 90),
    Command(
        "palette", "ctrl+p", "Commands", "Find a command by its name.", "command_palette",
        ("app",), PROGRAM,
    ),
    Command(
        "theme", "ctrl+t", "Theme", "Take the next theme.", "next_theme", ("app",), PROGRAM,
    ),
    Command(
        "quit", "q", "Quit", "Leave the reader; everything is kept.", "quit", ("app",), PROGRAM, 95
    ),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}


def action_name(command: Command) -> str:
    """Return the name of a command's action method, without its prefix and its arguments."""
    return command.action.removeprefix("screen.").partition("(")[0]


NEEDS = {action_name(command): command.need for command in COMMANDS if command.need}


def of(*areas: Area) -> list[Command]:
    """Return the commands that apply in any of these areas, in the registry's order."""
    return [command for command in COMMANDS if not set(areas).isdisjoint(command.areas)]


def bindings(*areas: Area) -> list[BindingType]:
    """Return the bindings for the class that stands for these areas."""
    return [
        Binding(
            command.keys,
            _action(command, areas),
            command.title,
            tooltip=command.tooltip,
            id=command.id,
            show=False,
        )
        for command in of(*areas)
    ]


_SCREENS = {"main", "compare", "feeds", "changes", "stories"}


def _action(command: Command, areas: tuple[Area, ...]) -> str:
    """Return a widget's or the app's own action, else the one by which a screen finds the id."""
    if command.action.startswith("screen.") or _SCREENS & set(areas):
        return f"screen.do('{command.id}')"
    return command.action


def for_focus(name: str) -> list[Command]:
    """Return the commands that apply where this has the focus; a key's nearest command wins."""
    taken: set[str] = set()
    found: list[Command] = []
    for area in CHAINS.get(name, ("app",)):
        for command in of(area):
            keys = set(command.keys.split(","))
            if command not in found and not keys <= taken:
                found.append(command)
                taken |= keys
    return found


_SHOWN = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End", "enter": "Enter", "escape": "Esc", "tab": "Tab",
    "shift+tab": "Shift+Tab", "space": "Space", "backspace": "Backspace", "delete": "Del",
    "left_square_bracket": "[", "right_square_bracket": "]", "question_mark": "?",
    "asterisk": "*", "slash": "/", "equals_sign": "=", "comma": ",", "full_stop": ".",
    "minus": "-", "plus": "+", "number_sign": "#", "colon": ":", "semicolon": ";",
}  # fmt: skip


def shown_keys(keys: str | Iterable[str]) -> str:
    """Return keys as people know them: "↑ k", "Ctrl+P"."""
    names = keys.split(",") if isinstance(keys, str) else list(keys)
    return " ".join(_shown_key(name.strip()) for name in names)


def _shown_key(name: str) -> str:
    if name in _SHOWN:
        return _SHOWN[name]
    *modifiers, key = name.split("+")
    if modifiers:
        return "+".join([*(m.capitalize() for m in modifiers), _SHOWN.get(key, key.upper())])
    return name.upper() if name[:1] == "f" and name[1:].isdigit() else name
