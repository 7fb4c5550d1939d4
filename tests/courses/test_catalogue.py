from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from courses.catalogue.api import credit_hours_text, published_courses
from courses.catalogue.media import validate_media
from courses.catalogue.models import Course
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_starter_courses_are_there_in_every_language(client, language):
    for course in published_courses():
        assert course.languages() == LANGUAGES
        with override(language):
            response = client.get(reverse("catalogue:course", args=[course.slug]))
            assert str(course) in response.content.decode()
        assert "not fully translated" not in response.content.decode()


def test_a_course_that_is_not_published_does_not_exist(client):
    course = factories.CourseFactory(is_published=False)
    assert client.get(reverse("catalogue:course", args=[course.slug])).status_code == 404


def test_a_course_not_translated_says_so(client):
    course = factories.CourseFactory(title_en="Only English")
    with override("fr"):
        page = client.get(reverse("catalogue:course", args=[course.slug])).content.decode()
    assert "Only English" in page
    assert "n’est pas encore entièrement traduit" in page


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "1.5 credit hours"), ("zh-hans", "1.5 学时"), ("fr", "1,5 heures créditées"), ("ru", "1,5 зачётных часа")],
)
def test_hours_are_written_as_the_language_does(language, text):
    with override(language):
        assert credit_hours_text(Decimal("1.5")).replace("\xa0", " ") == text


def test_the_query_budgets(client, django_assert_max_num_queries):
    for address in (reverse("catalogue:course_list"), reverse("catalogue:course", args=[Course.objects.first().slug])):
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_a_list_marks_what_is_not_translated(client):
    factories.CourseFactory(title_en="Only English")
    with override("fr"):
        page = client.get(reverse("catalogue:course_list")).content.decode()
    assert '<h2 lang="en" dir="ltr">' in page
    assert "non traduite" in page


@pytest.mark.parametrize(
    ("name", "content", "fits"),
    [
        ("a.mp4", b"\x00\x00\x00\x20ftypisom", True),
        ("a.webm", b"\x1a\x45\xdf\xa3....", True),
        ("a.mp3", b"ID3\x04", True),
        ("a.ogg", b"OggS\x00", True),
        ("a.mp4", b"MZ\x90\x00 program", False),
        ("a.mp3", b"<html><script>", False),
    ],
)
def test_media_must_be_what_its_name_says(name, content, fits):
    file = SimpleUploadedFile(name, content)
    if fits:
        validate_media(file)
        return
    with pytest.raises(ValidationError, match="does not contain what its ending"):
        validate_media(file)
