"""The newsroom: not a word before the embargo ends, to the minute, in any language and by any way in."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.campaigns.newsroom.models import (
    AccreditedJournalist,
    EmbargoNotice,
    PressReading,
    PressReleasePage,
    ReleaseAttachment,
)
from cms.campaigns.newsroom.press import embargoed, token_of
from cms.vocabulary.models import Topic
from tests.campaigns.pages import in_minutes, newsroom, release, translated
from tests.search.conftest import refreshed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_newsroom")]


@pytest.fixture
def journalist():
    return AccreditedJournalist.objects.create(name="Ann Writer", outlet="The Paper", email="ann@example.org")


@pytest.fixture
def editor(client):
    user = User.objects.create_superuser("root@example.org", "x", name="Root")
    client.force_login(user)
    return client


@pytest.fixture
def later(monkeypatch):
    """Sets the clock forward."""
    now = timezone.now

    def go(**span):
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(**span))

    return go


PUBLIC = [
    "/en/newsroom/",
    "/en/newsroom/feed.atom",
    "/en/newsroom/feed.json",
    "/en/newsroom/topics/patents/feed.atom",
    "/en/newsroom/topics/patents/feed.json",
    "/sitemap.xml",
    "/en/search/?q=quaggafish",
    "/en/search/?q=quaggafsh",
    "/en/search/completions/?q=quagg",
    "/en/search/?q=zyzzyvish&kind=press",
    "/en/topics/",
    "/en/campaigns/world-ip-day/",
    "/en/",
]


def test_it_is_public_at_once_without_an_embargo(client):
    page = release()
    assert page.live
    assert "quaggafish" in client.get(page.url).content.decode()
    assert "quaggafish" in client.get("/en/newsroom/").content.decode()


@pytest.mark.parametrize("url", PUBLIC)
def test_nothing_leaks_before_the_embargo_ends(client, campaign, url):
    newsroom()
    page = release(embargo_until=in_minutes(60), campaign=campaign)
    page.topics.add(Topic.objects.get(slug="patents"))
    page.save_revision().publish()
    with refreshed():
        content = client.get(url).content.decode().replace("<mark>", "").replace("</mark>", "")
    assert "A quaggafish" not in content
    assert "zyzzyvish summary" not in content
    assert page.slug not in content


def test_a_wrong_spelling_is_not_mended_by_words_under_embargo(client):
    release(embargo_until=in_minutes(60))
    with refreshed():
        assert "quaggafish" not in client.get("/en/search/?q=quaggafsh").content.decode()
        assert "quaggafish" not in client.get("/en/search/completions/?q=quagg").content.decode()


def test_its_own_address_does_not_exist_before(client):
    page = release(embargo_until=in_minutes(60))
    assert not page.live
    assert client.get(f"/en/newsroom/{page.slug}/").status_code == 404


def test_at_the_minute_it_is_there(client, later):
    page = release(embargo_until=in_minutes(60))
    later(minutes=58)
    call_command("publish_scheduled")
    assert client.get(f"/en/newsroom/{page.slug}/").status_code == 404
    later(minutes=60, seconds=30)
    call_command("publish_scheduled")
    assert client.get(f"/en/newsroom/{page.slug}/").status_code == 200
    assert "quaggafish" in client.get("/en/newsroom/feed.atom").content.decode()
    assert client.get("/en/newsroom/feed.json").json()["items"][0]["title"] == page.title


def test_publishing_is_planned_for_the_moment_it_ends(settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    moment = in_minutes(60)
    from django_tasks_db.models import DBTaskResult

    with django_capture_on_commit_callbacks(execute=True):
        release(embargo_until=moment)
    planned = DBTaskResult.objects.filter(task_path__endswith="publish_what_is_due")
    assert [task.run_after for task in planned] == [moment]


def test_a_translation_waits_for_the_same_minute(client, later):
    page = release(embargo_until=in_minutes(60))
    french = translated(page)
    assert not PressReleasePage.objects.get(pk=french.pk).live
    assert client.get(f"/fr/newsroom/{page.slug}/").status_code == 404
    later(minutes=61)
    call_command("publish_scheduled")
    assert PressReleasePage.objects.get(pk=french.pk).live


def test_even_a_translation_without_the_embargo_does_not_become_public(client):
    page = release()
    french = translated(page)
    french.unpublish()
    PressReleasePage.objects.filter(pk=page.pk).update(embargo_until=in_minutes(60), live=False)
    french = PressReleasePage.objects.get(pk=french.pk)
    french.embargo_until = None
    french.save_revision().publish()
    assert not PressReleasePage.objects.get(pk=french.pk).live


# --- accredited press ---------------------------------------------------------------------------------
def test_the_press_reads_it_before_by_a_personal_link(client, journalist):
    page = release(embargo_until=in_minutes(60), time_zone="Asia/Shanghai")
    room = client.get(reverse("newsroom:press", args=[token_of(journalist)]))
    assert page.title in room.content.decode()
    assert "Asia/Shanghai, UTC+0800" in room.content.decode()
    response = client.get(reverse("newsroom:press_release", args=[token_of(journalist), page.translation_key]))
    assert "The first paragraph tells it all." in response.content.decode()
    assert "Under embargo" in response.content.decode()
    for answer in (room, response):
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer"
    reading = PressReading.objects.get()
    assert (reading.journalist, reading.release_key) == (journalist, page.translation_key)


@pytest.mark.parametrize("change", [{"is_active": False}, {"valid_until": timezone.localdate() - timedelta(days=2)}])
def test_who_is_not_accredited_any_more_reads_nothing(client, journalist, change):
    page = release(embargo_until=in_minutes(60))
    AccreditedJournalist.objects.update(**change)
    token = token_of(journalist)
    assert client.get(reverse("newsroom:press", args=[token])).status_code == 404
    assert client.get(reverse("newsroom:press_release", args=[token, page.translation_key])).status_code == 404


def test_a_forged_link_leads_nowhere(client, journalist):
    token = token_of(journalist)
    assert client.get(reverse("newsroom:press", args=[token[:-2] + "xx"])).status_code == 404


def test_the_press_sees_what_was_approved_and_no_later_draft(client, journalist):
    page = release(embargo_until=in_minutes(60))
    draft = page.get_latest_revision_as_object()
    draft.title = "Half written"
    draft.save_revision()
    assert [one.title for one in embargoed()] == [page.title]


def test_a_draft_that_nobody_approved_is_not_for_the_press(journalist):
    page = PressReleasePage(title="Draft", summary="x", body=[], embargo_until=in_minutes(60), live=False)
    newsroom().add_child(instance=page)
    page.save_revision()
    assert embargoed() == []


# --- attachments --------------------------------------------------------------------------------------
@pytest.fixture
def attached():
    document = get_document_model().objects.create(
        title="Figures", file=ContentFile(b"%PDF-1.4 secret", name="figures.pdf")
    )
    page = release(embargo_until=in_minutes(60))
    ReleaseAttachment.objects.create(page=page, document=document)
    return document


def test_an_attachment_keeps_the_embargo(client, journalist, attached):
    assert client.get(attached.url).status_code == 404
    assert client.get(f"{attached.url}?press=forged").status_code == 404
    assert client.get(f"{attached.url}?press={token_of(journalist)}").status_code == 200


def test_editors_and_everybody_afterwards_get_the_attachment(client, attached, later):
    later(minutes=61)
    PressReleasePage.objects.update(live=True)
    assert client.get(attached.url).status_code == 200


# --- telling the press, moving the embargo ------------------------------------------------------------
def tell(client, page, moment):
    local = timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")
    return client.post(reverse("newsroom_admin:tell", args=[page.pk]), {"embargo_until": local})


def test_the_press_is_told_with_a_link_of_their_own(editor, journalist):
    page = release(embargo_until=in_minutes(60))
    tell(editor, page, page.embargo_until)
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]
    assert token_of(journalist) in mail.outbox[0].body
    assert "UTC+0000" in mail.outbox[0].body
    assert EmbargoNotice.promised(page.translation_key) == page.embargo_until


def test_an_embargo_that_was_sent_is_not_moved_behind_the_presss_back(editor, journalist):
    page = release(embargo_until=in_minutes(60))
    tell(editor, page, page.embargo_until)
    for moment in (in_minutes(30), in_minutes(600), None):
        page.embargo_until = moment
        with pytest.raises(ValidationError, match="To move it, tell them first") as refusal:
            page.clean()
        assert "embargo_until" in refusal.value.message_dict


def test_moving_it_tells_the_press_and_moves_every_language(editor, journalist, client, later):
    page = release(embargo_until=in_minutes(60))
    french = translated(page)
    tell(editor, page, page.embargo_until)
    mail.outbox.clear()
    moment = in_minutes(120)
    assert tell(editor, page, moment).status_code == 302
    assert "has moved" in mail.outbox[0].subject
    for one in (page, french):
        fresh = PressReleasePage.objects.get(pk=one.pk)
        assert fresh.embargo_until == moment
        scheduled = Revision.objects.get(object_id=str(one.pk), approved_go_live_at__isnull=False)
        assert scheduled.approved_go_live_at == moment
    later(minutes=90)
    call_command("publish_scheduled")
    assert not PressReleasePage.objects.filter(translation_key=page.translation_key, live=True).exists()
    later(minutes=121)
    call_command("publish_scheduled")
    assert PressReleasePage.objects.filter(translation_key=page.translation_key, live=True).count() == 2


def test_an_embargo_in_the_past_is_refused_when_telling(editor, journalist):
    page = release(embargo_until=in_minutes(60))
    response = tell(editor, page, in_minutes(-5))
    assert "This moment has passed" in response.content.decode()
    assert mail.outbox == []


def test_an_embargo_comes_too_late_for_what_is_public():
    page = release()
    page.embargo_until = in_minutes(60)
    with pytest.raises(ValidationError, match="too late"):
        page.clean()


def test_only_people_who_may_publish_tell_the_press(client, learner):
    page = release(embargo_until=in_minutes(60))
    client.force_login(learner)
    assert tell(client, page, page.embargo_until).status_code in {302, 403}
    assert not EmbargoNotice.objects.exists()


# --- lists and feeds ----------------------------------------------------------------------------------
def test_topics_narrow_the_list_and_the_feeds(client):
    patents = release("About patents")
    patents.topics.add(Topic.objects.get(slug="patents"))
    patents.save()
    release("About nothing")
    for url in ("/en/newsroom/?topic=patents", *PUBLIC[3:5]):
        content = client.get(url).content.decode()
        assert "About patents" in content, url
        assert "About nothing" not in content, url
    assert client.get("/en/newsroom/topics/unheard-of/feed.atom").status_code == 404


def test_each_language_has_feeds_of_its_own(client):
    page = release("English title")
    translated(page)
    assert "English title" in client.get("/fr/newsroom/feed.json").json()["items"][0]["title"]
    PressReleasePage.objects.get(translation_key=page.translation_key, locale__language_code="fr").unpublish()
    assert "English title" not in client.get("/fr/newsroom/feed.json").content.decode()


def test_the_list_is_paged_and_asks_few_questions(client, django_assert_max_num_queries):
    for number in range(25):
        release(f"Release {number}")
    page = client.get("/en/newsroom/").content.decode()
    assert page.count('class="result"') == 20
    with django_assert_max_num_queries(16):
        client.get("/en/newsroom/")


def test_the_campaign_shows_its_press(client, campaign):
    release("For the day", campaign=campaign)
    assert "For the day" in client.get(campaign.url).content.decode()


def test_a_release_is_found_by_search(client):
    release("Quaggafish on the shelves")
    with refreshed():
        assert "<mark>Quaggafish</mark> on the shelves" in client.get("/en/search/?q=quaggafish").content.decode()


def test_it_opens_in_the_editor(editor):
    page = release(embargo_until=in_minutes(60))
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert editor.get(reverse("newsroom_admin:tell", args=[page.pk])).status_code == 200
    assert Page.objects.get(pk=page.pk).specific_class is PressReleasePage


def test_a_journalist_the_mail_server_refused_is_named(editor, journalist, monkeypatch):
    AccreditedJournalist.objects.create(name="Bob Gone", outlet="Nowhere", email="bob@example.org")
    send = mail.EmailMessage.send

    def refuse(self, *args, **kwargs):
        if self.to == ["bob@example.org"]:
            raise ConnectionRefusedError
        return send(self, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    page = release(embargo_until=in_minutes(60))
    response = tell(editor, page, page.embargo_until)
    assert "Bob Gone" in editor.get(response.url).content.decode()
    assert [one.email for one in EmbargoNotice.objects.get().recipients.all()] == ["ann@example.org"]


def test_an_editor_finds_the_personal_link_of_a_journalist(editor, journalist):
    page = editor.get(reverse("wagtailsnippets_newsroom_accreditedjournalist:list")).content.decode()
    assert token_of(journalist) in page
