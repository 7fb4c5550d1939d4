"""Topics as a tree, and which works may become one, after the table Creative Commons publishes for remixing."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override

from cms.vocabulary.licences import conflicts, may_merge, not_for_sharing
from cms.vocabulary.models import Licence, Topic
from cms.vocabulary.widgets import LanguagesSelect

pytestmark = pytest.mark.django_db
CC0, BY, SA, NC, NC_SA, ND, NC_ND, ALL = (
    "cc0-1-0",
    "cc-by-4-0",
    "cc-by-sa-4-0",
    "cc-by-nc-4-0",
    "cc-by-nc-sa-4-0",
    "cc-by-nd-4-0",
    "cc-by-nc-nd-4-0",
    "all-rights-reserved",
)


def licence(slug):
    return Licence.objects.get(slug=slug)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (CC0, BY, True),
        (CC0, SA, True),
        (CC0, NC_SA, True),
        (BY, SA, True),
        (BY, NC, True),
        (BY, NC_SA, True),
        (NC, NC_SA, True),
        (SA, NC, False),
        (SA, NC_SA, False),
        (ND, BY, False),
        (NC_ND, CC0, False),
        (ALL, BY, False),
        (SA, SA, True),
    ],
)
def test_what_may_be_merged(first, second, together):
    assert may_merge(licence(first), licence(second)) is together
    assert may_merge(licence(second), licence(first)) is together


def test_each_conflict_is_told_once():
    found = conflicts(map(licence, [BY, SA, NC, SA]))
    assert [(conflict.first.slug, conflict.second.slug) for conflict in found] == [(SA, NC)]


def test_what_may_not_be_passed_on_is_told():
    assert [one.slug for one in not_for_sharing(map(licence, [BY, ALL, ND]))] == [ALL]


def test_every_licence_has_its_spdx_identifier_and_address():
    for one in Licence.objects.exclude(slug=ALL):
        assert one.spdx
        assert one.url.startswith("https://creativecommons.org/")


def test_a_topic_is_no_part_of_itself():
    patents, above = Topic.objects.get(slug="patents"), Topic.objects.get(slug="industrial-property")
    above.broader = patents
    with pytest.raises(ValidationError, match="part of itself"):
        above.clean()


def test_topics_of_earlier_versions_find_their_broader_one():
    from cms.vocabulary.starter import load

    Topic.objects.update(broader=None)
    Topic.objects.filter(slug="industrial-property").delete()
    load()
    assert Topic.objects.filter(broader__slug="industrial-property").count() == 7
    Topic.objects.filter(slug="patents").update(broader=None)
    load()
    assert Topic.objects.get(slug="patents").broader is None, "what an editor changed stays"


def test_languages_are_chosen_by_name_and_kept_joined() -> None:
    widget = LanguagesSelect()
    with override("fr"):
        html = widget.render("languages", "|en|zh|")
    assert '<option value="zh" selected>chinois</option>' in html
    assert html.count("selected") == 2
    data = QueryDict("languages=zh&languages=en&languages=xx&languages=%7C")
    assert widget.value_from_datadict(data, {}, "languages") == "|en|zh|"
    assert widget.value_from_datadict(QueryDict(""), {}, "languages") == ""
