"""Exchange with other countries: opportunities with a deadline, and the institutions abroad that we work with."""

import uuid
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from cms.directory.zones import validate_time_zone
from cms.exchange import jsonld
from cms.languages.switcher import readable
from cms.pages.blocks import StoryBlock
from cms.pages.counted import CountedPage
from cms.pages.models import ContentPage
from cms.vocabulary import countries
from cms.vocabulary.models import Audience, Topic

PAGE_SIZE = 20


class PartnerInstitution(models.Model):
    """An office, university or institute abroad with which there is an agreement."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("IP office")
        UNIVERSITY = "university", _("University")
        INSTITUTE = "institute", _("Institute")
        ORGANISATION = "organisation", _("International organisation")
        OTHER = "other", _("Other body")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("what we do together"), max_length=800, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.UNIVERSITY)
    country = models.CharField(_("country or region"), max_length=2, choices=countries.choices)
    website = models.URLField(_("website"), blank=True)
    since = models.DateField(_("agreement since"), null=True, blank=True)
    until = models.DateField(_("agreement until"), null=True, blank=True, help_text=_("Empty while it lasts."))

    class Meta:
        ordering = ["country", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since")),
                name="agreement_ends_after_it_begins",
            )
        ]
        verbose_name = _("partner institution abroad")
        verbose_name_plural = _("partner institutions abroad")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The last day is before the first. Change one of them.")})


class OpportunityQuerySet(PageQuerySet):
    def open(self, now: datetime | None = None) -> "OpportunityQuerySet":
        """Those for which one can still apply."""
        return self.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=now or timezone.now()))

    def closed(self, now: datetime | None = None) -> "OpportunityQuerySet":
        return self.filter(closes_at__lte=now or timezone.now())


class Kind(models.TextChoices):
    STUDY = "study", _("Study abroad")
    VISITING = "visiting", _("Visiting post")
    FELLOWSHIP = "fellowship", _("Fellowship")
    RECRUITMENT = "recruitment", _("Recruitment of specialists from abroad")
    COOPERATION = "cooperation", _("Cooperation project")


class OpportunityIndexPage(ContentPage):
    """What one can apply for now, by kind, country and field; what has closed stands apart."""

    schema_type = "CollectionPage"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["exchange.OpportunityPage"]
    max_count_per_parent = 1
    content_panels = [
        HelpPanel(_("Lists every opportunity below it, the nearest deadline first.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("list of opportunities")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        below = readable(OpportunityPage.objects.child_of(self))
        wants_past = request.GET.get("show") == "closed"
        found = below.closed() if wants_past else below.open()
        chosen = {name: request.GET.get(name, "") for name in ("kind", "country", "topic")}
        shown = _narrowed(found, chosen).select_related("partner").prefetch_related("topics")
        ordered = shown.order_by("-closes_at" if wants_past else models.F("closes_at").asc(nulls_last=True), "pk")
        pages = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
        return context | {
            "pages": pages,
            "wants_past": wants_past,
            "chosen": chosen,
            "facets": _facets(found, chosen),
            "has_partners": PartnerInstitution.objects.exists(),
        }


def _narrowed(found: Any, chosen: Mapping[str, str], leave_out: str = "") -> Any:
    columns = {"kind": "kind", "country": "country", "topic": "topics__slug"}
    values = {columns[name]: value for name, value in chosen.items() if value and name != leave_out}
    return found.filter(**values)


def _facets(found: Any, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """For each facet its values with how many there are, given what is chosen in the others."""
    topics = {topic.slug: str(topic) for topic in Topic.objects.all()}
    labels: list[tuple[str, Any, str, Any]] = [
        ("kind", _("Kind"), "kind", lambda value: Kind(value).label),
        ("country", _("Country or region"), "country", countries.country_name),
        ("topic", _("Field"), "topics__slug", lambda value: topics[value]),
    ]
    facets = []
    for name, label, column, text in labels:
        rows = _narrowed(found, chosen, leave_out=name).order_by().values_list(column).annotate(Count("pk"))
        values = sorted((str(text(value)), value, count) for value, count in rows if value)
        facets.append({"name": name, "label": label, "values": values, "chosen": chosen[name]})
    return facets


class OpportunityPage(CountedPage, ContentPage):
    """One opportunity: for whom, where, until when, how it is paid for and how to apply."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    country = models.CharField(_("country or region"), max_length=2, choices=countries.choices)
    partner = models.ForeignKey(
        PartnerInstitution,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="opportunities",
        verbose_name=_("partner institution"),
    )
    host = models.CharField(_("offered by"), max_length=200, help_text=_("The body that decides about applications."))
    deadline = models.DateField(
        _("deadline"), null=True, blank=True, help_text=_("The last day to apply. Empty: at any time.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("The deadline ends at midnight here. A name like Asia/Shanghai."),
    )
    closes_at = models.DateTimeField(null=True, editable=False)  # the moment at which the deadline is over
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    duration = models.CharField(_("duration"), max_length=120, blank=True, help_text=_("E.g. 12 months."))
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    funding = models.CharField(
        _("funding"), max_length=300, help_text=_("What is paid, and what is not. Write “none” if nothing is.")
    )
    requirements = models.TextField(_("who may apply"), blank=True, max_length=1500)
    how_to_apply = models.TextField(_("how to apply"), max_length=1500)
    apply_url = models.URLField(_("address for applications"), blank=True)
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("fields"))
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="+", verbose_name=_("audiences"))
    body = StreamField(StoryBlock(), blank=True, verbose_name=_("text"))

    objects = PageManager.from_queryset(OpportunityQuerySet)()

    translated_fields = ["host", "duration", "funding", "requirements", "how_to_apply", "body"]
    shared_fields = [
        *("kind", "country", "partner", "deadline", "time_zone", "starts_on", "places", "apply_url"),
        *("topics", "audiences"),
    ]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("host"),
        index.SearchField("body"),
        index.SearchField("funding"),
        index.SearchField("requirements"),
        index.SearchField("subject_words"),
        index.FilterField("first_published_at"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
        index.RelatedFields("audiences", [index.FilterField("slug")]),
    ]
    parent_page_types: ClassVar[list[str]] = ["exchange.OpportunityIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        HelpPanel(_("One thing to apply for. Subscribers to its fields and country are written to when it appears.")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("country")]),
        FieldRowPanel([FieldPanel("host"), FieldPanel("partner")]),
        FieldRowPanel([FieldPanel("deadline"), FieldPanel("time_zone")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("duration"), FieldPanel("places")]),
        FieldPanel("funding"),
        FieldPanel("requirements"),
        FieldPanel("how_to_apply"),
        FieldPanel("apply_url"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("audiences")], heading=_("Fields, for whom")),
    ]

    class Meta:
        verbose_name = _("opportunity")

    def clean(self) -> None:
        super().clean()
        if self.deadline and self.starts_on and self.starts_on < self.deadline:
            raise ValidationError({"starts_on": _("It begins before its deadline. Change one of them.")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.closes_at = self._end_of_deadline()
        return super().save(*args, **kwargs)

    def _end_of_deadline(self) -> datetime | None:
        if self.deadline is None:
            return None
        return datetime.combine(self.deadline + timedelta(days=1), time(), ZoneInfo(self.time_zone))

    @property
    def is_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def days_left(self) -> int | None:
        """Whole days until the deadline is over; None without one."""
        return (self.closes_at - timezone.now()).days if self.closes_at else None

    @property
    def country_name(self) -> str:
        return countries.country_name(self.country)

    @property
    def subject_words(self) -> list[str]:
        with override(self.locale.language_code):
            terms = [*self.topics.all(), *self.audiences.all()]
            return [str(self.get_kind_display()), self.country_name, str(self.partner or ""), *map(str, terms)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"structured_data": jsonld.opportunity(self)}
