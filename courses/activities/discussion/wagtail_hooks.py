from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet

from cms.campaigns.participation.viewsets import QueueViewSet, shown
from courses.activities.discussion.models import Post


class PostViewSet(QueueViewSet):
    model = Post
    icon = "comment"
    menu_label = _("Discussions")
    add_to_admin_menu = True
    menu_order = 262
    list_display = ["text", "question", "language", "state", "written_at"]
    list_filter = ["state", "language"]
    search_fields = ["text", "question"]
    panels = [FieldPanel("state"), FieldPanel("reply"), *shown("question", "text", "language")]


register_snippet(PostViewSet)
