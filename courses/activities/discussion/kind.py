from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.activities.discussion.forms import PostForm
from courses.activities.discussion.models import Post
from courses.catalogue.kinds import Asks, Kind, Standing

if TYPE_CHECKING:
    from courses.catalogue.models import Activity

POSTS_PER_PAGE = 20


class Discussion(Kind):
    """A question that everyone answers in their own words. It is done by answering."""

    slug = "discussion"
    label = _("Discussion")
    icon = "comment"
    verbs = frozenset({"experienced", "responded"})

    def is_done_by_saying_so(self, asks: Asks) -> bool:
        return False

    def is_met(self, asks: Asks, standing: Standing) -> bool:
        return "responded" in standing.verbs and super().is_met(asks, standing)

    def rule(self, activity: "Activity") -> str:
        return gettext("Done when you have answered. You see what others wrote afterwards.")

    def context(self, request: HttpRequest, place: Any) -> dict[str, Any]:
        posts = Post.objects.filter(activity_key=place.activity.key).select_related("enrolment__learner")
        own = posts.filter(enrolment=place.enrolment)
        others = posts.shown().exclude(enrolment=place.enrolment) if own else posts.none()
        page = Paginator(others, POSTS_PER_PAGE).get_page(request.GET.get("page"))
        return {"own_posts": own, "others": page, "form": PostForm()}


KINDS = (Discussion,)
