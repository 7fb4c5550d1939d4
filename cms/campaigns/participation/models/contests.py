import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Avg, Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.campaigns.participation.confirming import ask_to_confirm
from cms.campaigns.participation.forms import EntryForm
from cms.campaigns.participation.models.activities import ActivityPage
from cms.pages.blocks import StoryBlock
from cms.vocabulary.models import Licence, names_in

ENTRIES_A_PAGE = 48
SUFFIXES = {"image": "jpg", "pdf": "pdf"}


def entry_storage() -> Any:
    """Not among the media: an entry is public only once it was looked at."""
    return storages["entries"]


class ContestPage(ActivityPage):
    """A contest: who may enter what, a jury, a public vote, and the winners."""

    rules = StreamField(StoryBlock(), verbose_name=_("rules"))
    categories = models.TextField(
        _("categories"), blank=True, max_length=600, help_text=_("One per line, the same number in every language.")
    )
    takes_images = models.BooleanField(_("images"), default=True)
    takes_texts = models.BooleanField(_("texts"), default=False)
    takes_pdfs = models.BooleanField(_("PDF files"), default=False)
    licences = ParentalManyToManyField(
        Licence,
        blank=True,
        related_name="+",
        verbose_name=_("licences to choose from"),
        help_text=_("None: CC BY 4.0."),
    )
    jurors = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("jury"),
        help_text=_("They score entries."),
    )
    has_public_vote = models.BooleanField(_("public vote"), default=False)
    voting_until = models.DateTimeField(_("voting until"), null=True, blank=True)
    winners_are_public = models.BooleanField(_("winners are announced"), default=False)

    translated_fields = ["rules", "categories"]
    shared_fields = [
        *ActivityPage.activity_fields,
        *("takes_images", "takes_texts", "takes_pdfs", "licences", "jurors"),
        *("has_public_vote", "voting_until", "winners_are_public"),
    ]
    content_panels = [
        HelpPanel(_("Entries are shown after you have accepted them. Children need the consent of a guardian.")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("rules"),
        FieldPanel("categories"),
        ActivityPage.period_panel,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("takes_images"), FieldPanel("takes_texts"), FieldPanel("takes_pdfs")]),
                FieldPanel("licences"),
            ],
            heading=_("Entries"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("jurors"),
                FieldPanel("has_public_vote"),
                FieldPanel("voting_until"),
                FieldPanel("winners_are_public"),
            ],
            heading=_("Jury, vote, winners"),
        ),
    ]

    class Meta:
        verbose_name = _("contest")

    def clean(self) -> None:
        super().clean()
        if not (self.takes_images or self.takes_texts or self.takes_pdfs):
            raise ValidationError({"takes_images": _("Choose at least one kind of entry.")})
        if self.voting_until and self.closes_at and self.voting_until <= self.closes_at:
            raise ValidationError({"voting_until": _("Voting ends after the last entry has come in.")})

    @property
    def category_names(self) -> list[str]:
        return names_in(self.categories)

    @property
    def accepted(self) -> "EntryQuerySet":
        return Entry.objects.filter(contest_key=self.translation_key).accepted()

    @property
    def is_voting(self) -> bool:
        """Whether the public votes now: once entries are in, until the voting ends."""
        if not self.has_public_vote or self.winners_are_public:
            return False
        return bool(self.voting_until and not self.is_open and timezone.now() < self.voting_until)

    @property
    def voting_is_over(self) -> bool:
        return bool(self.has_public_vote and self.voting_until and timezone.now() >= self.voting_until)

    def make_form(self, request: HttpRequest) -> EntryForm:
        return EntryForm(request, self)

    def accept(self, request: HttpRequest, form: EntryForm) -> HttpResponse:
        entry = Entry.enter(self, form)
        return render(request, "participation/entered.html", {"page": self, "entry": entry})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        entries = self.accepted.annotate(votes=Count("vote")).order_by("created_at", "pk")
        winners = entries.filter(rank__isnull=False).order_by("rank", "category", "created_at")
        shows_votes = self.voting_is_over or self.winners_are_public
        return context | {
            "pages": Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page")),
            "winners": list(winners) if self.winners_are_public else [],
            "shows_votes": shows_votes and self.has_public_vote,
        }


