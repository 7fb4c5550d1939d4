"""The moderators' queues."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.campaigns.participation.models import Comment, Entry, Pledge


def shown(*names: str) -> list[FieldPanel]:
    """What somebody else has said is read, not rewritten."""
    return [FieldPanel(name, read_only=True) for name in names]


class EntryViewSet(SnippetViewSet):
    model = Entry
    icon = "pick"
    list_display = ["title", "creator", "kind", "is_minor", "state", "rank", "created_at"]
    list_filter = ["state", "kind", "is_minor"]
    search_fields = ["title", "creator", "email"]
    search_backend_name = None
    list_per_page = 50
    add_to_admin_menu = False
    panels = [
        MultiFieldPanel(
            [FieldPanel("state"), FieldRowPanel([FieldPanel("rank"), FieldPanel("award")])], heading=_("Decision")
        ),
        MultiFieldPanel(shown("title", "category", "kind", "text", "file", "language"), heading=_("Entry")),
        MultiFieldPanel(
            shown(
                "creator", "email", "licence", "is_minor", "guardian_name", "guardian_email", "guardian_consented_at"
            ),
            heading=_("Made by"),
        ),
    ]


class CommentViewSet(SnippetViewSet):
    model = Comment
    icon = "comment"
    list_display = ["text", "article", "name", "state", "replied_at", "created_at"]
    list_filter = ["state", "language"]
    list_export = ["article", "text", "name", "organisation", "language", "state", "reply", "replied_at", "created_at"]
    search_fields = ["text", "name", "organisation"]
    search_backend_name = None
    list_per_page = 50
    panels = [
        MultiFieldPanel([FieldPanel("state"), FieldPanel("reply")], heading=_("Decision")),
        MultiFieldPanel(shown("article", "text", "name", "organisation", "email", "language"), heading=_("Comment")),
    ]


class PledgeViewSet(SnippetViewSet):
    model = Pledge
    icon = "tick"
    list_display = ["name", "region", "state", "created_at"]
    list_filter = ["state", "region"]
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 50
    panels = [FieldPanel("state"), *shown("name", "region", "language")]


class ParticipationGroup(SnippetViewSetGroup):
    menu_label = _("Participation")
    menu_icon = "group"
    menu_order = 315
    items = (EntryViewSet, CommentViewSet, PledgeViewSet)
