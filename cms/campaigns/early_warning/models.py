"""Reports: what changes in the long run (trends), and what to beware of now (alerts)."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from cms.campaigns.sharing import share_links
from cms.languages.switcher import readable
from cms.pages.blocks import StoryBlock
from cms.pages.counted import CountedPage
from cms.pages.models import ContentPage
from cms.vocabulary.models import Region, Topic
from cms.vocabulary.sectors import Sector

PAGE_SIZE = 20


class Kind(models.TextChoices):
    ALERT = "alert", _("Alert")
    TREND = "trend", _("Trend report")


class Severity(models.TextChoices):
    """How much it matters to whoever is concerned; the order is that of weight."""

    INFORMATION = "information", _("For information")
    MODERATE = "moderate", _("Moderate")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class ReportIndexPage(ContentPage):
    """Alerts in force first, then reports; what has expired stands apart and says so."""

    schema_type = "CollectionPage"
    subpage_types: ClassVar[list[str]] = ["early_warning.ReportPage"]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    max_count_per_parent = 1
    content_panels = [
        HelpPanel(_("Lists every report below it, alerts in force first.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("report list")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        found = readable(ReportPage.objects.child_of(self)).prefetch_related("regions", "topics")
        wants_past = request.GET.get("show") == "expired"
        kind = request.GET.get("kind")
        chosen = found.expired(today) if wants_past else found.not_expired(today)
        if kind in Kind.values:
            chosen = chosen.filter(kind=kind)
        pages = Paginator(chosen.by_weight(), PAGE_SIZE).get_page(request.GET.get("page"))
        return context | {"pages": pages, "wants_past": wants_past, "kind": kind, "kinds": Kind}


class ReportQuerySet(PageQuerySet):
    def expired(self, day: date) -> "ReportQuerySet":
        return self.filter(valid_until__lt=day)

    def not_expired(self, day: date) -> "ReportQuerySet":
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))

    def by_weight(self) -> "ReportQuerySet":
        """Alerts first, the gravest first, then the newest."""
        weight = models.Case(
            *(models.When(severity=value, then=place) for place, value in enumerate(Severity.values)),
            output_field=models.IntegerField(),
        )
        return self.annotate(weight=weight).order_by("kind", "-weight", "-valid_from", "pk")


class ReportPage(CountedPage, ContentPage):
    """A report or an alert: how grave, for whom, where, and until when it holds."""

    schema_type = "Report"
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ALERT)
    severity = models.CharField(_("severity"), max_length=12, choices=Severity, default=Severity.INFORMATION)
    sector = models.CharField(_("sector"), max_length=4, choices=Sector, default=Sector.ALL)
    regions = ParentalManyToManyField(Region, blank=True, related_name="+", verbose_name=_("regions"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("An alert needs a last day. Afterwards it says so itself.")
    )
    advice = models.TextField(_("what to do"), blank=True, max_length=1200)
    body = StreamField(StoryBlock(), verbose_name=_("text"))

    objects = PageManager.from_queryset(ReportQuerySet)()

    translated_fields = ["advice", "body"]
    shared_fields = ["kind", "severity", "sector", "regions", "topics", "valid_from", "valid_until"]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("advice"),
        index.SearchField("body"),
        index.SearchField("subject_words"),
        index.FilterField("valid_from"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
    ]
    parent_page_types: ClassVar[list[str]] = ["early_warning.ReportIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        HelpPanel(_("An alert says in its title what to beware of, and in one paragraph what to do.")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("severity"), FieldPanel("sector")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldPanel("advice"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("regions"), FieldPanel("topics")], heading=_("Where, about what")),
    ]

    class Meta:
        verbose_name = _("report")

    def clean(self) -> None:
        super().clean()
        if self.kind == Kind.ALERT and not self.valid_until:
            raise ValidationError({"valid_until": _("An alert needs a last day on which it holds.")})
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day is before the first day.")})

    @property
    def is_expired(self) -> bool:
        return bool(self.valid_until and self.valid_until < timezone.localdate())

    @property
    def is_coming(self) -> bool:
        return self.valid_from > timezone.localdate()

    @property
    def subject_words(self) -> list[str]:
        with override(self.locale.language_code):
            terms = [*self.topics.all(), *self.regions.all()]
            return [str(Kind(self.kind).label), str(Sector(self.sector).label), *map(str, terms)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"share_links": share_links(self)}