class EntryQuerySet(models.QuerySet["Entry"]):
    def accepted(self) -> "EntryQuerySet":
        return self.filter(state=Entry.State.ACCEPTED)

    def with_scores(self) -> Any:
        return self.annotate(jury=Avg("scores__points"), votes=Count("vote", distinct=True)).order_by(
            "created_at", "pk"
        )


class Entry(models.Model):
    """What somebody made and entered, whose it is, and under which licence it may be shown."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed")
        SUBMITTED = "submitted", _("to be looked at")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    class Kind(models.TextChoices):
        IMAGE = "image", _("image")
        TEXT = "text", _("text")
        PDF = "pdf", _("PDF file")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest_key = models.UUIDField(db_index=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    category = models.PositiveSmallIntegerField(_("category"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(_("text"), blank=True, max_length=6000)
    file = models.FileField(_("file"), storage=entry_storage, blank=True, max_length=200)
    creator = models.CharField(_("made by"), max_length=120)
    email = models.EmailField(_("email address"))
    is_minor = models.BooleanField(_("under 18"), default=False)
    guardian_name = models.CharField(_("guardian"), max_length=120, blank=True)
    guardian_email = models.EmailField(_("guardian’s email address"), blank=True)
    guardian_consented_at = models.DateTimeField(_("guardian consented"), null=True, blank=True)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="+", verbose_name=_("licence"))
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNCONFIRMED)
    rank = models.PositiveSmallIntegerField(
        _("place"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    award = models.CharField(_("award"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("entered"), default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="accepted", is_minor=True, guardian_consented_at__isnull=True),
                name="no_minor_is_shown_without_consent",
            )
        ]
        verbose_name = _("contest entry")
        verbose_name_plural = _("contest entries")

    def __str__(self) -> str:
        return f"{self.title} – {self.creator}"

    @classmethod
    def enter(cls, page: ContestPage, form: EntryForm) -> "Entry":
        """Stores an entry, the same form once, and asks its owner to confirm the address."""
        known = cls.objects.filter(form_key=form.form_key).first()
        if known:
            return known
        data, (kind, content) = form.cleaned_data, form.content
        entry = cls(
            contest_key=page.translation_key,
            form_key=form.form_key,
            title=data["title"],
            category=data.get("category") or 0,
            kind=kind,
            text=data.get("text", "") if kind == cls.Kind.TEXT else "",
            creator=data["creator"],
            email=data["email"],
            is_minor=data["is_minor"],
            guardian_name=data["guardian_name"] if data["is_minor"] else "",
            guardian_email=data["guardian_email"] if data["is_minor"] else "",
            licence=data["licence"],
            language=get_language() or "en",
        )
        if content:
            entry.file.save(f"{entry.pk}.{SUFFIXES[kind]}", ContentFile(content), save=False)
        entry.save()
        ask_to_confirm("entry", [str(entry.pk)], entry.email, page.title)
        return entry

    def clean(self) -> None:
        super().clean()
        if self.state == self.State.ACCEPTED and self.is_minor and not self.guardian_consented_at:
            raise ValidationError({"state": _("The guardian has not consented yet. The entry cannot be shown.")})


class JuryScore(models.Model):
    """One juror's points for one entry; a juror may change their mind until the winners are announced."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="scores")
    juror = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)])
    remark = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "juror"], name="one_score_a_juror"),
            models.CheckConstraint(condition=Q(points__lte=10), name="at_most_ten_points"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.points}"


class Vote(models.Model):
    """One confirmed address's vote in a contest. The address itself is not kept, only a keyed digest of it."""

    contest_key = models.UUIDField()
    voter = models.CharField(max_length=64)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest_key", "voter"], name="one_vote_an_address")]

    def __str__(self) -> str:
        return f"{self.entry_id} ({self.created_at:%Y-%m-%d})"
