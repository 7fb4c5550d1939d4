"""What Imprint shares with other systems. Each room names its kinds of works; the settings list them as strings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import override
from wagtail.models import Page

from cms.languages.switcher import readable

CMS, CURRICULUM, COURSES = "cms", "curriculum", "courses"


@dataclass(frozen=True)
class Learning:
    """What a resource for learning is like, in the words of IEEE 1484.12.1 (LOMv1.0) where it has vocabularies."""

    resource_type: str  # 5.2 learningResourceType
    context: str  # 5.6: school, higher education, training or other
    role: str  # 5.5 intendedEndUserRole: teacher or learner
    minutes: int = 0  # 5.9 typicalLearningTime
    difficulty: str = ""  # 5.8


@dataclass(frozen=True)
class Work:
    """A public work in one language. ``type`` is a term of the DCMI Type Vocabulary, ``path`` begins at the host's
    root, ``licence`` is an address, and the times are in ISO 8601."""

    title: str
    path: str
    type: str = "Text"
    description: str = ""
    subjects: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    licence: str = ""
    published: str = ""
    changed: str = ""
    learning: Learning | None = None


@dataclass(frozen=True)
class WorkKind:
    """One kind of work: the rows that anyone may read, and what is told of each in each of its languages."""

    slug: str
    wing: str
    label: str | Promise
    model: type[Any]
    public: Callable[[], "QuerySet[Any]"]
    name: Callable[[Any], str]  # what identifies a row for good; not its key in the database
    describe: Callable[[Any], Iterator[tuple[str, Work]]]  # pairs of language and work

    def key(self, row: Any, language: str) -> str:
        return f"{self.slug}/{self.name(row)}/{language}"


def page_works(
    slug: str,
    wing: str,
    label: str | Promise,
    model: type[Page],
    describe: Callable[[Any], Work],
    related: tuple[str, ...] = (),
) -> WorkKind:
    """The kind of a page model: each of its pages is in one language. ``related`` is loaded with the pages."""

    def public() -> "QuerySet[Any]":
        return readable(model.objects.select_related("locale").prefetch_related(*related))

    def in_own_language(page: Any) -> Iterator[tuple[str, Work]]:
        with override(page.locale.language_code):
            yield page.locale.language_code, describe(page)

    return WorkKind(slug, wing, label, model, public, lambda page: str(page.translation_key), in_own_language)


def page_work(page: Any, **more: Any) -> Work:
    """What is told of any page: its title, summary and times. ``more`` are other values of the work."""
    values = {
        "title": page.title,
        "path": path_of(page),
        "description": page.description,
        "licence": settings.IMPRINT_CONTENT_LICENCE,
        "published": moment(page.first_published_at),
        "changed": moment(page.last_published_at),
    }
    return Work(**values | more)


def path_of(page: Page) -> str:
    """A page's path on its own site, without the host."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""


def moment(value: Any) -> str:
    return value.isoformat() if value else ""


def names(terms: Any) -> tuple[str, ...]:
    """The terms in the language at hand."""
    return tuple(str(term) for term in terms.all())


def kinds() -> list[WorkKind]:
    """Every kind, in the order of the settings."""
    return [import_string(path) for path in settings.IMPRINT_SHARED_WORKS]


def kind_of(model: type[Model]) -> WorkKind | None:
    return next((kind for kind in kinds() if kind.model is model), None)
