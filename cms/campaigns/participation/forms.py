"""What people fill in. Each says what becomes of it; none needs an account."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.accounts.humans import PublicForm
from cms.artwork.errors import ArtworkError
from cms.campaigns.participation.uploads import read_image, read_pdf
from cms.vocabulary.models import Licence, Region

if TYPE_CHECKING:
    from cms.campaigns.participation.models import ConsultationPage, ContestPage

MOST_LINKS = 2
LINK = re.compile(r"https?://|www\.", re.I)
LAST = ["started", "homepage"]


def email_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("Email address"),
        help_text=_("We write to it once, to confirm. It is not shown."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PledgeForm(PublicForm):
    name = forms.CharField(
        label=_("Your name (if it may be shown)"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    region: forms.ModelChoiceField[Region] = forms.ModelChoiceField(
        Region.objects.all(), label=_("Where you live"), required=False, empty_label=_("I would rather not say")
    )
    action = "pledge"
    most_an_hour = 60  # a school has one address for a whole class
    field_order = ["name", "region", *LAST]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if LINK.search(name):
            raise forms.ValidationError(_("A name holds no links."))
        return name


class QuizForm(PublicForm):
    """One question after the other, each with its answers to choose from."""

    action = "quiz"
    most_an_hour = 300

    def __init__(self, request: HttpRequest, *, questions: list[Any]) -> None:
        super().__init__(request)
        self.questions = questions
        for number, block in enumerate(questions):
            choices = [(str(place), option["text"]) for place, option in enumerate(block.value["options"])]
            self.fields[f"question-{number}"] = forms.ChoiceField(
                label=f"{number + 1}. {block.value['text']}",
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
        self.order_fields([f"question-{number}" for number in range(len(questions))])

    @property
    def answers(self) -> list[int]:
        return [int(self.cleaned_data[f"question-{number}"]) for number in range(len(self.questions))]


class CommentForm(PublicForm):
    text = forms.CharField(
        label=_("Your comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )
    article = forms.ChoiceField(label=_("On which article"), required=False)
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Shown with the comment."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    organisation = forms.CharField(label=_("Organisation (if you speak for one)"), max_length=160, required=False)
    email = email_field()
    action = "comment"
    most_an_hour = 15
    field_order = ["article", "text", "name", "organisation", "email", *LAST]

    def __init__(self, request: HttpRequest, page: "ConsultationPage") -> None:
        initial = {"article": request.GET.get("article", "")}
        super().__init__(request, initial=initial)
        self.page = page
        articles = [(number, _("Article %(number)s") % {"number": number}) for number in page.article_numbers]
        self.fields["article"].choices = [("", _("The draft as a whole")), *articles]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        if len(LINK.findall(text)) > MOST_LINKS:
            raise forms.ValidationError(_("At most two links, please: with more, a comment looks like advertising."))
        return text

    def clean(self) -> dict[str, Any]:
        """Many may say the same; one person says it once, and nobody passes on a link in the same words."""
        text, email = self.cleaned_data.get("text", ""), self.cleaned_data.get("email", "")
        same = self.page.comments.filter(text=text)
        if text and not (same if LINK.search(text) else same.filter(email__iexact=email)).exists():
            return super().clean()
        if text:
            self.add_error("text", _("This very text has been sent already. Say it in your own words."))
        return super().clean()


class EntryForm(PublicForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    category = forms.TypedChoiceField(label=_("Category"), coerce=int, empty_value=0)  # type: ignore[arg-type]
    image = forms.FileField(
        label=_("Image"), required=False, help_text=_("JPEG, PNG or WebP, up to 15 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Text"), required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"})
    )
    pdf = forms.FileField(
        label=_("PDF file"), required=False, help_text=_("At most 20 pages and 15 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )  # fmt: skip
    creator = forms.CharField(
        label=_("Made by"), max_length=120, help_text=_("Shown with the entry."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = email_field()
    is_minor = forms.BooleanField(label=_("I am under 18"), required=False)
    guardian_name = forms.CharField(
        label=_("Name of your parent or guardian"), max_length=120, required=False,
        help_text=_("Only if you are under 18."),
    )  # fmt: skip
    guardian_email = forms.EmailField(
        label=_("Email address of your parent or guardian"), required=False,
        help_text=_("We ask them for their consent. Without it the entry is not shown."),
    )  # fmt: skip
    licence: forms.ModelChoiceField[Licence] = forms.ModelChoiceField(
        Licence.objects.none(), label=_("Licence"), empty_label=None,
        help_text=_("You stay the owner. The licence says what others may do with it."),
    )  # fmt: skip
    is_own_work = forms.BooleanField(
        label=_("I made this myself, I own the rights in it, and everybody in it agrees to its being shown.")
    )
    action = "entry"
    most_an_hour = 30

    def __init__(self, request: HttpRequest, page: "ContestPage") -> None:
        super().__init__(request)
        names = page.category_names
        if names:
            self.fields["category"].choices = list(enumerate(names, start=1))  # type: ignore[attr-defined]
        else:
            del self.fields["category"]
        for name, is_taken in (("image", page.takes_images), ("text", page.takes_texts), ("pdf", page.takes_pdfs)):
            if not is_taken:
                del self.fields[name]
        chosen = page.licences.all()
        licences = chosen if chosen else Licence.objects.filter(slug="cc-by-4-0")
        self.fields["licence"].queryset = licences  # type: ignore[attr-defined]
        self.order_fields([*(name for name in self.fields if name not in LAST), *LAST])
        self.content: tuple[str, bytes] = ("", b"")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = [kind for kind in ("image", "text", "pdf") if cleaned.get(kind)]
        if len(given) != 1 and not {"image", "text", "pdf"} & set(self.errors):
            raise forms.ValidationError(_("Enter one work: exactly one of the kinds this contest takes."))
        if cleaned.get("is_minor"):
            self._check_guardian(cleaned)
        if given and not self.errors:
            self._read(given[0], cleaned)
        return cleaned

    def _check_guardian(self, cleaned: dict[str, Any]) -> None:
        for name in ("guardian_name", "guardian_email"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Under 18 you need the consent of a parent or guardian."))
        if cleaned.get("guardian_email", "").lower() == cleaned.get("email", "").lower() != "":
            self.add_error("guardian_email", _("This must be another address than your own."))

    def _read(self, kind: str, cleaned: dict[str, Any]) -> None:
        try:
            match kind:
                case "image":
                    self.content = ("image", read_image(cleaned["image"]))
                case "pdf":
                    self.content = ("pdf", read_pdf(cleaned["pdf"]))
                case _:
                    self.content = ("text", b"")
        except ArtworkError as error:
            self.add_error(kind, str(error))


class VoteForm(PublicForm):
    email = email_field()
    action = "vote"
    most_an_hour = 40
    field_order = ["email", *LAST]


class ScoreForm(forms.Form):
    points = forms.IntegerField(label=_("Points, 0 to 10"), min_value=0, max_value=10)
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)
