from django.conf import settings
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.vocabulary.panels import language_tabs
from courses.assessment.models import Question, Quiz

CODES = [code.replace("-", "_") for code, _name in settings.LANGUAGES]


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "help"
    add_to_admin_menu = True
    menu_order = 260
    list_display = ["activity", "pass_percent"]
    panels = [FieldPanel("activity"), FieldPanel("pass_percent")]


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    add_to_admin_menu = True
    menu_order = 261
    list_display = ["text", "kind", "quiz"]
    list_filter = ["quiz", "kind"]

    def get_edit_handler(self) -> object:
        option = [FieldPanel("is_correct"), *(FieldPanel(f"text_{code}") for code in CODES)]
        shared = [
            FieldRowPanel([FieldPanel("quiz"), FieldPanel("kind"), FieldPanel("sort_order")]),
            InlinePanel("options", panels=option, min_num=2),
        ]
        return language_tabs(["text", "feedback"], shared).bind_to_model(self.model)


register_snippet(QuizViewSet)
register_snippet(QuestionViewSet)
