import uuid
from collections import defaultdict
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.campaigns.participation.confirming import ask_to_confirm
from cms.campaigns.participation.forms import CommentForm
from cms.campaigns.participation.models.activities import ActivityPage
from cms.pages.blocks import ARTICLE_NUMBER, StoryBlock


class ArticleBlock(blocks.StructBlock):
    """An article of the draft. Its number stays the same in all languages: comments hang on it."""

    number = blocks.RegexBlock(
        ARTICLE_NUMBER,
        label=_("Number"),
        max_length=10,
        error_messages={"invalid": _("A number such as 22, 22-1 or 22a.")},
    )
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=160)
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "doc-full"
        label = _("Article")


class ConsultationPage(ActivityPage):
    """A draft put before the public: comments on each article, official replies, and a summary at the end."""

    introduction = StreamField(StoryBlock(), blank=True, verbose_name=_("what it is about"))
    articles = StreamField([("article", ArticleBlock())], verbose_name=_("draft"))
    outcome = StreamField(
        StoryBlock(),
        blank=True,
        verbose_name=_("summary"),
        help_text=_("After it has closed: what was said, and what follows."),
    )

    translated_fields = ["introduction", "articles", "outcome"]
    shared_fields = [*ActivityPage.activity_fields]
    search_fields = [
        *ActivityPage.search_fields,
        index.SearchField("articles"),
        index.FilterField("first_published_at"),
    ]
    content_panels = [
        HelpPanel(_("Give a closing date. Comments are shown after you have looked at them; replies stand below.")),
        *Page.content_panels,
        FieldPanel("summary"),
        ActivityPage.period_panel,
        FieldPanel("introduction"),
        FieldPanel("articles"),
        FieldPanel("outcome"),
    ]

    class Meta:
        verbose_name = _("consultation")

    def make_form(self, request: HttpRequest) -> CommentForm:
        return CommentForm(request, self)

    def accept(self, request: HttpRequest, form: CommentForm) -> HttpResponse:
        comment = Comment.send(self, form)
        return render(request, "participation/commented.html", {"page": self, "comment": comment})

    @property
    def comments(self) -> "CommentQuerySet":
        return Comment.objects.filter(consultation_key=self.translation_key)

    @property
    def article_numbers(self) -> list[str]:
        return [block.value["number"] for block in self.articles]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        by_article: dict[str, list[Comment]] = defaultdict(list)
        for comment in self.comments.shown():
            by_article[comment.article].append(comment)
        context["sections"] = [(block.value, by_article.get(block.value["number"], [])) for block in self.articles]
        context["general_comments"] = by_article.get("", [])
        context["comment_count"] = sum(map(len, by_article.values()))
        return context


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown(self) -> "CommentQuerySet":
        return self.filter(state=Comment.State.SHOWN).order_by("created_at")


class Comment(models.Model):
    """What somebody says about an article of a draft, and what the office answers."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed")
        WAITING = "waiting", _("to be looked at")
        SHOWN = "shown", _("shown")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation_key = models.UUIDField(db_index=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False)
    article = models.CharField(_("article"), max_length=10, blank=True)
    text = models.TextField(_("comment"), max_length=4000)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    email = models.EmailField(_("email address"))
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNCONFIRMED)
    reply = models.TextField(_("official reply"), blank=True, max_length=4000)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("received"), default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return f"{self.article} {self.name}: {self.text[:60]}"

    @classmethod
    def send(cls, page: ConsultationPage, form: CommentForm) -> "Comment":
        """Stores a comment, the same form once, and asks its author to confirm the address."""
        names = ("article", "text", "name", "organisation", "email")
        comment, is_new = cls.objects.get_or_create(
            form_key=form.form_key,
            defaults={name: form.cleaned_data[name] for name in names}
            | {"consultation_key": page.translation_key, "language": get_language() or "en"},
        )
        if is_new:
            ask_to_confirm("comment", [str(comment.pk)], comment.email, page.title)
        return comment

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.reply and not self.replied_at:
            self.replied_at = timezone.now()
        super().save(*args, **kwargs)
