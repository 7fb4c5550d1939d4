"""The sizes of a kit: what is printed and what is shown on screens."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Format:
    """A size in pixels with the layout it is drawn by; what is printed also has millimetres and a bleed."""

    name: str
    label: str | Promise
    width: int
    height: int
    layout: str
    dpi: int = 72
    bleed_mm: float = 0

    @property
    def bleed(self) -> int:
        """Pixels on each side that are cut off after printing."""
        return round(self.bleed_mm / MM_PER_INCH * self.dpi)

    @property
    def is_printed(self) -> bool:
        return self.bleed_mm > 0

    def scaled(self, width: int) -> "Format":
        """The same at another width, for a preview."""
        ratio = width / self.width
        return Format(self.name, self.label, width, round(self.height * ratio), self.layout)


def _print(name: str, label: Promise, width_mm: int, height_mm: int) -> Format:
    width, height = (round(side / MM_PER_INCH * 300) for side in (width_mm, height_mm))
    return Format(name, label, width, height, "poster", 300, 3)


FORMATS = {
    size.name: size
    for size in (
        _print("poster-a3", _("Poster A3"), 297, 420),
        _print("poster-a2", _("Poster A2"), 420, 594),
        Format("card", _("Social card"), 1200, 630, "card"),
        Format("square", _("Square"), 1080, 1080, "square"),
        Format("story", pgettext_lazy("format of social media", "Story"), 1080, 1920, "story"),
        Format("banner", _("Banner"), 1500, 500, "wide"),
        Format("mail", _("E-mail header"), 1200, 400, "wide"),
    )
}
