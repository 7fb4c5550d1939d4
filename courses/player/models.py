import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enrolment.models import Enrolment


class Note(models.Model):
    """A learner's own bookmark and words at an activity. Nobody else sees them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="notes")
    activity_key = models.UUIDField(help_text="The activity in every version of its course.")
    is_bookmark = models.BooleanField(_("bookmark"), default=False)
    text = models.TextField(_("note"), max_length=4000, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-changed_at"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "activity_key"], name="one_note_per_activity")]
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.text[:60]
