"""Taking part: anybody may, robots and stuffers may not, and nothing is shown before somebody has looked at it."""

import io
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from cms.accounts.humans import PublicForm
from cms.accounts.models import User
from cms.artwork.errors import ArtworkError
from cms.campaigns.participation.api import voter_of
from cms.campaigns.participation.models import (
    Comment,
    ConsultationPage,
    ContestPage,
    Entry,
    JuryScore,
    KnowledgeQuizPage,
    Pledge,
    PledgePage,
    QuizTally,
    TakePartPage,
    Vote,
)
from cms.campaigns.participation.parts import took_part
from cms.campaigns.participation.uploads import read_image, read_pdf
from cms.languages.starter import story, stream
from cms.vocabulary.models import Licence
from tests.campaigns.pages import in_minutes, translated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


def publish(campaign, page):
    campaign.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def send(client, page, **data):
    return client.post(page.url, {"started": PublicForm.stamp()} | data)


def link() -> str:
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


# --- pledges ------------------------------------------------------------------------------------------
@pytest.fixture
def pledge(campaign):
    return publish(campaign, PledgePage(title="I name the maker", promise="I will name the maker.", goal=100))


def test_a_promise_counts_at_once_and_by_region(client, pledge):
    response = send(client, pledge, region="")
    assert response.status_code == 302
    from cms.vocabulary.models import Region

    send(client, pledge, region=Region.objects.get(slug="cn-sh").pk)
    page = client.get(pledge.url).content.decode()
    assert "2 people have promised it" in page
    assert "Shanghai" in page


def test_a_name_is_shown_only_after_somebody_has_looked_at_it(client, pledge):
    send(client, pledge, name="Mei Lin")
    assert "Mei Lin" not in client.get(pledge.url).content.decode()
    Pledge.objects.update(state=Pledge.State.SHOWN)
    assert "Mei Lin" in client.get(pledge.url).content.decode()


def test_the_same_form_promises_once(client, pledge):
    stamp = PublicForm.stamp()
    for _time in range(3):
        send(client, pledge, started=stamp)
    assert Pledge.objects.count() == 1


def test_promises_cannot_be_stuffed(client, pledge):
    answers = [send(client, pledge).status_code for _time in range(62)]
    assert answers[:60] == [302] * 60
    assert answers[60:] == [400, 400]


def test_a_link_is_no_name(client, pledge):
    response = send(client, pledge, name="www.spam.example")
    assert response.status_code == 400
    assert "A name holds no links." in response.content.decode()
    assert "www.spam.example" in response.content.decode()


def test_all_languages_count_together(client, pledge):
    french = translated(pledge)
    send(client, french)
    assert "1 person has promised it" in client.get(pledge.url).content.decode()


def test_what_is_closed_takes_nothing(client, pledge):
    pledge.closes_at = in_minutes(-5)
    pledge.save()
    assert send(client, pledge).status_code == 400
    assert not Pledge.objects.exists()
    assert "<form class" not in client.get(pledge.url).content.decode()


def test_an_end_before_the_beginning_is_refused(pledge):
    pledge.opens_at, pledge.closes_at = in_minutes(60), in_minutes(30)
    with pytest.raises(ValidationError, match="closes after it has opened"):
        pledge.clean()


# --- quizzes ------------------------------------------------------------------------------------------
def question(number: int, right: int = 0, count: int = 3) -> tuple:
    options = [{"text": f"Answer {place}", "is_right": place == right} for place in range(count)]
    return "question", {
        "text": f"Question {number}?",
        "options": stream(f"q{number}", *(("item", option) for option in options)),
        "explanation": f"Because {number}.",
    }


@pytest.fixture
def quiz(campaign):
    questions = stream("quiz", *(question(number, right=number % 3) for number in range(3)))
    return publish(campaign, KnowledgeQuizPage(title="Do you know your rights?", slug="quiz", questions=questions))


