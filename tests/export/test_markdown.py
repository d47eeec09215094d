"""Articles, summaries and comparisons as Markdown."""

from datetime import UTC, datetime
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.compare import compare
from reader.export import escape
from reader.export.comparison_markdown import comparison_markdown
from reader.export.markdown import article_markdown, summary_markdown
from reader.intake import read_paths
from reader.model import Annotation, Article, Block, BlockKind, Link, Marks, Selector, article_id
from reader.summary import summarize

NOW = datetime(2024, 3, 5, tzinfo=UTC)


def article(text: str, *blocks: Block, title: str = "Rain", source: str = "Herald") -> Article:
    identity = f"id:{title}{source}"
    whole = (Block(0, len(text)),)
    return Article(article_id(identity), identity, source, title, text, NOW, blocks=blocks or whole)


def rendered(markdown: str) -> str:
    return MarkdownIt("commonmark").render(markdown)


@given(st.text(alphabet="*_`[]()<>#+-=>.!|~&\\ \t1a'\"\x1b\u202e\n", max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_text_becomes_markup(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape.prose(text))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert kinds <= {"text", "text_special"}


@given(st.text(alphabet="*_`[]<>#+-=.!|~&\\ 1a", min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_the_words_arrive_as_they_were(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(escape.prose(text))
    arrived = "".join(child.content for token in tokens for child in token.children or ())
    assert arrived.split() == text.split()


def test_an_exported_article_is_the_same_when_it_is_imported_again(tmp_path: Path) -> None:
    text = "First *not bold*.\n\nMore\n\n1. one\n2. two\n\nlonely\nsecond\n\nSaid so.\n\nx = [1]"

    def block(part: str, kind: BlockKind = "paragraph") -> Block:
        return Block(text.index(part), text.index(part) + len(part), kind)

    items = ("1. one", "2. two", "lonely", "second")
    blocks = (
        block("First *not bold*."),
        block("More", "heading"),
        *(block(item, "list") for item in items),
        block("Said so.", "quote"),
        block("x = [1]", "code"),
    )
    address = "https://example.org/a_(b)?c=1&d"
    links = (Link(0, 5, address), Link(text.index("Said"), text.index(" so."), "javascript:1"))
    first = Article(
        article_id("id:x"), "id:x", 'The "Herald"', "A: #1 'title'", text, NOW, author="Mara Lind",
        language="en", published=NOW, url="https://example.org/x", blocks=blocks, links=links,
    )  # fmt: skip
    file = tmp_path / "exported.md"
    file.write_text(article_markdown(first, Marks(tags=("a b", "c: d"), starred=True)))
    (again,) = read_paths([str(file)])
    assert isinstance(again, Article)
    assert again.id == first.id
    assert again.text == first.text
    assert [b.kind for b in again.blocks] == [b.kind for b in first.blocks]
    assert [(a.start, a.url) for a in again.links] == [(0, address)]
    for name in ("title", "source", "author", "language", "published", "url"):
        assert getattr(again, name) == getattr(first, name)


def test_the_front_matter_is_yaml_whatever_the_title_is() -> None:
    hostile = article("It rained.", title='"---\n: [x] {{y}} #\u2028 \x1b[31m\\')
    head = article_markdown(hostile, Marks(tags=("---", "a, b"))).split("---\n")[1]
    data = yaml.safe_load(head.rsplit("\n---", 1)[0])
    assert data["tags"] == ["---", "a, b"]
    assert data["title"].startswith('"--- : [x]')


def test_notes_and_highlights_stand_behind_the_article() -> None:
    text = "It rained. It snowed."
    place = Selector(3, 9, "rained")
    one = article(text)
    notes = [
        Annotation(1, one.id, "note", NOW, NOW, "Who *says* so?", place),
        Annotation(2, one.id, "highlight", NOW, NOW, "", Selector(14, 20, "snowed"), orphaned=True),
    ]
    body = rendered(article_markdown(one, Marks(), notes).split("---\n", 2)[2])
    assert "<p>rained</p>" in body
    assert "Who <em>says</em> so?" in body
    assert "snowed (no longer in the text)" in body


def test_a_fence_is_longer_than_any_in_the_code() -> None:
    text = "````\ninner\n````"
    one = article(text, Block(0, len(text), "code"))
    body = rendered(article_markdown(one).split("---\n", 2)[2])
    assert body.strip() == "<pre><code>````\ninner\n````\n</code></pre>"


def reports() -> list[Article]:
    return [
        article("The dam held all night. Nobody *was* hurt.", source="Herald", title="Dam | holds"),
        article("The dam held all night. A bridge is closed.", source="Courier", title="Bridge"),
    ]


def test_a_summary_names_the_outlets_of_each_sentence() -> None:
    markdown = summary_markdown(summarize(reports(), sentences=2))
    assert markdown.startswith("# Dam \\| holds\n")
    assert markdown.count("\n- ") == 2
    assert "Courier" in markdown


def test_a_comparison_has_tables_that_hold_whatever_the_outlets_are_called() -> None:
    one, two = reports()
    comparison = compare([one, article(two.text, source="A | B <x>", title="T")])
    markdown = comparison_markdown(comparison)
    parser = MarkdownIt("commonmark").enable("table")
    html = parser.render(markdown)
    assert "<td>A | B &lt;x&gt;</td>" in html
    assert "<li>●● The dam held all night. (" in html
    assert "<em>" not in html
    assert html.count("<th>") == 4
