"""The lesson library: a list a teacher narrows down until Thursday's lesson is left."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page

from cms.languages.switcher import readable
from cms.pages.models import ContentPage
from curriculum.library.forms import LessonFilterForm
from curriculum.plans.models import LessonPlanPage

LESSONS_PER_PAGE = 12


class LessonLibraryPage(ContentPage):
    """All lesson plans of one language, filtered by plain GET parameters: every state has an address."""

    subpage_types: ClassVar[list[str]] = ["plans.LessonPlanPage"]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    content_panels = [
        HelpPanel(_("Lists every lesson plan below it. Add a lesson plan as a child page.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("lesson library")

    def lessons_in(self, language: str) -> QuerySet[LessonPlanPage]:
        """The readable lesson plans of the libraries that are this one's translations."""
        library = self if language == self.locale.language_code else self._translated_into(language)
        if library is None:
            return LessonPlanPage.objects.none()
        return readable(LessonPlanPage.objects.child_of(library)).order_by("stage", "grade_from", "title")

    def _translated_into(self, language: str) -> "LessonLibraryPage | None":
        libraries = LessonLibraryPage.objects.filter(translation_key=self.translation_key)
        return readable(libraries).filter(locale__language_code=language).first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        own_language = self.locale.language_code
        form = LessonFilterForm(request.GET)
        language = (form.is_valid() and form.cleaned_data["language"]) or own_language
        lessons = form.apply(self.lessons_in(language)).prefetch_related("topics", "subjects")
        context |= {
            "form": form,
            "lesson_language": language,
            "is_other_language": language != own_language,
            "lessons": Paginator(lessons, LESSONS_PER_PAGE).get_page(request.GET.get("page")),
        }
        return context
