from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from courses.activities.slides.pages import validate_pdf
from courses.catalogue.media import course_files
from courses.catalogue.models import Activity


class SlideDeck(models.Model):
    """The slides of an activity: a PDF per language, shown page by page."""

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="slide_decks", verbose_name=_("activity"))
    file = models.FileField(
        _("slides (PDF)"),
        upload_to="slides/",
        storage=course_files,
        validators=[FileExtensionValidator(["pdf"]), validate_pdf],
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity"], name="one_slide_deck_per_activity")]
        verbose_name = _("slides")
        verbose_name_plural = _("slides")

    def __str__(self) -> str:
        return str(self.activity)
