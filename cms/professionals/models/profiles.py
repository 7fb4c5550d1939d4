"""Profiles: public only while their owner agrees, and in the parts that they chose."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.professionals.parts import CLAIMED, Part
from cms.vocabulary.joined import holding, split
from cms.vocabulary.models import Region, Topic
from cms.vocabulary.sectors import Sector
from cms.vocabulary.tongues import tongue_name


class ProfileQuerySet(SearchableQuerySetMixin, models.QuerySet["Profile"]):
    def public(self) -> "ProfileQuerySet":
        """Those that anyone may read."""
        return self.filter(is_public=True, user__is_active=True)

    def showing(self, part: Part) -> "ProfileQuerySet":
        """Those whose owners show this part."""
        return self.filter(shown__contains=holding(part))

    def teaching(self) -> "ProfileQuerySet":
        """Public lecturers who can be asked."""
        return self.public().showing(Part.TEACHING).filter(lecturing__is_available=True)


class Profile(index.Indexed, models.Model):
    """A person as they present themselves (schema.org: Person). Its address is not to be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    headline = models.CharField(
        _("headline"), max_length=160, help_text=_("What you do, in one line: Patent examiner for polymers.")
    )
    about = models.TextField(_("about me"), max_length=2000, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("IP fields"))
    languages = models.CharField(_("languages"), max_length=400, blank=True)  # |en|zh|, ISO 639-1
    sectors = models.CharField(_("industries"), max_length=100, blank=True)  # |A|J|, sections of ISIC
    shown = models.CharField(max_length=200, blank=True)  # |about|region|, the parts that others see
    takes_messages = models.BooleanField(
        _("people may write to me"),
        default=True,
        help_text=_("Through a form here. Your address is not shown; whoever you answer learns it."),
    )
    in_search_engines = models.BooleanField(_("search engines may list my profile"), default=False)
    is_public = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)  # when its owner last said that it is right
    asked_at = models.DateTimeField(null=True)  # when they were asked whether it still is; empty once they answered
    hidden_as_stale_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ProfileQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("search_names", boost=3),
        index.AutocompleteField("search_names"),
        index.SearchField("headline", boost=2),
        index.SearchField("search_words"),
        index.FilterField("is_public"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
        index.RelatedFields("user", [index.FilterField("is_active")]),
    ]

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["confirmed_at"], condition=Q(is_public=True), name="profiles_by_confirmation")
        ]
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return self.main_name

    def get_absolute_url(self) -> str:
        return reverse("professionals:profile", args=[self.pk])

    @property
    def search_language(self) -> str:
        return str(self.user.preferred_language)

    @cached_property
    def all_names(self) -> list[str]:
        return [one.name for one in self.names.all()]

    @property
    def main_name(self) -> str:
        return self.all_names[0] if self.all_names else self.user.name

    @property
    def other_names(self) -> list[str]:
        return self.all_names[1:]

    @property
    def shown_parts(self) -> list[str]:
        return split(self.shown)

    def shows(self, part: Part) -> bool:
        return part in self.shown_parts

    @property
    def language_names(self) -> list[str]:
        return [tongue_name(code) for code in split(self.languages)]

    @property
    def sector_names(self) -> list[str]:
        return [str(Sector(code).label) for code in split(self.sectors) if code in Sector.values]

    # --- search: nothing that is not shown ------------------------------------------------------------
    @property
    def search_names(self) -> list[str]:
        return self.all_names or [self.user.name]

    @property
    def search_words(self) -> list[str]:
        words = [name for topic in self.topics.all() for name in (topic.title_en, str(topic))]
        if self.shows(Part.ABOUT):
            words.append(self.about)
        if self.shows(Part.REGION) and self.region:
            words.append(str(self.region))
        claims = self.claims.filter(kind__in=[part for part in CLAIMED if self.shows(part)])
        return [*words, *(f"{claim.title} {claim.body}" for claim in claims)]

    @classmethod
    def get_indexed_objects(cls) -> Any:
        return super().get_indexed_objects().filter(is_public=True, user__is_active=True)

    def get_indexed_instance(self) -> "Profile | None":
        return self if self.is_public and self.user.is_active else None


class ProfileName(models.Model):
    """A person’s name in one script, as they write it; the first stands as the heading."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    sort_order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["profile", "name"], name="a_name_of_a_profile_once")]
        verbose_name = _("name")
        verbose_name_plural = _("names")

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """A person agreed to be public in certain parts, or took it back. Only ever added to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="profile_consents")
    is_given = models.BooleanField()
    parts = models.CharField(max_length=200, blank=True)
    text_version = models.PositiveSmallIntegerField()
    text = models.TextField()  # the words that were agreed to, in the language in which they stood there
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("consent to a public profile")
        verbose_name_plural = _("consents to a public profile")

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d} {self.is_given}"
