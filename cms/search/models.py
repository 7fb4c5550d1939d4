"""The queue of what is not yet in the index."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PendingChange(models.Model):
    """An object that was saved or deleted since the index was last written.

    Rows are only added, and removed once the commit that holds them is on disk: what is lost in
    between is done again. The last row of an object counts.
    """

    index = models.CharField(_("index"), max_length=64, help_text=_("Which index waits for it."))
    model = models.CharField(_("model"), max_length=200)
    object_id = models.CharField(_("object"), max_length=64)
    is_deletion = models.BooleanField(_("deleted"), default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued"), auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["index", "id"], name="pending_by_index")]
        verbose_name = _("pending change")
        verbose_name_plural = _("pending changes")

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
