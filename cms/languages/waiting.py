"""What waits for whom: pages in review, changes not yet sent to translators, text not yet translated."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.languages.freshness import source_digest
from cms.languages.models import PublishedContent


@dataclass(frozen=True)
class Waiting:
    """One line of the dashboard: ``what`` waits for ``whom`` to do something at ``url``."""

    title: str
    what: str
    whom: str
    url: str


def waiting() -> list[Waiting]:
    return [*_in_review(), *_not_sent(), *_translations()]


def _in_review() -> list[Waiting]:
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=ContentType.objects.get_for_model(Page)
    ).select_related("current_task_state__task")
    pages = Page.objects.in_bulk([state.object_id for state in states if state.object_id])
    lines = []
    for state in states:
        page = pages.get(int(state.object_id))
        task = state.current_task_state.task.specific if state.current_task_state else None
        if page is None or task is None:
            continue
        groups = getattr(task, "groups", None)
        whom = ", ".join(group.name for group in groups.all()) if groups else str(task)
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        lines.append(Waiting(page.title, _("Waits for review"), whom, url))
    return lines


def _not_sent() -> list[Waiting]:
    """Source pages published with changes that translators have not been given yet."""
    published = {row.translation_key: row.source_digest for row in PublishedContent.objects.filter(is_source=True)}
    # Only sources whose text changed after they were last sent are compared in full.
    changed = PublishedContent.objects.filter(translation_key=OuterRef("object_id"), is_source=True)
    sources = TranslationSource.objects.filter(
        translations__enabled=True, last_updated_at__lt=Subquery(changed.values("changed_at")[:1])
    ).distinct()
    return [
        Waiting(
            source.object_repr,
            _("Changed since it was last sent to translators"),
            _("Editors"),
            reverse("wagtail_localize:update_translations", args=[source.pk]),
        )
        for source in sources
        if source_digest(source.as_instance()) != published[source.object_id]
    ]


def _translations() -> list[Waiting]:
    """Translations with segments to fill in, and complete ones whose page shows an older text or none."""
    missing = {locale.pk: _missing_segments(locale) for locale in Locale.objects.all()}
    published = {(row.translation_key, row.locale_id): row for row in PublishedContent.objects.all()}
    lines = []
    for translation in Translation.objects.filter(enabled=True).select_related("source", "target_locale"):
        source, locale = translation.source, translation.target_locale
        if count := missing[locale.pk].get(source.pk, 0):
            what = ngettext("%(count)d segment to translate", "%(count)d segments to translate", count)
            what %= {"count": count}
        elif _is_current(published.get((source.object_id, locale.pk)), source):
            continue
        else:
            what = _("Translated, waits to be published")
        whom = _("Translators: %(language)s") % {"language": locale.get_display_name()}
        lines.append(Waiting(source.object_repr, what, whom, reverse("languages:changes", args=[translation.pk])))
    return lines


def _is_current(row: PublishedContent | None, source: TranslationSource) -> bool:
    """Whether the page was published without gaps after its source was last sent."""
    return row is not None and not row.untranslated and row.changed_at >= source.last_updated_at


def _missing_segments(locale: Locale) -> dict[int, int]:
    """Number of segments without a valid translation into ``locale``, per source. One query."""
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale=locale, has_error=False
    )
    rows = (
        StringSegment.objects.exclude(source__locale=locale)
        .filter(~Exists(translated))
        .order_by()
        .values("source")
        .annotate(count=Count("pk"))
    )
    return {row["source"]: row["count"] for row in rows}
