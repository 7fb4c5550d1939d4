"""The designs of a kit: data, one file each."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Design:
    """A name, and in its file the colours and a list of elements per layout."""

    name: str
    label: str | Promise

    @property
    def data(self) -> dict[str, Any]:
        return _read(self.name)

    def colour(self, name: str) -> str:
        return str(self.data["colours"][name])

    @property
    def ground(self) -> str:
        return self.colour(self.data["ground"])

    def elements(self, layout: str, *, has_picture: bool) -> list[dict[str, Any]]:
        """The elements to draw, in order; some are for kits with a picture only, some for flat ones."""
        wanted = "picture" if has_picture else "flat"
        return [element for element in self.data["layouts"][layout] if element.get("when", wanted) == wanted]


@cache
def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


DESIGNS = {
    design.name: design
    for design in (
        Design("seal", pgettext_lazy("design of a poster", "Seal: vermilion and paper")),
        Design("night", pgettext_lazy("design of a poster", "Night: indigo and a rosette")),
        Design("mosaic", pgettext_lazy("design of a poster", "Mosaic: makers’ signs in four colours")),
    )
}
