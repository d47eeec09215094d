"""Markdown files come in: front matter, structure, rendered plain text."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from importing import failure, read

from reader.intake.draft import ImportOptions
from reader.intake.files import Named
from reader.intake.reading import Arrival, articles_of_file

HEAD = """---
title: New bridge opens
source: Harbour Post
author: [Ann Lee, Bo Chen]
published: 2025-07-04 09:30:00 +02:00
language: en-GB
url: https://harbour.example/news/bridge
tags: [bridges, harbour]
starter: true
---
"""
BODY = """# New bridge opens

The city opened its *new* [bridge](/bridge) on **Friday**; thousands
walked across it, said [the mayor](https://town.example/mayor).

## What it cost

- steel
- stone
  - from [the north](https://north.example)
- time

3. third
4. fourth

> We made mistakes.
>
> We have learned.

```python
def cost():

    return 41
```

| Year | Cost |
|------|-----:|
| 2015 | 20   |
| 2025 | 41   |

![Ships in the harbour](ships.jpg)

The old ferry<br>stops on Sunday. <script>alert(1)</script>
"""


OPENING = "The city opened its new bridge on Friday; thousands walked across it, said the mayor."


def write(tmp_path: Path, text: str, name: str = "bridge.md") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_front_matter_tells_about_the_article(tmp_path: Path) -> None:
    article = read(write(tmp_path, HEAD + BODY))
    assert article.title == "New bridge opens"
    assert article.source == "Harbour Post"
    assert article.author == "Ann Lee, Bo Chen"
    assert article.language == "en"
    assert article.published is not None
    assert article.published.astimezone(UTC) == datetime(2025, 7, 4, 7, 30, tzinfo=UTC)
    assert article.url == "https://harbour.example/news/bridge"
    assert article.starter
    assert article.identity == "url:https://harbour.example/news/bridge"


def test_its_tags_arrive_with_it(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + BODY)
    (found,) = articles_of_file(Named("bridge.md", path), ImportOptions())
    assert isinstance(found, Arrival)
    assert found.tags == ("bridges", "harbour")


def test_the_text_is_rendered_and_its_blocks_know_their_kinds(tmp_path: Path) -> None:
    article = read(write(tmp_path, HEAD + BODY))
    blocks = [(b.kind, article.text[b.start : b.end]) for b in article.blocks]
    assert blocks == [
        ("paragraph", OPENING),
        ("heading", "What it cost"),
        ("list", "steel"),
        ("list", "stone"),
        ("list", "from the north"),
        ("list", "time"),
        ("list", "3. third"),
        ("list", "4. fourth"),
        ("quote", "We made mistakes."),
        ("quote", "We have learned."),
        ("code", "def cost():\n\n    return 41"),
        ("table", "Year | Cost\n2015 | 20\n2025 | 41"),
        ("caption", "Ships in the harbour"),
        ("paragraph", "The old ferry"),
        ("paragraph", "stops on Sunday."),
    ]  # fmt: skip


def test_items_of_one_list_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    text = read(write(tmp_path, HEAD + BODY)).text
    assert "steel\nstone\nfrom the north\ntime\n\n3. third\n4. fourth\n\nWe made" in text


def test_links_point_at_their_words_and_are_whole_addresses(tmp_path: Path) -> None:
    article = read(write(tmp_path, HEAD + BODY))
    links = [(article.text[a.start : a.end], a.url) for a in article.links]
    assert links[:2] == [
        ("bridge", "https://harbour.example/bridge"),
        ("the mayor", "https://town.example/mayor"),
    ]
    assert ("the north", "https://north.example") in links
    assert all(url.startswith(("http:", "https:", "mailto:")) for _, url in links)


def test_without_front_matter_the_first_heading_is_the_title(tmp_path: Path) -> None:
    article = read(write(tmp_path, BODY))
    assert article.title == "New bridge opens"
    assert not article.text.startswith("New bridge opens")


def test_a_heading_that_says_something_else_than_the_title_stays(tmp_path: Path) -> None:
    article = read(
        write(tmp_path, "---\ntitle: Bridges\n---\n# A day in the harbour\n\nIt rained.")
    )
    assert article.text == "A day in the harbour\n\nIt rained."


def test_a_document_keeps_sections_that_a_page_would_lose(tmp_path: Path) -> None:
    text = "# Notes\n\nA sentence for the reader.\n\n## Contact\n\nAsk Ann.\n\n## Help\n\nAsk Bo."
    article = read(write(tmp_path, text))
    assert "Contact" in article.text
    assert "Help" in article.text


def test_no_number_is_lost_that_looks_like_an_empty_list(tmp_path: Path) -> None:
    text = read(
        write(tmp_path, "---\ntitle: x\n---\nIt set off on Dec.\n\n22.\n\nIt came back.")
    ).text
    assert "22." in text


def test_scalars_are_text_whatever_they_look_like(tmp_path: Path) -> None:
    article = read(
        write(tmp_path, "---\ntitle: 2025\nsource: no\nauthor: 0x1F\n---\nIt rained all day.")
    )
    assert (article.title, article.source, article.author) == ("2025", "no", "0x1F")


def test_an_unreadable_date_is_no_date(tmp_path: Path) -> None:
    assert read(write(tmp_path, "---\ntitle: x\ndate: soon\n---\nIt rained.")).published is None


def test_an_id_in_the_front_matter_is_the_identity(tmp_path: Path) -> None:
    one = read(write(tmp_path, "---\nid: bridge-1\ntitle: x\n---\nIt rained.", "a.md"))
    two = read(write(tmp_path, "---\nid: bridge-1\ntitle: y\n---\nIt snowed.", "b.md"))
    assert one.id == two.id
    assert one.identity == "id:bridge-1"


def test_dangerous_addresses_are_no_links(tmp_path: Path) -> None:
    article = read(
        write(
            tmp_path, "# A\n\nSee [this](javascript:alert(1)) and [that](file:///etc/passwd) here."
        )
    )
    assert article.text == "See this and that here."
    assert article.links == ()


@pytest.mark.parametrize(
    ("head", "line", "word"),
    [
        ("title: [open\nsource: x", 3, "not YAML"),
        ("title: a: b", 2, "not YAML"),
        ("a: &a [x]\nb: *a", 3, "aliases"),
        ("title: " + "[" * 60 + "]" * 60, 2, "nested"),
        ("title: " + "[" * 60_000, 2, "nested"),
        ("- one\n- two", 2, "key: value"),
        ("\ttitle: x", 2, "not YAML"),
    ],
)
def test_broken_front_matter_is_named_with_its_line(
    tmp_path: Path, head: str, line: int, word: str
) -> None:
    found = failure(write(tmp_path, f"---\n{head}\n---\nIt rained."))
    assert found.input.endswith(f"bridge.md, line {line}")
    assert word in found.reason


def test_front_matter_without_an_end_is_named(tmp_path: Path) -> None:
    found = failure(write(tmp_path, "---\ntitle: x\n\nIt rained all day."))
    assert found.input.endswith("line 1")
    assert "---" in found.reason


def test_a_rule_at_the_beginning_is_no_front_matter(tmp_path: Path) -> None:
    assert read(write(tmp_path, "---\n\nIt rained all day in the harbour.")).text.startswith(
        "It rained"
    )
