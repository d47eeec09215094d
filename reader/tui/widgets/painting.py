"""Component classes into styles, once for each combination."""

from rich.style import Style
from textual.widget import Widget

_REVERSE = Style(reverse=True)


class Painter(Widget):
    """A widget that paints its lines itself, in styles of its component classes."""

    @property
    def inner_width(self) -> int:
        """How many cells there are for the content, beside a scrollbar."""
        return self.scrollable_content_region.width

    _paint_styles: dict[tuple[str, ...], Style] | None = None

    def paint_style(self, *names: str) -> Style:
        """Return the style of these component classes laid over each other and the widget."""
        cache = self._paint_styles
        if cache is None:
            cache = self._paint_styles = {}
        if (style := cache.get(names)) is None:
            style = self.get_visual_style(*names).rich_style
            # a visual style knows no reverse, which is what is left where there are no colours
            if any(self.get_component_styles(name).text_style.reverse for name in names):
                style += _REVERSE
            cache[names] = style
        return style

    def notify_style_update(self) -> None:
        """Forget the styles of the old theme."""
        self._paint_styles = None
        super().notify_style_update()
