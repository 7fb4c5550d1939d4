"""From a partner's subjects to our topics: whatever a topic is called in one of our languages is that topic."""

from collections.abc import Iterable
from functools import cached_property

from django.conf import settings

from cms.harvesting.models import Source
from cms.vocabulary.models import Topic
from cms.vocabulary.wordings import names_of


class Topics:
    """The topics by name, looked up once for a harvest."""

    def of(self, source: Source, subjects: Iterable[str]) -> set[Topic]:
        named = {self._by_name.get(subject.casefold()) for subject in subjects}
        return {*self._of_source(source), *(topic for topic in named if topic)}

    @cached_property
    def _by_name(self) -> dict[str, Topic]:
        codes = [code for code, _name in settings.LANGUAGES]
        return {
            name.casefold(): topic for topic in Topic.objects.all() for code in codes for name in names_of(topic, code)
        }

    def _of_source(self, source: Source) -> list[Topic]:
        known = self.__dict__.setdefault("source_topics", {})
        if source.pk not in known:
            known[source.pk] = list(source.topics.all())
        return known[source.pk]  # type: ignore[no-any-return]
