"""Reporting a mistake: to the editors' queue, and back to the teacher when it is mended."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from curriculum.feedback.models import MistakeReport
from tests import factories

pytestmark = pytest.mark.django_db
WRONG = "Step 2 says 1764, but it was 1564."


def tell(client, lesson, **changes):
    data = {"part": "content", "message": WRONG, "website": ""} | changes
    return client.post(f"/en/feedback/lessons/{lesson.translation_key}/", data)


@pytest.fixture
def editor():
    user = factories.UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def test_anyone_reports_a_mistake_and_follows_it_by_a_link(client, lesson):
    response = tell(client, lesson)
    mistake = MistakeReport.objects.get()
    assert (mistake.page_id, mistake.version, mistake.language) == (lesson.pk, "1.0", "en")
    page = client.get(response.url).content.decode()
    assert WRONG in page
    assert "Waiting for the editors" in page


def test_the_teacher_sees_when_it_was_mended_and_in_which_version(client, lesson):
    url = tell(client, lesson).url
    lesson.version = "1.1"
    lesson.save_revision().publish()
    mistake = MistakeReport.objects.get()
    mistake.status, mistake.answer = MistakeReport.Status.MENDED, "Thank you, it is 1564."
    mistake.save()
    page = client.get(url).content.decode()
    assert "in version 1.1" in page
    assert "Thank you, it is 1564." in page
    assert mistake.closed_at.date() == timezone.now().date()


def test_a_signed_in_teacher_finds_all_own_reports_and_no_others(client, lesson):
    tell(client, lesson, message="A mistake of somebody else.")
    client.force_login(factories.UserFactory())
    tell(client, lesson)
    page = client.get("/en/feedback/").content.decode()
    assert WRONG in page
    assert "somebody else" not in page


def test_a_changed_link_shows_nothing(client, lesson):
    url = tell(client, lesson).url
    assert Client().get(url[:-3] + "xx/").status_code == 404


@pytest.mark.parametrize("changes", [{"message": ""}, {"message": "bad"}, {"part": "kitchen"}, {"message": "x" * 2001}])
def test_an_empty_or_endless_report_is_refused_and_kept_in_the_form(client, lesson, changes):
    response = tell(client, lesson, **changes)
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert MistakeReport.objects.count() == 0


def test_a_robot_is_thanked_and_forgotten(client, lesson):
    assert tell(client, lesson, website="http://spam.example").status_code == 302
    assert MistakeReport.objects.count() == 0


def test_many_in_an_hour_are_too_many_and_the_text_is_given_back(client, lesson, monkeypatch):
    monkeypatch.setattr("curriculum.feedback.views.MOST_PER_HOUR", 10)
    answers = [tell(client, lesson) for _ in range(11)]
    assert answers[-1].status_code == 429
    assert WRONG in answers[-1].content.decode()
    assert MistakeReport.objects.count() == 10


def test_a_lesson_that_is_not_public_takes_no_reports(client, lesson):
    Page.objects.get(pk=lesson.pk).unpublish()
    assert tell(client, lesson).status_code == 404


def test_editors_find_it_in_their_queue_and_close_it(client, lesson, editor):
    tell(client, lesson)
    mistake = MistakeReport.objects.get()
    client.force_login(editor)
    assert "mistake to look at" in client.get("/admin/").content.decode()
    listing = client.get("/admin/snippets/feedback/mistakereport/").content.decode()
    assert lesson.title in listing
    url = f"/admin/snippets/feedback/mistakereport/edit/{mistake.pk}/"
    assert WRONG in client.get(url).content.decode()
    client.post(url, {"status": "mended", "mended_in": "", "answer": "Done."})
    mistake.refresh_from_db()
    assert (mistake.status, mistake.mended_in) == ("mended", "1.0")