def test_a_quiz_says_how_many_are_right_and_why(client, quiz):
    response = send(client, quiz, **{"question-0": 0, "question-1": 0, "question-2": 2})
    assert response.status_code == 302
    page = client.get(response.url).content.decode()
    assert "2 of 3 right" in page
    assert "Because 1." in page
    assert QuizTally.objects.get().score == 2


def test_the_result_can_be_passed_on_as_a_card(client, quiz):
    url = send(client, quiz, **{f"question-{number}": number % 3 for number in range(3)}).url
    card = client.get(f"{url}card.png")
    assert Image.open(io.BytesIO(card.content)).size == (1200, 630)
    assert "card.png" in client.get(url).content.decode()


def test_a_result_cannot_be_made_up(client, quiz):
    url = send(client, quiz, **{f"question-{number}": 0 for number in range(3)}).url
    assert client.get(url.replace(url.split("/")[-2], "forged")).status_code == 404


def test_the_right_answers_are_not_in_the_page(client, quiz):
    assert "Because" not in client.get(quiz.url).content.decode()


@pytest.mark.parametrize("answers", [{}, {"question-0": 9, "question-1": 0, "question-2": 0}])
def test_missing_or_impossible_answers_are_asked_for_again(client, quiz, answers):
    assert send(client, quiz, **answers).status_code == 400
    assert not QuizTally.objects.exists()


def test_a_question_has_exactly_one_right_answer(quiz):
    block = quiz.questions[0].block
    value = quiz.questions[0].value
    value["options"][1]["is_right"] = True
    with pytest.raises(ValidationError):
        block.clean(value)


# --- contests -----------------------------------------------------------------------------------------
@pytest.fixture
def contest(campaign):
    page = ContestPage(
        title="Draw an inventor",
        slug="contest",
        rules=story("rules", ["Draw somebody who makes things."]),
        categories="Under 12\n12 and over",
        takes_texts=True,
        takes_pdfs=True,
        has_public_vote=True,
        voting_until=in_minutes(600),
        closes_at=in_minutes(300),
    )
    return publish(campaign, page)


def jpeg(width=800, height=600, **options) -> bytes:
    stream_ = io.BytesIO()
    Image.new("RGB", (width, height), "#b3321e").save(stream_, "JPEG", **options)
    return stream_.getvalue()


def pdf(pages=1) -> PdfWriter:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    return writer


def written(writer: PdfWriter) -> bytes:
    stream_ = io.BytesIO()
    writer.write(stream_)
    return stream_.getvalue()


def enter(client, contest, **data):
    base = {
        "title": "My neighbour",
        "category": "1",
        "creator": "Mei",
        "email": "mei@example.org",
        "licence": Licence.objects.get(slug="cc-by-4-0").pk,
        "is_own_work": "on",
        "image": SimpleUploadedFile("drawing.jpg", jpeg(), "image/jpeg"),
    }
    return send(client, contest, **{name: value for name, value in (base | data).items() if value is not None})


def accepted(client, contest, **data) -> Entry:
    enter(client, contest, **data)
    entry = Entry.objects.latest("created_at")
    client.post(link())
    entry.refresh_from_db()
    entry.state = Entry.State.ACCEPTED
    entry.full_clean()
    entry.save()
    return entry


def test_an_entry_is_shown_after_its_address_is_confirmed_and_somebody_has_looked_at_it(client, contest):
    assert enter(client, contest).status_code == 200
    entry = Entry.objects.get()
    url = reverse("participation:entry", args=[entry.pk])
    file_url = reverse("participation:entry_file", args=[entry.pk])
    assert entry.state == Entry.State.UNCONFIRMED
    client.get(link())
    assert Entry.objects.get().state == Entry.State.UNCONFIRMED
    client.post(link())
    assert Entry.objects.get().state == Entry.State.SUBMITTED
    assert client.get(url).status_code == client.get(file_url).status_code == 404
    assert "My neighbour" not in client.get(contest.url).content.decode()
    Entry.objects.update(state=Entry.State.ACCEPTED)
    page = client.get(url).content.decode()
    assert "Mei" in page
    assert "CC BY" in page
    assert "mei@example.org" not in page
    response = client.get(file_url)
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "My neighbour" in client.get(contest.url).content.decode()


