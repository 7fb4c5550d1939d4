"""The fonts paper needs, and a system check that says which are missing and how to get them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import typst
from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register

REQUIRED_FAMILIES = {
    "Noto Sans": "fonts-noto-core",
    "Noto Serif": "fonts-noto-core",
    "Noto Naskh Arabic": "fonts-noto-core",
    "Noto Sans CJK SC": "fonts-noto-cjk",
    "Noto Serif CJK SC": "fonts-noto-cjk",
    "HanaMinB": "fonts-hanazono",  # rare Chinese characters in names (CJK extensions B to F)
}


@cache
def system_fonts() -> typst.Fonts:
    """The system's fonts, looked up once per process."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def missing_families() -> list[str]:
    installed = set(system_fonts().families())
    return [family for family in REQUIRED_FAMILIES if family not in installed]


@register("fonts")
def check_fonts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """W001 names each missing font; PDFs that need it are refused with a sentence, never drawn as boxes."""
    missing = missing_families()
    if not missing:
        return []
    packages = " ".join(sorted({REQUIRED_FAMILIES[family] for family in missing}))
    return [
        Warning(
            f"Fonts are missing for PDFs: {', '.join(missing)}.",
            hint=f"On Debian: apt-get install {packages}. Elsewhere install the Noto fonts and HanaMin.",
            id="imprint.W001",
        )
    ]
