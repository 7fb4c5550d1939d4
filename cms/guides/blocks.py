"""The steps of a guide: questions whose answers branch, and advice with a checklist and links."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from cms.guides.ways import Problem, problems_of
from cms.languages.switcher import readable
from cms.pages.blocks import TEXT

KEY = r"^[a-z][a-z0-9-]{0,39}$"
PATH = r"^([a-z0-9-]+/)+$"


class KeyBlock(blocks.RegexBlock):
    """The short name of a step; it is the same in every language."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid": _("Small letters, digits and hyphens, such as abroad or no-patent.")}
        super().__init__(KEY, max_length=40, error_messages=messages, **kwargs)


class AnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=160)
    leads_to = KeyBlock(label=_("Leads to"), help_text=_("The key of another step."))

    class Meta:
        icon = "arrow-right"
        label = _("Answer")
        label_format = "{text} → {leads_to}"


class QuestionBlock(blocks.StructBlock):
    key = KeyBlock(label=_("Key"))
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    help = blocks.TextBlock(
        label=_("Why we ask"), required=False, default="", help_text=_("One or two sentences. How to find the answer.")
    )
    answers = blocks.ListBlock(AnswerBlock(), label=_("Answers"), min_num=2, max_num=6)

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{key}: {question}"


class LinkValue(blocks.StructValue):
    def resolved(self) -> tuple[str, str] | None:
        """Title and address in the reader's language; None where the page may not be read, or not in it."""
        if page := self.get("page"):
            counterparts = Page.objects.filter(
                translation_key=page.translation_key, locale__language_code=get_language()
            )
            found = readable(counterparts).first()
            return (self.get("title") or found.title, found.url) if found else None
        if path := self.get("path"):
            return self.get("title") or path, f"/{get_language()}/{path}"
        return self.get("title") or self["url"], self["url"]


class LinkBlock(blocks.StructBlock):
    """Where to read on or to act: a page of ours, another address on this site, or one elsewhere."""

    title = blocks.CharBlock(label=_("Title"), max_length=160, required=False, default="")
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    path = blocks.RegexBlock(
        PATH,
        label=_("Address on this site"),
        required=False,
        default="",
        max_length=200,
        error_messages={"invalid": _("Without the language and with a slash at the end, such as courses/patents/.")},
    )
    url = blocks.URLBlock(label=_("Address elsewhere"), required=False, default="")

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        given = [name for name in ("page", "path", "url") if cleaned.get(name)]
        if len(given) != 1:
            message = _("Give one of the three: a page, an address on this site, or one elsewhere.")
            raise blocks.StructBlockValidationError(non_block_errors=[message])
        if given[0] != "page" and not cleaned.get("title"):
            raise blocks.StructBlockValidationError({"title": ValidationError(_("Say what is there."))})
        return cleaned


class AdviceBlock(blocks.StructBlock):
    key = KeyBlock(label=_("Key"))
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Advice"), features=TEXT)
    checklist = blocks.ListBlock(
        blocks.CharBlock(label=_("To do"), max_length=300), label=_("Checklist"), min_num=0, max_num=12, default=[]
    )
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=0, max_num=8, default=[])
    leads_to = KeyBlock(
        label=_("Goes on with"), required=False, default="", help_text=_("Empty: the guide ends with this advice.")
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Advice")
        label_format = "{key}: {title}"


class StepsBlock(blocks.StreamBlock):
    """A guide, its first question first. It has no loop, no dead end and no step that nothing leads to."""

    question = QuestionBlock()
    advice = AdviceBlock()

    class Meta:
        label = _("Steps")
        min_num = 2

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        cleaned = super().clean(value)
        found = problems_of(cleaned)
        if found:
            raise blocks.StreamBlockValidationError(block_errors=_by_place(found))
        return cleaned


def _by_place(problems: list[Problem]) -> dict[int, Any]:
    """The problems as errors of the blocks they are in: a block shows each at its key."""
    texts: dict[int, list[Any]] = {}
    for problem in problems:
        texts.setdefault(problem.place, []).append(problem.text)
    return {
        place: blocks.StructBlockValidationError({"key": ValidationError(list(found))})
        for place, found in texts.items()
    }
