import uuid
from datetime import datetime
from itertools import pairwise
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Max, Min
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.campaigns.sharing import share_links
from cms.directory.models import Organisation
from cms.directory.zones import validate_time_zone
from cms.languages.switcher import readable
from cms.pages.blocks import StoryBlock
from cms.pages.counted import CountedPage
from cms.pages.models import ContentPage
from cms.professionals.models import Profile
from cms.vocabulary.models import Audience, Region, Topic

PAGE_SIZE = 24


class EventIndexPage(ContentPage):
    """What takes place: coming events first, then those that are over."""

    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "associations.AssociationPage"]
    max_count_per_parent = 1
    content_panels = [
        HelpPanel(_("Lists every event below it. Add an event as a child page.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("event list")

    def events(self) -> Any:
        """The readable events in this page's language with the moments at which they begin and end."""
        found = readable(EventPage.objects.child_of(self)).select_related("region").prefetch_related("sessions")
        return found.annotate(begins=Min("sessions__starts_at"), ends=Max("sessions__ends_at"))

    def coming(self) -> Any:
        """Those that are not over, the next first."""
        return self.events().filter(ends__gte=timezone.now()).order_by("begins", "pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        now, is_past = timezone.now(), request.GET.get("when") == "past"
        events = self.events()
        chosen = events.filter(ends__lt=now).order_by("-begins") if is_past else events.filter(ends__gte=now)
        pages = Paginator(chosen if is_past else chosen.order_by("begins"), PAGE_SIZE)
        return context | {"pages": pages.get_page(request.GET.get("page")), "is_past": is_past}


class EventForm(WagtailAdminPageForm):
    """An event has sessions, one after the other, and is announced before it is over."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        sessions = self.formsets.get("sessions") if hasattr(self, "formsets") else None
        if sessions is None or self.is_deferred_validation or not sessions.is_valid():
            return cleaned
        spans = [
            (form.cleaned_data["starts_at"], form.cleaned_data["ends_at"])
            for form in sessions.forms
            if form.cleaned_data.get("starts_at") and not form.cleaned_data.get("DELETE")
        ]
        for message in problems_of(spans, is_new=not self.instance.first_published_at):
            self.add_error(None, message)
        return cleaned


def problems_of(spans: list[tuple[datetime, datetime]], *, is_new: bool) -> list[Any]:
    """What is wrong with the sessions of an event, in sentences."""
    if not spans:
        return [_("Add at least one session: the day and the time.")]
    found = []
    if is_new and max(end for _start, end in spans) < timezone.now():
        found.append(_("This event lies in the past. Check the dates of its sessions."))
    ordered = sorted(spans)
    if any(later[0] < earlier[1] for earlier, later in pairwise(ordered)):
        found.append(_("Two sessions overlap. A session begins when the one before has ended."))
    return found


class EventPage(CountedPage, ContentPage):
    """One event: where, when, for whom, and how many may come. Its registrations belong to all its languages."""

    class Mode(models.TextChoices):
        """schema.org: eventAttendanceMode."""

        PLACE = "place", _("On site")
        ONLINE = "online", _("Online")
        BOTH = "both", _("On site and online")

    mode = models.CharField(_("form"), max_length=10, choices=Mode, default=Mode.PLACE)
    place = models.CharField(_("place"), max_length=160, blank=True, help_text=_("E.g. City Library, Great Hall."))
    address = models.CharField(_("address"), max_length=240, blank=True)
    base = models.ForeignKey(
        "bases.TrainingBase",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("training base"),
        help_text=_("If it is held at one: it stands in the base’s calendar."),
    )
    online_url = models.URLField(
        _("address online"), blank=True, help_text=_("Only those who have a place get to see it.")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    organiser = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organiser"),
        help_text=_("Its coordinators may check people in."),
    )
    contact = models.EmailField(_("contact"), blank=True)
    takes_registrations = models.BooleanField(_("people register"), default=True)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
        help_text=_("Empty: as many as come. When all are taken, people wait in line."),
    )
    registration_until = models.DateTimeField(
        _("registration until"), null=True, blank=True, help_text=_("Empty: until the last session ends.")
    )
    training_hours = models.DecimalField(
        _("training hours"), max_digits=4, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="+", verbose_name=_("audiences"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    speakers = ParentalManyToManyField(
        "professionals.Profile",
        blank=True,
        related_name="+",
        limit_choices_to={"is_public": True},
        verbose_name=_("speakers"),
        help_text=_("Professionals with a profile here. Those whose profile is public are linked."),
    )
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("campaign"),
    )
    story = StreamField(StoryBlock(), blank=True, verbose_name=_("story"))

    translated_fields = ["story", "place", "address"]
    shared_fields = [
        *("mode", "base", "online_url", "region", "time_zone", "organiser", "contact", "takes_registrations"),
        *("capacity", "registration_until", "training_hours", "audiences", "topics", "speakers", "campaign"),
    ]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("story"),
        index.SearchField("place"),
        index.SearchField("subject_words"),
        index.FilterField("first_published_at"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
        index.RelatedFields("audiences", [index.FilterField("slug")]),
    ]
    parent_page_types: ClassVar[list[str]] = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = EventForm
    list_template = "events/line.html"
    content_panels = [
        HelpPanel(_("A talk, a workshop, an open day. The registration is one for all languages.")),
        *Page.content_panels,
        FieldPanel("summary"),
        InlinePanel("sessions", heading=_("Sessions"), label=_("Session"), min_num=1),
        FieldPanel("time_zone"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("mode", "place", "address", "base", "online_url", "region")],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("takes_registrations"),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("registration_until")]),
            ],
            heading=_("Registration"),
        ),
        FieldPanel("story"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("organiser", "contact", "training_hours", "campaign")],
            heading=_("By whom, as part of what"),
        ),
        MultiFieldPanel([FieldPanel("audiences"), FieldPanel("topics")], heading=_("For whom, about what")),
        FieldPanel("speakers", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = _("event")

    def clean(self) -> None:
        super().clean()
        if self.mode != self.Mode.ONLINE and not self.place:
            raise ValidationError({"place": _("Say where it takes place, or make it an online event.")})
        if self.mode != self.Mode.PLACE and not self.online_url:
            raise ValidationError({"online_url": _("Give the address where people take part online.")})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def ordered_sessions(self) -> list["EventSession"]:
        return sorted(self.sessions.all(), key=lambda session: session.starts_at)

    @property
    def begins_at(self) -> datetime | None:
        return min((session.starts_at for session in self.sessions.all()), default=None)

    @property
    def ends_at(self) -> datetime | None:
        return max((session.ends_at for session in self.sessions.all()), default=None)

    @property
    def is_over(self) -> bool:
        return bool(self.ends_at and self.ends_at < timezone.now())

    @property
    def is_open(self) -> bool:
        """Whether people may register now."""
        until = self.registration_until or self.ends_at
        return self.takes_registrations and bool(until and timezone.now() < until)

    @property
    def subject_words(self) -> list[str]:
        with override(self.locale.language_code):
            return [str(self._meta.verbose_name), *map(str, [*self.topics.all(), *self.audiences.all()])]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen = [one.pk for one in self.speakers.all()]
        speakers = Profile.objects.public().filter(pk__in=chosen).select_related("user").prefetch_related("names")
        return context | {"share_links": share_links(self), "speakers": speakers}


class EventSession(Orderable):
    """A part of an event with a beginning and an end. ``key`` is the same in all languages."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="sessions")
    key = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    starts_at = models.DateTimeField(_("begins"), help_text=_("In your own time zone."))
    ends_at = models.DateTimeField(_("ends"))

    panels = [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="event_session_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A session ends after it has begun.")})
