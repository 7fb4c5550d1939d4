import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from curriculum.plans.models import LessonPlanPage

MOST_ITEMS = 200
_share = Signer(salt="curriculum.collection.share", sep=".")
_edit = Signer(salt="curriculum.collection.edit", sep=".")


class CollectionFull(Exception):
    """There are as many lessons in the collection as it may hold."""


class CollectionQuerySet(models.QuerySet["Collection"]):
    def shared_as(self, token: str) -> "Collection | None":
        """The collection a read-only link leads to; none where somebody changed the link."""
        return self._signed(_share, token)

    def editable_as(self, token: str) -> "Collection | None":
        """The collection a link to go on editing leads to: for those without an owner only."""
        found = self._signed(_edit, token)
        return found if found and found.owner_id is None else None

    def _signed(self, signer: Signer, token: str) -> "Collection | None":
        try:
            key = uuid.UUID(signer.unsign(token))
        except (BadSignature, ValueError):
            return None
        return self.filter(pk=key).first()


class Collection(models.Model):
    """Lessons in the order in which a teacher wants them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="collections",
        verbose_name=_("owner"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self) -> str:
        return self.title or gettext("My lessons")

    @property
    def share_token(self) -> str:
        """What a read-only link carries."""
        return _share.sign(self.pk.hex)

    @property
    def edit_token(self) -> str:
        """What a link to go on editing carries, for a collection without an owner."""
        return _edit.sign(self.pk.hex)

    @transaction.atomic
    def add(self, lesson: "LessonPlanPage") -> bool:
        """Puts a lesson at the end; false where it is in already.

        :raises CollectionFull: there is no room
        """
        if self.items.filter(lesson_key=lesson.translation_key).exists():
            return False
        if self.items.count() >= MOST_ITEMS:
            raise CollectionFull
        last = self.items.aggregate(last=Max("sort_order"))["last"] or 0
        self.items.create(lesson_key=lesson.translation_key, title=lesson.title, sort_order=last + 1)
        self.save(update_fields=["updated_at"])
        return True

    @transaction.atomic
    def move(self, key: uuid.UUID, places: int) -> None:
        """Moves a lesson up (negative) or down; at an end it stays."""
        items = list(self.items.all())
        place = next((place for place, item in enumerate(items) if item.lesson_key == key), None)
        if place is None:
            return
        items.insert(min(max(place + places, 0), len(items) - 1), items.pop(place))
        for order, item in enumerate(items, start=1):
            item.sort_order = order
        CollectionItem.objects.bulk_update(items, ["sort_order"])
        self.save(update_fields=["updated_at"])

    def remove(self, key: uuid.UUID) -> None:
        self.items.filter(lesson_key=key).delete()
        self.save(update_fields=["updated_at"])


class CollectionItem(models.Model):
    """A lesson in a collection; ``title`` is what it was called when it was put in."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    lesson_key = models.UUIDField(_("lesson"))
    title = models.CharField(_("title"), max_length=255)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["collection", "lesson_key"], name="lesson_once_in_collection")]
        verbose_name = _("lesson in a collection")
        verbose_name_plural = _("lessons in collections")

    def __str__(self) -> str:
        return self.title
