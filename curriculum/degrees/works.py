"""Degree programmes as shared works, in each language in which they have a title."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cms.interop.works import CURRICULUM, Work, WorkKind, names
from curriculum.degrees.models import DegreeProgramme


def _public() -> Any:
    return DegreeProgramme.objects.public().select_related("institution").prefetch_related("topics")


def _describe(found: Any) -> Iterator[tuple[str, Work]]:
    for language, _name in settings.LANGUAGES:
        if getattr(found, f"title_{language.replace('-', '_')}"):
            with override(language):
                yield (
                    language,
                    Work(
                        title=str(found),
                        path=found.get_absolute_url(),
                        description=found.summary or "",
                        subjects=names(found.topics),
                        creators=(str(found.institution),),
                        licence=settings.IMPRINT_CONTENT_LICENCE,
                    ),
                )


DEGREE = WorkKind(
    "degree",
    CURRICULUM,
    _("Degree programme"),
    DegreeProgramme,
    _public,
    lambda found: str(found.key),
    _describe,
)
