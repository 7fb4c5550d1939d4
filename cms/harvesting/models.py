"""What partners share with us: their repositories, what we found in them, and when we looked."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.directory.models import Organisation
from cms.jobs.models import Job
from cms.vocabulary.models import Licence, Topic


class Source(models.Model):
    """A partner’s OAI-PMH 2.0 repository, or one set of it."""

    name = models.CharField(
        _("name"), max_length=160, help_text=_("Readers see it beside every item: whose content it is.")
    )
    base_url = models.URLField(
        _("address of the repository"),
        max_length=400,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("The base URL of OAI-PMH, e.g. https://library.example.org/oai."),
    )
    set_spec = models.CharField(_("set"), max_length=200, blank=True, help_text=_("Empty: everything."))
    licence = models.ForeignKey(
        Licence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("licence"),
        help_text=_("Of items that name none themselves."),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="+", verbose_name=_("topics"), help_text=_("All of its items are about these.")
    )
    hours_between = models.PositiveSmallIntegerField(
        _("hours between two looks"), default=24, validators=[MinValueValidator(1), MaxValueValidator(24 * 31)]
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Its items are shown only while it is active.")
    )
    # Where the next look begins, in the source’s own granularity; empty: at the beginning.
    next_from = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["base_url", "set_spec"], name="a_repository_and_set_once")]
        verbose_name = _("partner repository")
        verbose_name_plural = _("partner repositories")

    def __str__(self) -> str:
        return self.name

    @property
    def last_harvest(self) -> "Harvest | None":
        return self.harvests.order_by("-created_at").first()


class ItemQuerySet(SearchableQuerySetMixin, models.QuerySet["ExternalItem"]):
    def shown(self) -> "ItemQuerySet":
        return self.filter(is_shown=True)


class ExternalItem(index.Indexed, models.Model):
    """Something that lies with a partner: we show what it is, whose it is, and the way there (schema.org:
    CreativeWork). What the source deletes is no longer shown; the row stays, so that it is not taken twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="items", verbose_name=_("source"))
    identifier = models.CharField(max_length=400)
    title = models.CharField(_("title"), max_length=400)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("address"), max_length=1000)
    # Whichever of ours its language is; empty for another.
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    language_tag = models.CharField(max_length=35, blank=True)
    creators = models.JSONField(default=list)
    subjects = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    # Those of its source, and those that its subjects name.
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    rights = models.TextField(_("rights"), blank=True)
    published = models.CharField(_("published"), max_length=10, blank=True)
    is_deleted = models.BooleanField(default=False)
    is_shown = models.BooleanField(default=True)  # neither deleted there nor switched off here
    seen_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ItemQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("description"),
        index.SearchField("subjects"),
        index.SearchField("creators"),
        index.FilterField("language"),
        index.FilterField("is_shown"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
    ]

    class Meta:
        ordering = ["-changed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["source", "identifier"], name="an_item_of_a_source_once")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["is_shown", "language", "-changed_at"], name="items_shown")
        ]
        verbose_name = _("partner’s item")
        verbose_name_plural = _("partners’ items")

    def __str__(self) -> str:
        return self.title

    @property
    def search_language(self) -> str:
        return self.language or settings.LANGUAGE_CODE

    def get_absolute_url(self) -> str:
        return reverse("harvesting:item", args=[self.pk])

    @property
    def licence_text(self) -> str:
        """What the item itself says of its rights, else the licence that was agreed with its source."""
        return self.rights or str(self.source.licence or "")


class Harvest(Job):
    """One look into a source: what was asked, what came, and what became of it. Never changed once it is over."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="harvests", verbose_name=_("source"))
    asked_from = models.CharField(max_length=20, blank=True)
    requests = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    taken_down = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=list)  # sentences: what was wrong, though the rest was taken

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("harvest")
        verbose_name_plural = _("harvests")

    def __str__(self) -> str:
        return f"{self.source} {self.created_at:%Y-%m-%d %H:%M}"
