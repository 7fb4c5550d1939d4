"""The lesson library: a list a teacher narrows down until Thursday's lesson is left."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms.languages.switcher import readable
from cms.pages.models import ContentPage
from cms.search.kinds import Scope
from curriculum.library.asking import LibraryQuestion, Sort
from curriculum.library.collections.models import Collection, CollectionItem
from curriculum.library.facets import options_of_today
from curriculum.library.finding import LESSONS_PER_PAGE, LessonFinder
from curriculum.library.showing import answer_context
from curriculum.library.tally import LessonTally, shown_tallies
from curriculum.plans import jsonld
from curriculum.plans.models import LessonPlanPage, StagePage

__all__ = ["Collection", "CollectionItem", "LessonLibraryPage", "LessonTally"]


class LessonLibraryPage(ContentPage):
    """All lesson plans of one language, narrowed down by plain GET parameters."""

    subpage_types: ClassVar[list[str]] = ["plans.StagePage", "plans.LessonPlanPage"]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    content_panels = [
        HelpPanel(_("Lists every lesson plan below it. Add a stage, or a lesson plan that belongs to no programme.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("lesson library")

    def finder(self, request: HttpRequest) -> LessonFinder:
        language = self.locale.language_code
        options = options_of_today()
        question = LibraryQuestion.read(request.GET, language, options)
        pages = readable(LessonLibraryPage.objects.filter(translation_key=self.translation_key))
        rows = list(pages.values_list("locale__language_code", "locale_id", "path"))
        scope = Scope(request, language, {"locales": {code: locale for code, locale, _path in rows}})
        return LessonFinder(question, scope, options, {code: path for code, _locale, path in rows})

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Finds what lies below in one go, whatever its depth; a lesson also answers to its short address."""
        address = f"{self.url_path}{'/'.join(path_components)}/"
        found = Page.objects.descendant_of(self).filter(url_path=address).first() if path_components else None
        if found is not None:
            return found.specific.route(request, [])
        try:
            return super().route(request, path_components)
        except Http404:
            if len(path_components) != 1:
                raise
            below = LessonPlanPage.objects.descendant_of(self)
            lesson = readable(below).filter(slug=path_components[0]).first()
            if lesson is None:
                raise
            return RouteResult(self, kwargs={"lesson": lesson})

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Only what changes, where htmx asks; its history and everyone else get the whole page."""
        htmx = getattr(request, "htmx", None)
        if htmx and not htmx.history_restore_request:
            return "library/answer.html"
        return "library/lesson_library_page.html"

    def serve(self, request: HttpRequest, *args: Any, lesson: Page | None = None, **kwargs: Any) -> HttpResponse:
        if lesson is not None:
            return redirect(lesson.get_url(request), permanent=True)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        finder = self.finder(request)
        answer = finder.answer()
        context |= answer_context(finder, answer, self.locale.language_code)
        url = request.build_absolute_uri(request.path)
        context |= {
            "structured_data": jsonld.collection(self, url, answer.lessons, finder.question.language),
            "stages": readable(StagePage.objects.child_of(self)).order_by("path"),
            "tallies": shown_tallies(answer.lessons),
            "sorts": [sort for sort in Sort if sort != Sort.RELEVANCE or finder.question.text],
            "pages": Paginator(range(answer.count), LESSONS_PER_PAGE).get_page(answer.page),
        }
        return context
