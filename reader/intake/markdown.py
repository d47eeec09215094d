"""Markdown with YAML front matter to a draft."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from reader.errors import InputError
from reader.intake import fields
from reader.intake.blocks import paragraphs_of_html
from reader.intake.draft import Draft
from reader.intake.vault import plain_markdown, without_brackets
from reader.text.hygiene import clean
from reader.text.paragraphs import paragraphs

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

FRONT_LIMIT = 64_000
"""Characters of front matter, at most."""
MARKDOWN_LIMIT = 1_000_000
"""Characters of Markdown that are read as such; a longer text is no article, and read as it is."""
LINE_LIMIT = 50_000
"""Characters of one line of it; brackets in a longer one take the square of the time."""
_DEPTH = 12
_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPEN = re.compile(r"---[ \t]*\n[ \t]*[A-Za-z_-]{2,20}:(?:[ \t]|\n)")
_HEAD = re.compile(
    r"^(?:title|source|author|date|published|url)[ \t]*:", re.MULTILINE | re.IGNORECASE
)


def draft_of_markdown(text: str, where: str) -> Draft:
    """Return the draft of a Markdown file; `InputError` where its front matter is broken."""
    cleaned = clean(text)
    head, body = front_matter(cleaned.text, where)
    body = plain_markdown(body)
    # clippers of Obsidian, Joplin and others name the address "source"
    named = (fields.address_of(head.get(key)) for key in ("url", "source", "link", "permalink"))
    url = next(filter(None, named), None)
    if len(body) > MARKDOWN_LIMIT or max(map(len, body.split("\n"))) > LINE_LIMIT:
        parts, stripped = paragraphs(body), 0
    else:
        parts, stripped = paragraphs_of_html(_markdown().render(body), url)
    return Draft(
        tuple(parts),
        scraped=False,
        given=fields.text_of(head.get("id")),
        title=fields.text_of(head.get("title")),
        source=fields.outlet_of(without_brackets(head.get("source") or head.get("site"))),
        host=fields.host_of(url),
        author=fields.author_of(without_brackets(head.get("author") or head.get("authors"))),
        language=fields.language_of(head.get("language") or head.get("lang")),
        url=url,
        published=fields.moment_of(head.get("published") or head.get("date")),
        there=fields.moment_of(head.get("created") or head.get("clipped")),
        starter=fields.flag_of(head.get("starter")) or False,
        excerpt=fields.flag_of(head.get("excerpt")),
        tags=fields.tags_of(head.get("tags")),
        stripped=cleaned.stripped + stripped,
    )


def has_front_matter(text: str) -> bool:
    """Tell whether a text begins with front matter that names something of an article."""
    match = _FRONT.match(text.replace("\r\n", "\n"))
    return match is not None and _HEAD.search(match[1]) is not None


def front_matter(text: str, where: str) -> tuple[dict[str, Any], str]:
    """Return the front matter (keys in lower case; texts, lists and mappings) and the body.

    Raises `InputError`, with the line, where it is not YAML or has no end.
    """
    match = _FRONT.match(text)
    if match is None:
        if _OPEN.match(text):
            raise InputError(
                f"{where}, line 1", "its front matter has no end; close it with a line of ---"
            )
        return {}, text
    if len(match[1]) > FRONT_LIMIT:
        raise InputError(where, f"its front matter is longer than {FRONT_LIMIT // 1000} KB")
    data = _yaml(match[1], where)
    return {str(key).lower(): value for key, value in data.items()}, text[match.end() :]


def _yaml(text: str, where: str) -> dict[Any, Any]:
    import yaml  # noqa: PLC0415 - only files with front matter need it

    try:
        data = yaml.load(text, Loader=_loader())  # noqa: S506 - makes texts, lists, mappings only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        problem = error.problem or "it cannot be read"
        raise InputError(
            f"{where}, line {line}", f"its front matter is not YAML ({problem}); mend that line"
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise InputError(f"{where}, line 2", "its front matter is not YAML; mend it") from None
    if data in (None, ""):
        return {}
    if not isinstance(data, dict):
        raise InputError(
            f"{where}, line 2", "its front matter has no `key: value` lines; write such lines"
        )
    return data


@cache
def _loader() -> Any:
    """Return a YAML loader that makes no types and follows no aliases.

    All scalars stay text, so that "no" is no Norwegian False and a date no datetime; without
    aliases and deep nesting no few lines can stand for a large document.
    """
    import yaml  # noqa: PLC0415 - as above

    class FrontMatter(yaml.BaseLoader):
        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            alias = self.check_event(yaml.AliasEvent)
            if alias or self.depth >= _DEPTH:
                problem = "aliases are not used here" if alias else "it is nested too deeply"
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.composer.ComposerError(None, None, problem, mark)
            self.depth += 1
            try:
                return super().compose_node(parent, index)
            finally:
                self.depth -= 1

    return FrontMatter


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only Markdown needs it

    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Its own check would show the markup of a link that it refuses; the walk over the tree checks.
    markdown.validateLink = lambda _url: True  # type: ignore[assignment,method-assign]
    return markdown