def test_a_child_needs_the_consent_of_a_guardian(client, contest):
    response = enter(client, contest, is_minor="on")
    assert response.status_code == 400
    assert "consent of a parent or guardian" in response.content.decode()
    same = enter(client, contest, is_minor="on", guardian_name="Ma", guardian_email="mei@example.org")
    assert "another address" in same.content.decode()
    enter(client, contest, is_minor="on", guardian_name="Ma Lin", guardian_email="ma@example.org")
    client.post(link())
    entry = Entry.objects.get()
    assert mail.outbox[-1].to == ["ma@example.org"]
    entry.state = Entry.State.ACCEPTED
    with pytest.raises(ValidationError, match="guardian has not consented"):
        entry.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()
    client.get(link())
    assert Entry.objects.get().guardian_consented_at is None
    client.post(link())
    assert Entry.objects.get().guardian_consented_at is not None
    Entry.objects.update(state=Entry.State.ACCEPTED)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"image": None}, "exactly one of the kinds"),
        ({"text": "A poem"}, "exactly one of the kinds"),
        ({"is_own_work": None}, "required"),
        ({"category": "7"}, "Select a valid choice"),
        ({"licence": "99999"}, "Select a valid choice"),
        ({"image": SimpleUploadedFile("x.jpg", b"<script>")}, "no image of these kinds: JPEG, PNG, WEBP"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_and_the_rest_stays(client, contest, data, says):
    response = enter(client, contest, **data)
    assert response.status_code == 400
    assert says in response.content.decode()
    assert 'value="My neighbour"' in response.content.decode()
    assert not Entry.objects.exists()
    assert mail.outbox == []


def test_a_text_or_a_pdf_may_be_entered(client, contest):
    assert enter(client, contest, image=None, text="A poem about a maker.").status_code == 200
    upload = SimpleUploadedFile("work.pdf", written(pdf(3)), "application/pdf")
    assert enter(client, contest, image=None, pdf=upload, title="A report").status_code == 200
    assert {entry.kind for entry in Entry.objects.all()} == {"text", "pdf"}


def counted(count: int) -> bytes:
    writer = pdf(1)
    writer.root_object["/Pages"].get_object()[NameObject("/Count")] = NumberObject(count)
    return written(writer)


def scripted() -> bytes:
    writer = pdf(1)
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app")})
    names = DictionaryObject({NameObject("/JavaScript"): script})
    writer.root_object[NameObject("/Names")] = names
    return written(writer)


def launching() -> bytes:
    writer = pdf(1)
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("http://127.0.0.1/")}
    )
    return written(writer)


def locked() -> bytes:
    writer = pdf(1)
    writer.encrypt("secret")
    return written(writer)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: written(pdf(10_000)), "more than 20 pages"),
        (lambda: counted(10_000), "more than 20 pages"),
        (scripted, "scripts"),
        (launching, "scripts"),
        (locked, "password"),
        (lambda: b"%PDF-1.4 nonsense", "damaged"),
        (lambda: b"MZ", "no PDF file"),
        (lambda: b"%PDF-" + b"0" * (15 * 1024 * 1024), "15 MB"),
    ],
)
def test_a_hostile_pdf_is_refused_with_a_sentence(content, says):
    with pytest.raises(ArtworkError, match=says):
        read_pdf(io.BytesIO(content()))


def test_a_picture_is_drawn_anew_without_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Mei"
    kept = Image.open(io.BytesIO(read_image(io.BytesIO(jpeg(exif=exif)))))
    assert not kept.getexif()


