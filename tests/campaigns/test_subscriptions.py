"""Mail only to those who asked twice, once for each page, and never after one click."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cms.accounts.humans import PublicForm
from cms.correspondence.api import deliver, forget_pending, token_of
from cms.correspondence.models import Announcement, Subscription
from cms.vocabulary.models import Topic
from tests.campaigns.pages import in_minutes, release, translated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_newsroom")]
URL = "/fr/subscriptions/press/"


def ask(client, email="lea@example.org", **data):
    return client.post(URL, {"email": email, "started": PublicForm.stamp()} | data)


def link_in(message) -> str:
    return re.search(r"https?://[^/]+(/\S+)", message.body)[1]


def confirmed(client, email="lea@example.org", **data):
    ask(client, email, **data)
    client.post(link_in(mail.outbox.pop()))
    return Subscription.objects.get(email=email)


@pytest.mark.usefixtures("patient")
class TestOptIn:
    def test_nothing_is_sent_before_the_owner_confirms(self, client, django_capture_on_commit_callbacks):
        assert "lea@example.org" in ask(client).content.decode()
        assert [message.to for message in mail.outbox] == [["lea@example.org"]]
        assert mail.outbox[0].subject == "Veuillez confirmer votre abonnement"
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            translated(release())
        assert mail.outbox == []

    def test_a_look_at_the_link_confirms_nothing_but_a_click_does(self, client):
        ask(client)
        link = link_in(mail.outbox[0])
        client.get(link)
        assert not Subscription.objects.confirmed().exists()
        assert client.post(link).status_code == 200
        assert Subscription.objects.confirmed().count() == 1
        assert client.post(link).status_code == 200
        assert Subscription.objects.count() == 1

    def test_the_answer_does_not_tell_whether_an_address_was_known(self, client):
        first = ask(client).content.decode()
        confirmed(client)
        again = ask(client).content.decode()
        strip = re.compile(r'value="[^"]*"|nonce')
        assert strip.sub("", first) == strip.sub("", again)

    def test_somebody_elses_request_changes_no_topics_before_the_owner_confirms(self, client):
        subscription = confirmed(client)
        ask(client, topics=["patents"])
        assert list(subscription.topics.all()) == []
        client.post(link_in(mail.outbox[-1]))
        assert [topic.slug for topic in subscription.topics.all()] == ["patents"]

    def test_a_link_that_is_too_old_says_so(self, client, monkeypatch):
        ask(client)
        link = link_in(mail.outbox[0])
        now = timezone.now()
        monkeypatch.setattr("django.core.signing.time.time", lambda: (now + timedelta(days=8)).timestamp())
        assert client.post(link).status_code == 410

    def test_addresses_that_were_not_confirmed_are_forgotten(self, client):
        ask(client)
        Subscription.objects.update(created_at=timezone.now() - timedelta(days=8))
        confirmed(client, "other@example.org")
        Subscription.objects.filter(email="other@example.org").update(created_at=timezone.now() - timedelta(days=8))
        forget_pending()
        assert [one.email for one in Subscription.objects.all()] == ["other@example.org"]

    @pytest.mark.parametrize("data", [{"email": "nonsense"}, {"email": ""}, {"topics": ["no-such-topic"]}])
    def test_bad_input_is_said_and_kept(self, client, data):
        response = ask(client, **data)
        assert response.status_code == 400
        assert mail.outbox == []

    def test_other_subjects_do_not_exist(self, client):
        assert client.get("/fr/subscriptions/anything/").status_code == 404


class TestRobots:
    def test_a_form_sent_at_once_is_asked_to_wait(self, client):
        response = ask(client)
        assert response.status_code == 400
        assert 'value="lea@example.org"' in response.content.decode()
        assert mail.outbox == []

    def test_the_field_people_do_not_see_catches_robots(self, client, patient):
        assert ask(client, homepage="http://spam.example.org").status_code == 400
        assert mail.outbox == []

    def test_a_forged_stamp_is_refused_and_a_new_one_given(self, client, patient):
        response = ask(client, started="forged")
        assert response.status_code == 400
        fresh = re.search(r'name="started" value="([^"]+)"', response.content.decode())[1]
        assert ask(client, started=fresh).status_code == 200

    def test_too_many_from_one_address_are_refused_and_nothing_is_lost(self, client, patient):
        answers = [ask(client, f"person{number}@example.org") for number in range(11)]
        assert answers[9].status_code == 200
        assert answers[10].status_code == 400
        assert 'value="person10@example.org"' in answers[10].content.decode()


@pytest.mark.usefixtures("patient")
class TestAnnouncements:
    def test_a_release_is_announced_once_in_its_language(self, client, django_capture_on_commit_callbacks):
        confirmed(client)
        with django_capture_on_commit_callbacks(execute=True):
            page = release("News of the day")
            assert mail.outbox == []
            french = translated(page)
        assert [message.to for message in mail.outbox] == [["lea@example.org"]]
        assert "/fr/newsroom/" in mail.outbox[0].body
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            french.save_revision().publish()
        assert mail.outbox == []

    def test_one_under_embargo_is_announced_when_it_ends(self, client, django_capture_on_commit_callbacks, monkeypatch):
        from django.core.management import call_command

        confirmed(client)
        now = timezone.now
        with django_capture_on_commit_callbacks(execute=True):
            translated(release(embargo_until=in_minutes(60)))
        assert mail.outbox == []
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(minutes=61))
        with django_capture_on_commit_callbacks(execute=True):
            call_command("publish_scheduled")
        assert len(mail.outbox) == 1

    def test_topics_choose_what_is_sent(self, client, django_capture_on_commit_callbacks):
        confirmed(client, topics=["patents"])
        with django_capture_on_commit_callbacks(execute=True):
            translated(release("About nothing"))
        assert mail.outbox == []
        page = release("About patents")
        page.topics.add(Topic.objects.get(slug="patents"))
        page.save()
        with django_capture_on_commit_callbacks(execute=True):
            translated(page)
        assert len(mail.outbox) == 1

    def test_what_the_mail_server_refused_is_sent_by_the_next_run(
        self, client, django_capture_on_commit_callbacks, monkeypatch
    ):
        confirmed(client)
        confirmed(client, "second@example.org")
        send = mail.EmailMessage.send

        def refuse(self, *args, **kwargs):
            if self.to == ["lea@example.org"]:
                raise OSError("no connection")
            return send(self, *args, **kwargs)

        with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
            patch.setattr(mail.EmailMessage, "send", refuse)
            page = translated(release())
        assert [message.to for message in mail.outbox] == [["second@example.org"]]
        assert deliver(Announcement.objects.get(language="fr", page_key=page.translation_key)) == 1
        assert [message.to for message in mail.outbox] == [["second@example.org"], ["lea@example.org"]]


@pytest.mark.usefixtures("patient")
class TestUnsubscribing:
    def test_one_click_of_a_mail_program_is_enough(self, client, django_capture_on_commit_callbacks):
        subscription = confirmed(client)
        with django_capture_on_commit_callbacks(execute=True):
            translated(release())
        headers = mail.outbox[0].extra_headers
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = re.match(r"<https?://[^/]+(/\S+)>", headers["List-Unsubscribe"])[1]
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(path, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert not Subscription.objects.filter(pk=subscription.pk).exists()
        assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200

    def test_a_look_ends_nothing(self, client):
        subscription = confirmed(client)
        assert "lea@example.org" in client.get(f"/fr/subscriptions/end/{token_of(subscription)}/").content.decode()
        assert Subscription.objects.exists()


def test_without_a_mail_server_the_form_stays_filled_in(client, patient, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    response = ask(client)
    assert response.status_code == 400
    assert 'value="lea@example.org"' in response.content.decode()
