"""Markdown with YAML front matter to a draft."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from reader.errors import InputError
from reader.intake import fields
from reader.intake.blocks import paragraphs_of_html
from reader.intake.draft import Draft
from reader.text.hygiene import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FRONT_LIMIT = 64_000


def draft_of_markdown(text: str, where: str) -> Draft:
    """Return the draft of a Markdown file; `InputError` where its front matter is broken."""
    cleaned = clean(text)
    head, body = front_matter(cleaned.text, where)
    url = fields.address_of(head.get("url"))
    parts, _ = paragraphs_of_html(_markdown().render(body), url)
    return Draft(
        tuple(parts),
        structured=True,
        scraped=False,
        given=fields.text_of(head.get("id")),
        title=fields.text_of(head.get("title")),
        source=fields.text_of(head.get("source")),
        author=fields.names_of(head.get("author")),
        language=fields.language_of(head.get("language") or head.get("lang")),
        url=url,
        published=fields.moment_of(head.get("published") or head.get("date")),
        starter=fields.flag_of(head.get("starter")) or False,
        excerpt=fields.flag_of(head.get("excerpt")),
        tags=fields.tags_of(head.get("tags")),
        stripped=cleaned.stripped,
    )


def front_matter(text: str, where: str) -> tuple[dict[str, Any], str]:
    """Return the front matter (its keys in lower case, all scalars as text) and the body."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    if len(match[1]) > _FRONT_LIMIT:
        raise InputError(where, "its front matter is longer than 64 KB; shorten it")
    data = _yaml(match[1], where)
    return {str(key).lower(): value for key, value in data.items()}, text[match.end() :]


def _yaml(text: str, where: str) -> dict[Any, Any]:
    import yaml  # noqa: PLC0415 - only files with front matter need it

    try:
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes only text, lists, mappings
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        raise InputError(
            f"{where}, line {line}", f"its front matter is not YAML ({error.problem})"
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise InputError(where, "its front matter is not YAML") from None
    if data in (None, ""):
        return {}
    if not isinstance(data, dict):
        raise InputError(where, "its front matter is no list of `key: value` lines")
    return data


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only Markdown needs it

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])