@pytest.mark.parametrize(
    ("size", "says"),
    [((200, 200), "smaller than 300"), ((12_500, 400), "larger than 12000"), ((9_500, 9_500), "80 million")],
)
def test_a_picture_of_a_useless_size_is_refused(size, says):
    with pytest.raises(ArtworkError, match=says):
        read_image(io.BytesIO(jpeg(*size)))


# --- jury and vote ------------------------------------------------------------------------------------
def test_the_jury_scores_and_nobody_else_sees_it(client, contest, learner):
    entry = accepted(client, contest)
    url = reverse("participation:jury", args=[contest.translation_key])
    assert client.get(url).status_code == 302
    client.force_login(learner)
    assert client.get(url).status_code == 404
    contest.jurors.add(learner)
    contest.save()
    assert "My neighbour" in client.get(url).content.decode()
    for points in (4, 9):
        client.post(url, {"entry": entry.pk, "points": points})
    client.post(url, {"entry": entry.pk, "points": 11})
    assert JuryScore.objects.get().points == 9


@pytest.fixture
def voting(client, contest):
    entry = accepted(client, contest)
    contest.closes_at = in_minutes(-1)
    contest.save()
    mail.outbox.clear()
    return entry


def vote(client, entry, email):
    url = reverse("participation:entry", args=[entry.pk])
    return client.post(url, {"started": PublicForm.stamp(), "email": email})


def test_a_vote_counts_once_its_address_is_confirmed_and_once_for_each_address(client, voting):
    vote(client, voting, "Voter@Example.org")
    assert not Vote.objects.exists()
    assert "counted" in client.post(link()).content.decode()
    for again in ("voter@example.org", "voter+more@example.org"):
        vote(client, voting, again)
        assert "voted in this contest before" in client.post(link()).content.decode()
    assert Vote.objects.count() == 1
    assert "voter" not in Vote.objects.get().voter


def test_spellings_of_one_mailbox_are_one_voter(contest):
    key = contest.translation_key
    assert voter_of(key, "a.b.c+x@gmail.com") == voter_of(key, "ABC@googlemail.com")
    assert voter_of(key, "a.b@example.org") != voter_of(key, "ab@example.org")


def test_votes_cannot_be_stuffed_from_one_address(client, voting):
    answers = [vote(client, voting, f"v{number}@example.org").status_code for number in range(42)]
    assert answers[:40] == [200] * 40
    assert answers[40:] == [400, 400]
    assert len(mail.outbox) == 40
    assert not Vote.objects.exists()


def test_nobody_votes_before_entries_are_in_or_after_the_end(client, contest):
    entry = accepted(client, contest)
    assert b"Vote for it" not in client.get(reverse("participation:entry", args=[entry.pk])).content
    contest.closes_at = in_minutes(-1)
    contest.save()
    vote(client, entry, "v@example.org")
    token = link()
    contest.voting_until = in_minutes(-1)
    contest.closes_at = in_minutes(-2)
    contest.save()
    assert client.post(token).status_code == 410
    assert not Vote.objects.exists()


def test_numbers_of_votes_are_told_when_the_voting_is_over(client, contest, voting):
    Vote.objects.create(contest_key=contest.translation_key, voter="x", entry=voting)
    assert "1 vote" not in client.get(contest.url).content.decode()
    contest.voting_until = in_minutes(-1)
    contest.closes_at = in_minutes(-2)
    contest.save()
    assert "1 vote" in client.get(contest.url).content.decode()


def test_winners_are_shown_when_they_are_announced(client, contest):
    entry = accepted(client, contest)
    Entry.objects.filter(pk=entry.pk).update(rank=1, award="The golden pencil")
    assert "The golden pencil" not in client.get(contest.url).content.decode()
    contest.winners_are_public = True
    contest.save()
    page = client.get(contest.url).content.decode()
    assert "The winners" in page
    assert "The golden pencil" in page


