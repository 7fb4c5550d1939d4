from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.vocabulary.models import Audience, GlossaryTerm, Licence, Region, StrategyMeasure, Topic
from cms.vocabulary.viewsets import TermViewSet


class NamedTermViewSet(TermViewSet):
    translated_fields: tuple[str, ...] = ("title", "other_names", "description")


class TopicViewSet(NamedTermViewSet):
    model = Topic
    translated_fields = ("title", "other_names", "description", "explanation")
    shared_fields = ("slug", "broader", "sort_order")


class AudienceViewSet(TermViewSet):
    model = Audience
    icon = "group"


class RegionViewSet(TermViewSet):
    model = Region
    icon = "globe"


class StrategyMeasureViewSet(TermViewSet):
    model = StrategyMeasure
    icon = "list-ol"


class LicenceViewSet(TermViewSet):
    model = Licence
    icon = "lock-open"
    shared_fields = (
        "slug",
        "sort_order",
        "spdx",
        "url",
        "permits_sharing",
        "permits_adaptation",
        "permits_commercial_use",
        "requires_share_alike",
    )


class GlossaryTermViewSet(NamedTermViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["title", "slug", "topic"]
    list_filter = ["topic"]
    shared_fields = ("slug", "topic")


class VocabularyGroup(SnippetViewSetGroup):
    menu_label = _("Vocabulary")
    menu_icon = "tag"
    menu_order = 300
    items = (
        TopicViewSet,
        AudienceViewSet,
        RegionViewSet,
        StrategyMeasureViewSet,
        LicenceViewSet,
        GlossaryTermViewSet,
    )


register_snippet(VocabularyGroup)
