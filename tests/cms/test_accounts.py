import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse

from cms.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db
LOGIN = "/en/accounts/login/"


def sign_in(client, email, password="imprint-demo"):
    return client.post(LOGIN, {"login": email, "password": password})


def test_people_sign_in_with_their_email_in_any_case(client):
    user = factories.UserFactory(email="li@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    assert sign_in(client, "LI@Example.org").status_code == 302
    assert client.get(reverse("account")).context["user"] == user


def test_a_wrong_password_is_refused(client):
    user = factories.UserFactory()
    response = sign_in(client, user.email, "wrong")
    assert response.status_code == 200
    assert "not correct" in response.content.decode()


def test_guessing_is_stopped(client):
    user = factories.UserFactory()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    statuses = {sign_in(client, user.email, f"guess-{number}").status_code for number in range(12)}
    response = sign_in(client, user.email)
    assert 429 in statuses or "Too many" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_admin_has_the_same_door(client):
    response = client.get("/admin/login/?next=/admin/")
    assert response.url == f"{LOGIN}?next=/admin/"
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


def test_people_who_do_not_publish_are_refused_and_not_sent_in_circles(signed_in):
    response = signed_in.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "Only people who publish" in response.content.decode()


def test_signing_up_keeps_name_and_language(client):
    client.post(
        "/zh-hans/accounts/signup/", {"name": "欧阳娜", "email": "na@example.org", "password1": "correct-horse-battery"}
    )
    user = User.objects.get(email="na@example.org")
    assert (user.name, user.preferred_language) == ("欧阳娜", "zh-hans")
    assert len(mail.outbox) == 1


def test_an_address_is_taken_once_whatever_its_case():
    factories.UserFactory(email="one@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create(email="ONE@example.org")


def test_settings_are_saved_and_lead_back(signed_in, learner):
    response = signed_in.post(
        f"{reverse('account')}?next=/en/courses/",
        {"name": "李晓", "preferred_language": "fr", "time_zone": "Asia/Shanghai"},
    )
    learner.refresh_from_db()
    assert response.url == "/en/courses/"
    assert (learner.name, learner.preferred_language, learner.time_zone) == ("李晓", "fr", "Asia/Shanghai")


def test_it_does_not_lead_to_foreign_hosts(signed_in):
    response = signed_in.post(
        f"{reverse('account')}?next=https://evil.example/",
        {"name": "L", "preferred_language": "en", "time_zone": "UTC"},
    )
    assert response.url == reverse("account")


@pytest.mark.parametrize("values", [{"name": "  "}, {"time_zone": "Mars/Olympus"}, {"preferred_language": "xx"}])
def test_bad_settings_are_refused(signed_in, learner, values):
    data = {"name": "L", "preferred_language": "en", "time_zone": "UTC"} | values
    assert signed_in.post(reverse("account"), data).status_code == 200
    learner.refresh_from_db()
    assert learner.name == "李晓雯"


def test_a_time_zone_that_no_longer_exists_breaks_nothing(client):
    user = factories.UserFactory(time_zone="Nowhere/Atall")
    client.force_login(user)
    assert client.get("/en/").status_code == 200


def test_demo_accounts_exist_only_in_the_demo(settings):
    with pytest.raises(CommandError, match="only while DEBUG=1"):
        call_command("create_demo_accounts")
    settings.DEBUG = True
    call_command("create_demo_accounts")
    call_command("create_demo_accounts")
    emails = {f"{name}@example.org" for name in ("editor", "translator", "teacher", "learner", "coordinator", "admin")}
    assert set(User.objects.filter(email__in=emails).values_list("email", flat=True)) == emails
    assert User.objects.get(email="editor@example.org").check_password("imprint-demo")


def test_editors_cannot_make_themselves_coordinators(client):
    from django.contrib.auth.models import Group

    user = factories.UserFactory()
    user.groups.add(Group.objects.get(name="Editors"))
    user = User.objects.get(pk=user.pk)
    assert user.has_perm("vocabulary.change_topic")
    assert not user.has_perm("directory.add_membership")
    client.force_login(user)
    assert client.get("/admin/snippets/directory/membership/add/").status_code == 302


def test_the_user_admin_knows_our_model(client):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    assert client.get("/admin/users/").status_code == 200
    page = client.get("/admin/users/new/").content.decode()
    assert 'name="preferred_language"' in page
    assert 'name="first_name"' not in page
