from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.campaigns.newsroom.models.press import EmbargoNotice
from cms.campaigns.sharing import share_links
from cms.directory.zones import validate_time_zone
from cms.languages.switcher import readable
from cms.pages.blocks import StoryBlock
from cms.pages.counted import CountedPage
from cms.pages.models import HOME_DEPTH, ContentPage
from cms.vocabulary.models import Topic

PAGE_SIZE = 20


class NewsroomPage(ContentPage):
    """All press releases, the newest first, with feeds and a subscription."""

    subpage_types: ClassVar[list[str]] = ["newsroom.PressReleasePage"]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "associations.AssociationPage"]
    max_count_per_parent = 1
    content_panels = [
        HelpPanel(_("Lists every press release below it. Those under embargo appear by themselves when it ends.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("newsroom")

    @property
    def is_main(self) -> bool:
        """Whether it is the site’s own and not an association’s: that one has subscribers and accredited press."""
        return self.depth == HOME_DEPTH + 1

    def releases(self, topic: Topic | None = None) -> Any:
        """The readable releases in this page's language, the newest first."""
        found = readable(PressReleasePage.objects.child_of(self)).order_by("-first_published_at")
        return found.filter(topics=topic) if topic else found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        topics = Topic.objects.filter(pk__in=self.releases().order_by().values("topics"))
        topic = next((one for one in topics if one.slug == request.GET.get("topic")), None)
        context["pages"] = Paginator(self.releases(topic), PAGE_SIZE).get_page(request.GET.get("page"))
        return context | {"topics": topics, "topic": topic}


class PressReleasePage(CountedPage, ContentPage):
    """News for the press. Until its embargo ends it is not live: nothing that asks for live pages can show it."""

    schema_type = "NewsArticle"
    place = models.CharField(_("place"), max_length=80, blank=True, help_text=_("Where it is issued, e.g. Beijing."))
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_(
            "In your own time zone. Accredited press reads it before, by personal links; everybody else from then on."
        ),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("In which the embargo is shown, e.g. Asia/Shanghai."),
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("campaign"),
    )
    body = StreamField(StoryBlock(), verbose_name=_("text"))
    about = models.TextField(
        _("about the issuing body"), blank=True, max_length=800, help_text=_("The same under every release.")
    )

    translated_fields = ["body", "place", "about"]
    shared_fields = ["embargo_until", "time_zone", "topics", "campaign"]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("body"),
        index.FilterField("first_published_at"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
    ]
    parent_page_types: ClassVar[list[str]] = ["newsroom.NewsroomPage"]
    subpage_types: ClassVar[list[str]] = []
    list_template = "newsroom/line.html"
    settings_panels = []  # the embargo is the schedule
    content_panels = [
        HelpPanel(_("One news item. What matters stands in the title and the first sentence.")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("place"), FieldPanel("embargo_until"), FieldPanel("time_zone")]),
        FieldPanel("body"),
        InlinePanel("contacts", heading=_("Press contacts"), label=_("Contact")),
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("campaign")], heading=_("About")),
        FieldPanel("about"),
    ]

    class Meta:
        verbose_name = _("press release")

    def clean(self) -> None:
        super().clean()
        self._check_embargo()
        self.go_live_at = self.embargo_until

    @property
    def in_main_newsroom(self) -> bool:
        return self.depth == HOME_DEPTH + 2

    def _check_embargo(self) -> None:
        promised = EmbargoNotice.promised(self.translation_key)
        if promised and promised != self.embargo_until:
            message = _(
                "The press was told that the embargo ends on %(moment)s. To move it, tell them first: "
                "“Send to the press” on this page."
            )
            raise ValidationError({"embargo_until": message % {"moment": self.in_zone(promised)}})
        if self.live and self.embargo_until and self.embargo_until > timezone.now():
            message = _("This release is public already: an embargo comes too late. Unpublish it first.")
            raise ValidationError({"embargo_until": message})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Nothing under embargo becomes live, whoever publishes it and in whatever language."""
        if self.is_under_embargo and self.live:  # type: ignore[has-type]
            self.live = False
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "live"}
        return super().save(*args, **kwargs)

    @property
    def is_under_embargo(self) -> bool:
        """Whether its own embargo, or that of any of its translations, still holds."""
        now = timezone.now()
        if self.embargo_until and self.embargo_until > now:
            return True
        others = PressReleasePage.objects.filter(translation_key=self.translation_key, embargo_until__gt=now)
        return others.exclude(pk=self.pk).exists()

    def in_zone(self, moment: datetime) -> str:
        """A moment to the minute, with its time zone."""
        there = moment.astimezone(ZoneInfo(self.time_zone))
        with timezone.override(ZoneInfo(self.time_zone)):
            return f"{date_format(there, 'DATE_FORMAT')} {there:%H:%M} ({self.time_zone}, UTC{there:%z})"

    @property
    def embargo_text(self) -> str:
        return self.in_zone(self.embargo_until) if self.embargo_until else ""

    @property
    def subject_words(self) -> list[str]:
        with override(self.locale.language_code):
            return [str(self._meta.verbose_name), *map(str, self.topics.all())]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["share_links"] = share_links(self)
        return context


class PressContact(Orderable):
    page = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("post"), max_length=160, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class ReleaseAttachment(Orderable):
    """A document for the press. It is served once a release that has it is live, or by a personal link."""

    page = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.CASCADE, related_name="+", verbose_name=_("document")
    )
    panels = [FieldPanel("document")]

    def __str__(self) -> str:
        return str(self.document)
