"""The home page, the standard pages, and who may do what in the admin."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from cms.languages.starter import publish, story, stream
from cms.pages.models import HomePage, StandardPage
from cms.vocabulary.data import Texts, read_languages

FOLDER = Path(__file__).parent
# What the home page shows, by slug; the wings' starters have made these pages before.
CAMPAIGN = "world-ip-day"
FEATURED = ["pencil-with-an-inventor", "may-i-use-this-picture", "search-before-you-research"]
# The apps whose records editors and translators keep.
RECORDS = [
    "vocabulary",
    "directory",
    "plans",
    "adoption",
    "feedback",
    "participation",
    "newsroom",
    "coordination",
    "harvesting",
    "exchange",
    "professionals",
    "degrees",
    "bases",
    "catalogue",
    "assessment",
    "wagtailsearchpromotions",
]

# What people say of themselves, and what becomes of it, is edited by themselves and by those who keep a pool.
PROFILES = ["profile", "profilename", "claim", "consent", "nomination", "poolmember"]
# Memberships make coordinators, and reports of teaching are the teachers' own.
PERSONAL = [
    "membership",
    "taughtlesson",
    "vote",
    "juryscore",
    "pressreading",
    "embargonotice",
    "externalitem",
    "harvest",
    *PROFILES,
]


def load() -> None:
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    home = _home()
    publish(home, StandardPage, "about", read_languages(FOLDER / "about"), _standard_page)
    _groups()


def _standard_page(texts: Texts) -> dict[str, Any]:
    return {"title": texts["title"], "summary": texts["summary"], "body": story("about/body", texts["body"])}


def _home() -> Page:
    """The home page in every language; Wagtail's own welcome page gives way to it."""
    root = Page.get_first_root_node()
    assert root is not None
    home = HomePage.objects.filter(locale__language_code="en").first()
    if home:
        return home
    root.get_children().exclude(content_type__model="homepage").delete()
    root = Page.objects.get(pk=root.pk)
    root.locale = Locale.objects.get(language_code="en")
    home = publish(root, HomePage, "home", read_languages(FOLDER / "home"), _home_fields)
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": address.hostname, "port": port, "root_page": home, "site_name": "Imprint"},
    )
    return home


def _home_fields(texts: Texts) -> dict[str, Any]:
    return {name: texts[name] for name in ("title", "kicker", "headline", "summary")}


def feature() -> None:
    """Puts the campaign and three lessons on the home page once they exist, in every language."""
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    if home.featured_campaign_id:
        return
    by_slug = {page.slug: page for page in Page.objects.descendant_of(home).filter(slug__in=[CAMPAIGN, *FEATURED])}
    home.featured_campaign = by_slug[CAMPAIGN]
    home.featured = stream("home/featured", *(("page", by_slug[slug].pk) for slug in FEATURED))
    home.save_revision().publish()
    source, _created = TranslationSource.update_or_create_from_instance(home)
    for translation in Translation.objects.filter(source=source):
        translation.save_target(publish=True)


def _groups() -> None:
    """Editors write and publish; translators translate and publish what is not English; moderators review."""
    admin = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    submit = Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    records = Q(content_type__app_label__in=RECORDS) & ~Q(content_type__model__in=PERSONAL)
    _group("Editors", admin | submit | records, ["add", "change", "publish"], _homes())
    _group("Moderators", admin, ["change", "publish"], _homes())
    _group("Translators", admin, ["change", "publish"], _homes().exclude(locale__language_code="en"))


def _homes() -> Any:
    return HomePage.objects.filter(depth=2)


def _group(name: str, permissions: Q, page_permissions: list[str], pages: Any) -> None:
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(*Permission.objects.filter(permissions))
    for codename in page_permissions:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{codename}_page")
        for page in pages:
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)
    uploads = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        codename__regex="^(add|change|choose)_(image|document)$",
    )
    collection = Collection.get_first_root_node()
    for permission in uploads:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
