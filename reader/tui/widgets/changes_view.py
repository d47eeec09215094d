"""What changed between two revisions, with the way from place to place."""

from typing import ClassVar

from reader.tui.widgets.prose import ProseView


class ChangesView(ProseView):
    """Paragraphs of which those with a key changed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"prose--deleted", "prose--inserted"}

    def places(self) -> list[int]:
        """Return the lines at which what changed begins."""
        paragraphs = self.document.paragraphs
        return [self.document.first_line(n) for n, p in enumerate(paragraphs) if p.key is not None]

    def go_to_place(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) place that changed; tell whether there was one."""
        top = self.scroll_offset.y
        places = self.places()
        if step > 0:
            place = next((line for line in places if line > top), None)
        else:
            place = next((line for line in reversed(places) if line < top), None)
        if place is None or (step > 0 and self.at_end):
            return False
        self.scroll_to(0, place, animate=False)
        return True
