"""The moderators' queues."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.campaigns.participation.models import Comment, Entry, Pledge


def shown(*names: str) -> list[FieldPanel]:
    """What somebody else has said is read, not rewritten."""
    return [FieldPanel(name, read_only=True) for name in names]


class SentByOthers(ModelPermissionPolicy):
    """What the public sends is looked at, decided on and deleted; nobody adds to it in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


class QueueViewSet(SnippetViewSet):
    """What was sent and waits for a decision, the newest first."""

    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50

    @cached_property
    def permission_policy(self) -> ModelPermissionPolicy:
        return SentByOthers(self.model)


class EntryViewSet(QueueViewSet):
    model = Entry
    icon = "pick"
    list_display = ["title", "creator", "kind", "is_minor", "state", "rank", "created_at"]
    list_filter = ["state", "kind", "is_minor"]
    search_fields = ["title", "creator", "email"]
    panels = [
        HelpPanel(template="participation/admin/entry.html"),
        MultiFieldPanel(
            [FieldPanel("state"), FieldRowPanel([FieldPanel("rank"), FieldPanel("award")])], heading=_("Decision")
        ),
        MultiFieldPanel(shown("title", "category", "kind", "text", "language"), heading=_("Entry")),
        MultiFieldPanel(
            shown(
                "creator", "email", "licence", "is_minor", "guardian_name", "guardian_email", "guardian_consented_at"
            ),
            heading=_("Made by"),
        ),
    ]


class CommentViewSet(QueueViewSet):
    model = Comment
    icon = "comment"
    list_display = ["text", "article", "name", "state", "replied_at", "created_at"]
    list_filter = ["state", "language"]
    list_export = ["article", "text", "name", "organisation", "language", "state", "reply", "replied_at", "created_at"]
    search_fields = ["text", "name", "organisation"]
    panels = [
        MultiFieldPanel([FieldPanel("state"), FieldPanel("reply")], heading=_("Decision")),
        MultiFieldPanel(shown("article", "text", "name", "organisation", "email", "language"), heading=_("Comment")),
    ]


class PledgeViewSet(QueueViewSet):
    model = Pledge
    icon = "tick"
    list_display = ["name", "region", "state", "created_at"]
    list_filter = ["state", "region"]
    search_fields = ["name"]
    panels = [FieldPanel("state"), *shown("name", "region", "language")]


class ParticipationGroup(SnippetViewSetGroup):
    menu_label = _("Participation")
    menu_icon = "group"
    menu_order = 315
    items = (EntryViewSet, CommentViewSet, PledgeViewSet)
