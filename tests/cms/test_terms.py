"""Approved terms: found in any form, shown with the approved word, and named where a translation does not use it."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.accounts.models import User
from cms.languages.starter import story
from cms.languages.terms import ApprovedTerm, approved_terms, highlighted, occurrences, terms_in, unused_terms

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("en", "Trade secrets are kept.", "trade secret"),
        ("fr", "Les états de la technique comptent.", "état de la technique"),
        ("es", "Las marcas registradas duran.", "marca registrada"),
        ("ru", "Объём изобретательского уровня важен.", "изобретательский уровень"),
        ("ar", "يُشترط في الاختراع النشاطُ الابتكاري.", "النشاط الابتكاري"),
        ("zh-hans", "发明应当具备新颖性和创造性。", "新颖性"),
    ],
)
def test_a_term_is_found_in_whatever_form(language, text, term):
    assert occurrences(text, term, language)


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [("en", "The secret trade.", "trade secret"), ("en", "Nonsense", "sense"), ("fr", "La marque", "marché")],
)
def test_what_only_looks_like_a_term_is_none(language, text, term):
    assert not occurrences(text, term, language)


def test_the_longest_term_is_meant():
    terms = [ApprovedTerm("trade mark office", "A"), ApprovedTerm("trade mark", "B")]
    assert terms_in("The trade mark office opens.", terms, "en") == terms[:1]
    assert terms_in("The trade mark office keeps each trade mark.", terms, "en") == terms


def test_marks_carry_the_approved_word_and_text_stays_text():
    marked = highlighted("<b> A Patent & patents", [ApprovedTerm("patent", "brevet")], "en")
    assert marked == ('&lt;b&gt; A <mark title="brevet">Patent</mark> &amp; <mark title="brevet">patents</mark>')


@pytest.fixture
def translation(campaign):
    """The campaign with a sentence about prior art, to be translated into French."""
    campaign.story = story("terms", ["Look for the prior art first."])
    campaign.save_revision().publish()
    source, _is_new = TranslationSource.update_or_create_from_instance(campaign)
    source.update_from_db()
    return Translation.objects.get(source=source, target_locale=Locale.objects.get(language_code="fr"))


def translate(translation, text):
    segment = translation.source.stringsegment_set.get(string__data__contains="prior art")
    StringTranslation.objects.update_or_create(
        translation_of=segment.string, locale=translation.target_locale, context=segment.context,
        defaults={"data": text, "translation_type": "manual", "has_error": False},
    )  # fmt: skip


def test_the_translator_sees_the_term_and_the_approved_word(client, translation):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    page = client.get(reverse("languages:changes", args=[translation.pk])).content.decode()
    assert '<mark title="état de la technique">prior art</mark>' in page


def test_segments_without_the_approved_word_are_named(client, translation):
    translate(translation, "Cherchez d’abord l’art antérieur.")
    found = unused_terms(translation)
    assert [(one.translation, one.term.target) for one in found if "prior art" in one.text] == [
        ("Cherchez d’abord l’art antérieur.", "état de la technique")
    ]
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    page = client.get(reverse("languages:changes", args=[translation.pk])).content.decode()
    assert "Approved terms that are not used" in page
    assert "art antérieur" in page
    translate(translation, "Cherchez d’abord les états de la technique.")
    assert not [one for one in unused_terms(translation) if "prior art" in one.text]


def test_terms_have_a_wording_in_both_languages():
    terms = approved_terms("en", "zh-hans")
    assert ApprovedTerm("novelty", "新颖性") in terms
    assert [len(term.source) for term in terms] == sorted((len(term.source) for term in terms), reverse=True)