def test_entries_are_paged_and_winners_stand_above_them(client, contest, monkeypatch):
    monkeypatch.setattr("cms.campaigns.participation.models.contests.ENTRIES_A_PAGE", 1)
    first = accepted(client, contest)
    accepted(client, contest, title="My uncle")
    pages = [client.get(f"{contest.url}?page={number}").content.decode() for number in (1, 2)]
    assert "My neighbour" in pages[0]
    assert "My uncle" not in pages[0]
    assert "My uncle" in pages[1]
    Entry.objects.filter(pk=first.pk).update(rank=1)
    contest.winners_are_public = True
    contest.save()
    assert "My neighbour" in client.get(f"{contest.url}?page=2").content.decode()


# --- consultations ------------------------------------------------------------------------------------
@pytest.fixture
def draft(campaign):
    articles = stream(
        "draft",
        ("article", {"number": "1", "heading": "Purpose", "text": "This law protects makers."}),
        ("article", {"number": "2", "heading": "", "text": "It applies to all."}),
    )
    return publish(campaign, ConsultationPage(title="Draft rules", slug="draft", articles=articles))


def say(client, draft, text="Please define “maker”.", **data):
    base = {"text": text, "name": "Ann", "email": "ann@example.org", "article": "1"}
    return send(client, draft, **base | data)


def test_a_comment_is_shown_below_its_article_once_it_was_looked_at(client, draft):
    say(client, draft)
    assert Comment.objects.get().state == Comment.State.UNCONFIRMED
    client.get(link())
    assert Comment.objects.get().state == Comment.State.UNCONFIRMED
    client.post(link())
    assert Comment.objects.get().state == Comment.State.WAITING
    assert "Please define" not in client.get(draft.url).content.decode()
    Comment.objects.update(state=Comment.State.SHOWN)
    page = client.get(draft.url).content.decode()
    assert page.index("This law protects") < page.index("Please define") < page.index("It applies to all")
    assert "ann@example.org" not in page


def test_the_office_replies_below_a_comment(client, draft):
    say(client, draft)
    comment = Comment.objects.get()
    comment.state, comment.reply = Comment.State.SHOWN, "A maker is whoever makes."
    comment.save()
    assert comment.replied_at
    assert "A maker is whoever makes." in client.get(draft.url).content.decode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"text": "http://a.org http://b.org www.c.org"}, "At most two links"),
        ({"article": "99"}, "Select a valid choice"),
        ({"text": "x" * 4001}, "at most 4000"),
        ({"homepage": "http://spam.example"}, "leave the last field empty"),
        ({"email": "none"}, "valid email"),
    ],
)
def test_spam_and_nonsense_are_refused_and_what_was_written_stays(client, draft, data, says):
    response = say(client, draft, **{"organisation": "Makers’ Union"} | data)
    assert response.status_code == 400
    assert says in response.content.decode()
    assert "Makers’ Union" in response.content.decode()
    assert not Comment.objects.exists()


def test_the_same_text_is_not_sent_again_and_again(client, draft):
    say(client, draft)
    assert "sent already" in say(client, draft, email="Ann@example.org").content.decode()
    assert Comment.objects.count() == 1
    say(client, draft, email="other@example.org")  # many may think the same
    assert Comment.objects.count() == 2


def test_a_link_is_not_passed_on_in_the_same_words(client, draft):
    say(client, draft, text="Buy at www.example.com")
    refused = say(client, draft, text="Buy at www.example.com", email="other@example.org")
    assert "sent already" in refused.content.decode()
    assert Comment.objects.count() == 1


def test_markup_in_a_comment_is_text(client, draft):
    say(client, draft, text="<script>alert(1)</script>")
    Comment.objects.update(state=Comment.State.SHOWN)
    assert "<script>alert(1)" not in client.get(draft.url).content.decode()


