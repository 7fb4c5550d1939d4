"""What the public search page finds. Each room names its kinds; the settings list them as strings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from wagtail.models import Locale, Page, PageViewRestriction


@dataclass
class Scope:
    """Who asks, and in which language: everything a kind needs to know to give only what is public."""

    request: HttpRequest
    language: str
    known: dict[str, Any] = field(default_factory=dict, repr=False)

    def in_language(self, language: str) -> "Scope":
        """The same reader in another language; what was looked up already is kept."""
        return replace(self, language=language)

    def once(self, name: str, look_up: Callable[[], Any]) -> Any:
        """What was looked up under this name, at most once for a request."""
        if name not in self.known:
            self.known[name] = look_up()
        return self.known[name]

    @property
    def locale_id(self) -> int | None:
        locales = self.once("locales", lambda: dict(Locale.objects.values_list("language_code", "pk")))
        return locales.get(self.language)  # type: ignore[no-any-return]

    @property
    def private_paths(self) -> list[str]:
        """Tree paths of the pages that are restricted, and with them all below."""
        restricted = PageViewRestriction.objects.values_list("page__path", flat=True)
        return self.once("private paths", lambda: sorted(restricted))  # type: ignore[no-any-return]

    def readable(self, pages: "QuerySet[Any]") -> "QuerySet[Any]":
        """Live pages of this language that nobody needs to sign in for."""
        return self.unrestricted(pages.filter(live=True, locale_id=self.locale_id))

    def unrestricted(self, pages: "QuerySet[Any]") -> "QuerySet[Any]":
        """Of these pages, those for which nobody needs to sign in."""
        private = Q()
        for path in self.private_paths:
            private |= Q(path__startswith=path)
        return pages.exclude(private) if private else pages


@dataclass(frozen=True)
class Passage:
    """A part of a result that has an address of its own, such as an article of a law."""

    label: str
    anchor: str
    text: str
    names: str = ""  # what else it is looked for by


@dataclass(frozen=True)
class Kind:
    """One kind of result: which rows are public, how one is shown, and by what it can be narrowed down.

    ``facets`` maps the search page's facets (topic, audience, stage, year) to filter fields of the model;
    one of related records ends in ``__slug`` and needs ``RelatedFields(…, [FilterField("slug")])``.
    """

    slug: str
    label: str | Promise
    model: type[Any]
    public: Callable[[Scope], "QuerySet[Any]"]
    address: Callable[[Any, HttpRequest], str]
    facets: Mapping[str, str] = field(default_factory=dict)
    has_languages: bool = True  # rows are in one language each; otherwise every row is in all
    passages: Callable[[Any], list[Passage]] | None = None
    many: str | Promise = ""  # the label of a list of them
    # Of some rows, those that matter today, the first to look at first; search itself asks for all.
    today: Callable[["QuerySet[Any]"], "QuerySet[Any]"] = lambda rows: rows


def page_kind(slug: str, label: str | Promise, model: type[Page], facets: Mapping[str, str], **more: Any) -> Kind:
    """The kind of a page model."""
    return Kind(
        slug,
        label,
        model,
        lambda scope: scope.readable(model.objects.select_related("locale")),
        lambda page, request: page.get_url(request) or "",
        facets,
        **more,
    )


def kinds() -> list[Kind]:
    """Every kind, in the order of the settings."""
    return [import_string(path) for path in settings.IMPRINT_SEARCH_KINDS]
