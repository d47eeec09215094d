"""The table of keys, by what has the focus; tests walk it."""

# The table of keys that fingers and other programs rely on: focus -> key -> command.
EVERYWHERE = {
    "up": "move.up", "k": "move.up", "down": "move.down", "j": "move.down",
    "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
    "end": "move.end", "escape": "back", "tab": "pane.next", "shift+tab": "pane.previous",
    "[": "source.previous", "]": "source.next", "left": "source.previous", "right": "source.next",
    "n": "unread.next", "p": "unread.previous", "s": "summary", "c": "compare", "t": "article.tag",
    "m": "article.read", "*": "article.star", "1": "summary.length_1", "2": "summary.length_2",
    "3": "summary.length_3", "4": "summary.length_4", "5": "summary.length_5",
    "6": "summary.length_6", "o": "article.address", "y": "article.copy", "X": "source.read_all",
    "D": "article.remove", "L": "article.leftovers", "=": "list.fold", "z": "list.fold",
    "e": "export", "R": "fetch",
    "x": "story.take_out", "M": "story.merge", "/": "search", "r": "order", "A": "add",
    "T": "stories", "F": "feeds", "C": "changes",
    "u": "undo", "U": "redo", "Z": "maximise", "?": "help", "ctrl+p": "palette", "q": "quit",
}  # fmt: skip
STORIES = {
    "up": "move.up", "k": "move.up", "down": "move.down", "j": "move.down",
    "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
    "end": "move.end", "enter": "open", "escape": "back", "tab": "pane.next",
    "shift+tab": "pane.previous", "n": "unread.next", "p": "unread.previous", "s": "summary",
    "c": "compare", "m": "article.read", "*": "article.star", "t": "article.tag",
    "=": "list.fold", "z": "list.fold", "x": "story.take_out", "M": "story.merge", "/": "search",
    "r": "order", "o": "article.address", "y": "article.copy", "e": "export", "u": "undo",
    "U": "redo", "Z": "maximise", "?": "help", "ctrl+p": "palette", "q": "quit",
}  # fmt: skip
FEEDS = {
    "up": "move.up", "k": "move.up", "down": "move.down", "j": "move.down",
    "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
    "end": "move.end", "enter": "open", "escape": "back", "n": "feeds.next_failed",
    "p": "feeds.previous_failed", "f": "feeds.fetch_one", "R": "fetch", "A": "add",
    "N": "feeds.rename", "t": "feeds.tag", "m": "feeds.mute", "w": "feeds.full_text",
    "d": "feeds.keep_days", "D": "feeds.remove", "r": "feeds.order", "e": "feeds.export",
    "u": "undo", "U": "redo", "?": "help", "ctrl+p": "palette", "q": "quit",
}  # fmt: skip
CHANGES = {
    "up": "move.up", "k": "move.up", "down": "move.down", "j": "move.down",
    "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
    "end": "move.end", "escape": "back", "]": "changes.next", "right": "changes.next",
    "[": "changes.previous", "left": "changes.previous", "n": "changes.next_place",
    "p": "changes.previous_place", "z": "changes.fold", "=": "changes.fold", "?": "help",
    "ctrl+p": "palette", "q": "quit",
}  # fmt: skip
TABLE = {
    "feeds": FEEDS,
    "changes": CHANGES,
    "stories": STORIES,
    "story": STORIES,
    "sources": {**EVERYWHERE, "enter": "open"},
    "list": {**EVERYWHERE, "enter": "open", "space": "list.mark", "v": "list.mark"},
    "article": {
        **EVERYWHERE, "J": "sentence.next", "K": "sentence.previous", "space": "article.page_on",
        "a": "article.note", "h": "article.highlight",
    },
    "summary": {**EVERYWHERE, "enter": "open"},
    "compare": {
        "up": "claim.previous", "k": "claim.previous", "down": "claim.next", "j": "claim.next",
        "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
        "end": "move.end", "enter": "open", "escape": "back", "tab": "pane.next",
        "shift+tab": "pane.previous", "[": "source.previous", "]": "source.next",
        "left": "source.previous", "right": "source.next", "n": "difference.next",
        "p": "difference.previous", "J": "sentence.next", "K": "sentence.previous",
        "space": "compare.page_on", "t": "article.tag", "a": "article.note",
        "h": "article.highlight", "*": "article.star", "s": "summary", "=": "compare.lock",
        "z": "compare.fold", "o": "article.address", "y": "article.copy", "e": "compare.export",
        "x": "compare.take_out", "M": "compare.merge", "1": "compare.view_1",
        "2": "compare.view_2", "3": "compare.view_3", "4": "compare.view_4",
        "5": "compare.view_5", "6": "compare.view_6", "u": "undo", "U": "redo", "Z": "maximise",
        "?": "help", "ctrl+p": "palette", "q": "quit",
    },
}  # fmt: skip
