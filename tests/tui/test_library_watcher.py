"""What another process does to the library is seen on the screen."""

from typing import Any

from reader.library import Library
from reader.model import Article

Start = Any


async def test_tags_of_another_process_come_onto_the_screen_by_themselves(
    library: Library, start: Start, articles: tuple[Article, ...]
) -> None:
    async with start(library) as reader:
        with Library.open(library.folder) as other:
            other.notebook.tag([articles[2].id], add=["orchard"])
            await reader.until(lambda: "#orchard" in reader.text)
            other.notebook.mark([articles[2].id], starred=True)
            await reader.until(lambda: "★" in reader.text)


async def test_articles_of_another_process_come_into_the_list(
    library: Library, start: Start, make: Any
) -> None:
    async with start(library) as reader:
        with Library.open(library.folder) as other:
            other.add([make("A heron on the town hall")])
            await reader.until(lambda: "A heron on the town hall" in reader.text)
