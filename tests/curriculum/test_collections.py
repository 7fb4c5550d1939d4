"""A teacher's collections: begun without an account, kept with one, shared to read."""

from http.cookies import SimpleCookie

import pytest
from django.test import Client

from curriculum.library.collections.models import MOST_ITEMS
from curriculum.library.models import Collection
from curriculum.plans.models import LessonPlanPage
from tests import factories

pytestmark = pytest.mark.django_db


def lesson_named(slug, language="en"):
    return LessonPlanPage.objects.get(slug=slug, locale__language_code=language)


def add(client, slug, language="en", **data):
    return client.post(f"/{language}/collections/add/{lesson_named(slug).translation_key}/", data)


@pytest.fixture
def gathered(client):
    add(client, "pencil-with-an-inventor", title="Class 5b")
    collection = Collection.objects.get()
    add(client, "whose-song-is-it", collection=collection.pk)
    add(client, "tea-from-the-hill", collection=collection.pk)
    return collection


def slugs(collection):
    by_key = {page.translation_key: page.slug for page in LessonPlanPage.objects.all()}
    return [by_key[item.lesson_key] for item in collection.items.all()]


def test_it_is_begun_without_an_account(client, gathered):
    page = client.get(f"/en/collections/{gathered.pk}/")
    assert page.status_code == 200
    assert slugs(gathered) == ["pencil-with-an-inventor", "whose-song-is-it", "tea-from-the-hill"]
    assert "Class 5b" in page.content.decode()
    assert client.cookies["collections"]["httponly"]


def test_a_lesson_is_in_it_once(client, gathered):
    add(client, "tea-from-the-hill", collection=gathered.pk)
    assert gathered.items.count() == 3


def test_lessons_are_put_in_order(client, gathered):
    url = f"/en/collections/{gathered.pk}/change/"
    client.post(url, {"action": "up", "lesson": lesson_named("tea-from-the-hill").translation_key})
    assert slugs(gathered) == ["pencil-with-an-inventor", "tea-from-the-hill", "whose-song-is-it"]
    client.post(url, {"action": "down", "lesson": lesson_named("pencil-with-an-inventor").translation_key})
    assert slugs(gathered) == ["tea-from-the-hill", "pencil-with-an-inventor", "whose-song-is-it"]
    client.post(url, {"action": "up", "lesson": lesson_named("tea-from-the-hill").translation_key})
    assert slugs(gathered)[0] == "tea-from-the-hill"
    client.post(url, {"action": "remove", "lesson": lesson_named("tea-from-the-hill").translation_key})
    assert slugs(gathered) == ["pencil-with-an-inventor", "whose-song-is-it"]


def test_nobody_else_edits_it_or_learns_that_it_exists(gathered):
    stranger = Client()
    assert stranger.get(f"/en/collections/{gathered.pk}/").status_code == 404
    assert (
        stranger.post(f"/en/collections/{gathered.pk}/change/", {"action": "rename", "title": "X"}).status_code == 404
    )
    assert stranger.post(f"/en/collections/{gathered.pk}/delete/").status_code == 404
    gathered.refresh_from_db()
    assert gathered.title == "Class 5b"


def test_a_tampered_cookie_opens_nothing(gathered):
    thief = Client()
    thief.cookies = SimpleCookie({"collections": f"{gathered.pk.hex}:forged-signature"})
    assert thief.get(f"/en/collections/{gathered.pk}/").status_code == 404
    assert thief.get("/en/collections/").context["collections"] == []


def test_the_shared_link_is_for_reading_only(gathered):
    reader = Client()
    page = reader.get(f"/en/collections/shared/{gathered.share_token}/")
    html = page.content.decode()
    assert page.status_code == 200
    assert "Take out" not in html
    assert "Download all" in html
    assert reader.get(f"/en/collections/resume/{gathered.share_token}/").status_code == 404
    assert reader.get(f"/en/collections/{gathered.pk}/").status_code == 404


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "0" + t[1:], lambda t: t + "x", lambda t: "nonsense"])
def test_a_tampered_link_is_refused_in_a_sentence(client, gathered, change):
    token = change(gathered.share_token)
    if token == gathered.share_token:
        token = "1" + token[1:]
    response = client.get(f"/en/collections/shared/{token}/")
    assert response.status_code == 404
    assert "incomplete or was changed" in response.content.decode()
    assert client.get(f"/en/packs/collection/{token}/").status_code == 404
    assert gathered.items.count() == 3


def test_it_goes_on_in_another_browser_by_its_link(gathered):
    other = Client()
    assert other.get(f"/en/collections/resume/{gathered.edit_token}/").status_code == 302
    assert other.get(f"/en/collections/{gathered.pk}/").status_code == 200


def test_it_is_kept_in_an_account_and_then_is_its_owner_s_alone(client, gathered):
    teacher = factories.UserFactory()
    client.force_login(teacher)
    client.post(f"/en/collections/{gathered.pk}/keep/")
    gathered.refresh_from_db()
    assert gathered.owner == teacher
    client.logout()
    assert client.get(f"/en/collections/{gathered.pk}/").status_code == 404
    assert client.get(f"/en/collections/resume/{gathered.edit_token}/").status_code == 404
    elsewhere = Client()
    elsewhere.force_login(teacher)
    assert elsewhere.get(f"/en/collections/{gathered.pk}/").status_code == 200


def test_a_lesson_that_is_gone_is_named_and_not_lost(client, gathered, lesson):
    for page in lesson.get_translations(inclusive=True):
        page.unpublish()
    html = client.get(f"/en/collections/{gathered.pk}/").content.decode()
    assert lesson.title in html
    assert "no longer published" in html
    assert gathered.items.count() == 3


def test_there_is_an_end_to_what_it_holds(client, gathered):
    for number in range(MOST_ITEMS - 3):
        gathered.items.create(lesson_key=f"00000000-0000-4000-8000-{number:012d}", title="x", sort_order=number + 4)
    response = client.post(
        f"/en/collections/add/{lesson_named('the-shape-of-a-chair').translation_key}/",
        {"collection": gathered.pk},
        follow=True,
    )
    assert "This collection is full" in response.content.decode()
    assert gathered.items.count() == MOST_ITEMS


def test_many_new_ones_in_an_hour_are_too_many(client, monkeypatch):
    monkeypatch.setattr("curriculum.library.collections.views.NEW_PER_HOUR", 20)
    answers = [add(client, "whose-song-is-it").status_code for _ in range(21)]
    assert answers[-1] == 429
    assert Collection.objects.count() == 20


def test_reading_a_lesson_sets_no_cookie(client, lesson):
    response = client.get(lesson.url)
    assert not response.cookies
