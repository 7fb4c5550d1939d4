"""The register: who may act, since when, and why not where that is public. Its history is only added to."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.directory.models import Organisation
from cms.vocabulary.joined import split
from cms.vocabulary.models import Region, Topic
from cms.vocabulary.tongues import tongue_name
from courses.credentials.models.once import GrantedOnce
from courses.intermediaries.matching import number_key
from courses.intermediaries.models.tracks import QualificationTrack

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class Standing(models.TextChoices):
    """Whether an entry lets its holder act today. ``LAPSED`` is worked out, never entered: it was not renewed."""

    ACTIVE = "active", pgettext_lazy("register entry", "active")
    SUSPENDED = "suspended", _("suspended")
    STRUCK_OFF = "struck-off", _("struck off")
    LAPSED = "lapsed", _("not renewed")


ENTERED = [choice for choice in Standing.choices if choice[0] != Standing.LAPSED]


class RegisterQuerySet(SearchableQuerySetMixin, models.QuerySet["RegisterEntry"]):
    def with_standing(self, today: date | None = None) -> "RegisterQuerySet":
        """Each with its ``standing`` on a day, as the database works it out."""
        day = today or timezone.localdate()
        return self.annotate(
            standing=Case(
                When(status=Standing.STRUCK_OFF, then=Value(Standing.STRUCK_OFF)),
                When(
                    Q(status=Standing.SUSPENDED) & (Q(status_until__isnull=True) | Q(status_until__gte=day)),
                    then=Value(Standing.SUSPENDED),
                ),
                When(valid_until__lt=day, then=Value(Standing.LAPSED)),
                default=Value(Standing.ACTIVE),
                output_field=models.CharField(),
            )
        )

    def active(self, today: date | None = None) -> "RegisterQuerySet":
        """Those who may act on a day: ``standing`` in conditions that search understands, too."""
        day = today or timezone.localdate()
        may_act = Q(status=Standing.ACTIVE) | Q(status=Standing.SUSPENDED, status_until__lt=day)
        return self.filter(may_act).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))

    def held_by(self, user: "AbstractBaseUser | AnonymousUser") -> "RegisterQuerySet":
        """The person’s own, and those of agencies that they manage."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(user_id=user.pk) | Q(organisation__in=Organisation.objects.managed_by(user)))


class RegisterEntry(index.Indexed, models.Model):
    """One person or agency on the register of one profession.

    ``status``, ``status_since`` and ``status_until`` are those of the last :class:`StatusChange`; ``valid_until`` is
    that of the last :class:`Renewal`, or of the admission.
    """

    class Holder(models.TextChoices):
        PERSON = "person", _("Person")
        AGENCY = "agency", _("Agency")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    track = models.ForeignKey(
        QualificationTrack, on_delete=models.PROTECT, related_name="entries", verbose_name=_("profession")
    )
    holder = models.CharField(_("who"), max_length=10, choices=Holder, default=Holder.PERSON)
    number = models.CharField(_("registration number"), max_length=40)
    number_key = models.CharField(max_length=40, editable=False)
    name = models.CharField(_("name"), max_length=200)
    other_names = models.TextField(
        _("names in other scripts"), max_length=600, blank=True, help_text=_("One name per line.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="register_entries"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
        help_text=_("Of an agency that is one of the organisations here: its coordinators see the entry as theirs."),
    )
    agency = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="agents",
        limit_choices_to={"holder": "agency"},
        verbose_name=_("works for"),
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    languages = models.CharField(_("languages"), max_length=100, blank=True)  # |en|zh|, ISO 639-1
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("fields"))
    admitted_on = models.DateField(_("on the register since"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    status = models.CharField(max_length=12, choices=ENTERED, default=Standing.ACTIVE, editable=False)
    status_since = models.DateField(editable=False)
    status_until = models.DateField(null=True, editable=False)

    if TYPE_CHECKING:
        standing: str  # by ``with_standing``

    objects = RegisterQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("other_names"),
        index.SearchField("number"),
        index.FilterField("status"),
        index.FilterField("status_until"),
        index.FilterField("valid_until"),
    ]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["track", "number_key"], name="a_number_once_in_a_register"),
            models.CheckConstraint(condition=~Q(number_key=""), name="an_entry_has_a_number"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("admitted_on")),
                name="an_entry_is_valid_after_admission",
            ),
        ]
        indexes = [
            models.Index(fields=["valid_until"], name="register_to_renew"),
            models.Index(fields=["number_key"], name="register_by_number"),
        ]
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_key = number_key(self.number)
        if self.status_since is None:
            self.status_since = self.admitted_on
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("intermediaries:entry", args=[self.pk])

    @property
    def all_names(self) -> list[str]:
        return [self.name, *(line.strip() for line in self.other_names.splitlines() if line.strip())]

    @property
    def language_names(self) -> list[str]:
        return [tongue_name(code) for code in split(self.languages)]

    def standing_on(self, day: date) -> Standing:
        """As ``with_standing`` has it."""
        if self.status == Standing.STRUCK_OFF:
            return Standing.STRUCK_OFF
        if self.status == Standing.SUSPENDED and (self.status_until is None or self.status_until >= day):
            return Standing.SUSPENDED
        if self.valid_until is not None and self.valid_until < day:
            return Standing.LAPSED
        return Standing.ACTIVE


class StatusChange(GrantedOnce):
    """One line of an entry’s history: what it became, since when, until when, and why."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="changes")
    status = models.CharField(_("status"), max_length=12, choices=ENTERED)
    since = models.DateField(_("since"))
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Of a suspension: its last day. Empty: until it is lifted.")
    )
    reason = models.CharField(_("reason"), max_length=400)
    is_reason_public = models.BooleanField(
        _("the reason is public"), default=False, help_text=_("Where the law lets the public read it.")
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(status="suspended", until__gte=F("since")),
                name="only_suspensions_end_by_themselves",
            )
        ]
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")

    def __str__(self) -> str:
        return f"{self.entry} {self.get_status_display()} {self.since}"


class Renewal(GrantedOnce):
    """An entry that goes on: until when, with how many hours of continuing education, seen by whom."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="renewals")
    renewed_from = models.DateField()
    valid_until = models.DateField(_("valid until"))
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=1)
    reason = models.CharField(
        _("reason"),
        max_length=400,
        blank=True,
        help_text=_("Needed where hours are missing and it is renewed all the same."),
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-valid_until"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "renewed_from"], name="an_entry_is_renewed_once_a_term"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("renewed_from")), name="a_renewal_goes_further"),
        ]
        verbose_name = _("renewal")
        verbose_name_plural = _("renewals")

    def __str__(self) -> str:
        return f"{self.entry} {self.valid_until}"
