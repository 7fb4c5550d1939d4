"""The content checks above a lesson plan's form."""

from typing import Any

from wagtail.admin.panels import Panel

from curriculum.plans.checks import check_lesson


class ChecksPanel(Panel):
    """Lists what is missing in the lesson as it was last saved; nothing for a new one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "plans/admin/checks_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"findings": check_lesson(self.instance)}
