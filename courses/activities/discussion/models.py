import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enrolment.models import Enrolment


class PostQuerySet(models.QuerySet["Post"]):
    def shown(self) -> "PostQuerySet":
        return self.filter(state=Post.State.SHOWN)


class Post(models.Model):
    """What a learner answered to a discussion question. Others see it once a moderator has let it through."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("not shown")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="posts")
    activity_key = models.UUIDField(db_index=True, editable=False)
    question = models.CharField(_("question"), max_length=160, help_text="The activity's title, for the moderator.")
    text = models.TextField(_("answer"), max_length=4000)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reply = models.TextField(_("reply of the course team"), max_length=4000, blank=True)
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at"]
        verbose_name = _("discussion answer")
        verbose_name_plural = _("discussion answers")

    def __str__(self) -> str:
        return self.text[:60]