def test_after_the_closing_date_nobody_comments_and_the_summary_stands_first(client, draft):
    draft.closes_at = in_minutes(-1)
    draft.outcome = story("outcome", ["Twelve people commented."])
    draft.save()
    assert say(client, draft).status_code == 400
    assert not Comment.objects.exists()
    page = client.get(draft.url).content.decode()
    assert page.index("Twelve people commented.") < page.index("This law protects")
    assert "The consultation is closed." in page


def test_comments_are_exported_for_editors_only(client, draft, learner):
    say(client, draft, text="=cmd()")
    client.post(link())
    url = reverse("participation_admin:comments", args=[draft.pk, "csv"])
    client.force_login(learner)
    assert client.get(url).status_code in {302, 403}
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    content = client.get(url).content.decode()
    assert "'=cmd()" in content
    assert b"".join(client.get(url.replace("csv", "xlsx")).streaming_content)[:2] == b"PK"
    entries = reverse("participation_admin:entries", args=[draft.pk, "csv"])
    assert client.get(entries).status_code == 404


# --- all of them --------------------------------------------------------------------------------------
def test_everything_open_is_listed_in_one_place(client, pledge, quiz, contest, draft):
    page = TakePartPage.objects.get(locale__language_code="en")
    contest.closes_at = in_minutes(-1)
    contest.save()
    content = client.get(page.url).content.decode()
    for one in (pledge, quiz, contest, draft):
        assert one.title in content
    assert content.index(draft.title) < content.index("Closed") < content.index(contest.title)


def test_the_campaign_names_its_activities_and_counts_them(client, campaign, pledge, quiz):
    page = client.get(campaign.url).content.decode()
    assert pledge.title in page
    assert quiz.title in page
    send(client, pledge)
    numbers = {str(result.label): result.number for result in took_part(campaign.scope_of(campaign))}
    assert numbers == {"Promises made": 1, "Quizzes answered": 0}


@pytest.mark.parametrize("fixture", ["pledge", "quiz", "contest", "draft"])
def test_every_activity_opens_in_the_editor_and_asks_few_questions(
    client, request, fixture, django_assert_max_num_queries
):
    page = request.getfixturevalue(fixture)
    client.get(page.url)
    with django_assert_max_num_queries(22):
        client.get(page.url)
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize("model", ["entry", "comment", "pledge"])
def test_moderators_have_a_queue(client, contest, draft, pledge, model):
    enter(client, contest)
    say(client, draft)
    send(client, pledge, name="Mei")
    record = {"entry": Entry, "comment": Comment, "pledge": Pledge}[model].objects.get()
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    base = f"wagtailsnippets_participation_{model}"
    assert client.get(reverse(f"{base}:list")).status_code == 200
    page = client.get(reverse(f"{base}:edit", args=[record.pk])).content.decode()
    if model == "entry":
        assert reverse("participation:entry_file", args=[record.pk]) in page
    assert client.get(reverse(f"{base}:add")).status_code == 302  # nobody adds to what others have sent


# --- a mail server that does not answer ---------------------------------------------------------------
@pytest.fixture
def _no_mail(monkeypatch):
    def refuse(self, *args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)


@pytest.mark.usefixtures("_no_mail")
def test_without_a_mail_server_nothing_is_stored_and_what_was_written_stays(client, draft, contest):
    for response in (say(client, draft, organisation="Makers’ Union"), enter(client, contest)):
        assert response.status_code == 400
        assert "mail server does not answer" in response.content.decode()
    assert "Makers’ Union" in say(client, draft, organisation="Makers’ Union").content.decode()
    assert not Comment.objects.exists()
    assert not Entry.objects.exists()


def test_a_vote_without_a_mail_server_is_asked_for_again(client, voting, request):
    request.getfixturevalue("_no_mail")
    response = vote(client, voting, "v@example.org")
    assert response.status_code == 400
    assert 'value="v@example.org"' in response.content.decode()
