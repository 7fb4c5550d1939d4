import io
from unicodedata import normalize

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext, override
from pypdf import PdfReader
from wagtail.images import get_image_model

from cms.typeset.api import TypesettingError
from courses.catalogue.api import activities_of
from courses.credentials.api import certificate_pdf, find, hours_earned
from courses.credentials.models import Certificate
from courses.credentials.paper import sealed_by
from courses.enrolment.api import enrol
from courses.records.api import Verb, record
from tests import factories
from tests.pdf import check_accessible_pdf

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


def certify(person, **course):
    course = factories.make_course(**course)
    enrolment = enrol(person, course)
    for activity in activities_of(course.current):
        record(enrolment, Verb.COMPLETED, activity, key=f"completed:{activity.pk}")
    return Certificate.objects.get(enrolment=enrolment)


def seal_image():
    drawing = io.BytesIO()
    PIL.Image.new("RGBA", (300, 300), (179, 50, 30, 255)).save(drawing, "PNG")
    return get_image_model().objects.create(
        title="Seal", file=SimpleUploadedFile("seal.png", drawing.getvalue()), width=300, height=300
    )


@pytest.fixture
def certificate(learner):
    return certify(learner, title_zh_hans="课程", credit_hours="1.5")


def test_it_keeps_name_and_title_of_that_day(certificate, learner):
    learner.name = "Another Name"
    learner.save()
    certificate.refresh_from_db()
    assert certificate.holder_name == "李晓雯"
    assert certificate.course_title("zh-hans") == "课程"
    assert certificate.course_title("fr") == certificate.course_titles["en"]


def test_hours_add_up(certificate, learner):
    certify(learner, credit_hours=3)
    assert hours_earned(learner) == 4.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_and_shows_the_name(certificate, language):
    with override(language):
        pdf = certificate_pdf(certificate, language)
    text = check_accessible_pdf(pdf, language)
    assert "李晓雯" in text
    assert certificate.printed_code in text


@pytest.mark.parametrize(
    "name", ["𠮷野㛃", "邓䶮", "𬴂𰻝", "Ñandú Öğüş", "Дмитрий Щукин", "Þórunn", "عبد الرحمن", "Nguyễn Thị Ánh"]
)
def test_any_script_and_rare_characters_are_drawn(name):
    certificate = certify(factories.UserFactory(name=name))
    text = PdfReader(io.BytesIO(certificate_pdf(certificate, "en"))).pages[0].extract_text()
    assert set(name) - {" "} <= set(normalize("NFKC", text))


@pytest.mark.parametrize(("first", "second"), [("zh-hans", "ar"), ("ar", "fr"), ("en", "zh-hans"), ("ru", "es")])
def test_two_languages_stand_side_by_side(certificate, first, second):
    pdf = certificate_pdf(certificate, first, second)
    text = check_accessible_pdf(pdf, first)
    metadata = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:part>2<" in metadata
    assert b"<pdfaid:conformance>A<" in metadata
    for code in (first, second):
        with override(code):
            assert set(gettext("Certificate number")) <= set(normalize("NFKC", text)) | {" "}
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


def test_a_long_name_and_title_in_two_languages_stay_on_one_page_with_the_seal(learner):
    body = factories.OrganisationFactory(seal=seal_image())
    below = factories.OrganisationFactory(parent=body)
    factories.MembershipFactory(user=learner, organisation=below)
    learner.name = "Maximiliana Alexandrowna von und zu Hohenlohe-Schillingsfürst de la Vega y Mendoza"
    learner.save()
    certificate = certify(
        learner, title_en="Protecting trade secrets and handling disputes about them " * 2, valid_months=12
    )
    pdf = certificate_pdf(certificate, "en", "ru")
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert sealed_by(below) == body
    check_accessible_pdf(pdf, "en")


def test_a_character_without_a_font_is_said_and_not_boxed():
    certificate = certify(factories.UserFactory(name="李\U000323af"))
    with pytest.raises(TypesettingError, match="No font on this server can draw “\U000323af”"):
        certificate_pdf(certificate, "en")


def test_a_certificate_that_cannot_be_drawn_is_still_there(client):
    person = factories.UserFactory(name="李\U000323af")
    certificate = certify(person)
    client.force_login(person)
    response = client.get(reverse("credentials:download", args=[certificate.pk]))
    assert response.status_code == 500
    assert "Your certificate itself is safe" in response.content.decode()
    assert client.get(reverse("credentials:verify", args=[certificate.code])).status_code == 200


def test_drawing_again_gives_the_same_bytes(certificate):
    assert certificate_pdf(certificate, "en") == certificate_pdf(certificate, "en")


def test_the_holder_downloads_it(signed_in, certificate):
    response = signed_in.get(reverse("credentials:download", args=[certificate.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert certificate.printed_code in response["Content-Disposition"]


def test_someone_elses_certificate_does_not_exist(client, certificate):
    client.force_login(factories.UserFactory())
    assert client.get(reverse("credentials:download", args=[certificate.pk])).status_code == 404


def test_anyone_verifies_it_without_seeing_more_than_needed(client, certificate, learner):
    response = client.get(reverse("credentials:verify", args=[certificate.code]))
    page = response.content.decode()
    assert response.status_code == 200
    assert certificate.holder_name in page
    assert learner.email not in page
    assert str(certificate.enrolment_id) not in page
    assert 'name="robots" content="noindex"' in page


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: f"{code[:4]} {code[4:8]} {code[8:]}", lambda code: f"-{code}-"]
)
def test_a_code_is_found_however_it_is_typed(certificate, typed):
    assert find(typed(certificate.code)) == certificate


@pytest.mark.parametrize("code", ["", "ABCD-EFGH-JKMN", "ABC", "<script>", "ÄÖÜ123456789"])
def test_an_unknown_code_is_refused_in_words(client, code):
    response = client.get(reverse("credentials:verify_form"), {"code": code} if code else {})
    assert response.status_code == (404 if code else 200)
    assert b"<script>alert" not in response.content
    if code:
        assert "No certificate has this number" in response.content.decode()
