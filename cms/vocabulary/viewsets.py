"""How the terms of a vocabulary are listed and edited: shared fields, then one tab for each language."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.vocabulary.panels import language_tabs


class TermViewSet(SnippetViewSet):
    icon = "tag"
    list_display = ["title", "slug", "sort_order"]
    search_fields = ["slug", *(f"title_{code}" for code in ("en", "zh_hans", "fr", "es", "ru", "ar"))]
    search_backend_name = None  # six title columns at once: the database does that well
    shared_fields: tuple[str, ...] = ("slug", "sort_order")
    translated_fields: tuple[str, ...] = ("title", "description")

    def get_edit_handler(self) -> object:
        shared = [FieldPanel(name) for name in self.shared_fields]
        return language_tabs(self.translated_fields, shared).bind_to_model(self.model)
