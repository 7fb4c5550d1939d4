"""How fresh each translation of a page is: kept at publishing time, read with one query per page view."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class PublishedContent(models.Model):
    """What was last published of one page in one language.

    For the language a page is written in, ``source_digest`` is the digest of its own translatable text
    and ``changed_at`` the time that text last changed. For a translation, ``source_digest`` is the
    digest of the source text it was made from and ``untranslated`` counts the segments still missing.
    """

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    is_source = models.BooleanField()
    source_digest = models.CharField(max_length=64)
    untranslated = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="published_content_once_per_locale")
        ]
        verbose_name = _("published content")
        verbose_name_plural = _("published content")

    def __str__(self) -> str:
        return f"{self.translation_key} ({self.locale_id})"
