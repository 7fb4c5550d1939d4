"""The compiled catalogues a reader meets: plural forms as the language has them."""

import pytest
from django.utils.translation import ngettext, override

FORMS = {
    "en": {1: "1 lesson plan", 2: "2 lesson plans"},
    "zh-hans": {1: "1 份教案", 2: "2 份教案"},
    "fr": {0: "0 plan de leçon", 1: "1 plan de leçon", 2: "2 plans de leçon"},
    "es": {1: "1 plan de lección", 2: "2 planes de lección"},
    "ru": {1: "1 план урока", 2: "2 плана урока", 5: "5 планов уроков", 11: "11 планов уроков", 21: "21 план урока"},
    "ar": {0: "لا خطط دروس", 1: "خطة درس واحدة", 2: "خطتا درس", 3: "3 خطط دروس", 11: "11 خطة درس", 100: "100 خطة درس"},
}


@pytest.mark.parametrize(("language", "forms"), FORMS.items())
def test_plural_forms(language, forms):
    with override(language):
        for count, text in forms.items():
            said = ngettext("%(count)s lesson plan", "%(count)s lesson plans", count) % {"count": count}
            assert said == text
