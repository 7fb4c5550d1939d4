"""Every public page says what it is in schema.org's words."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from cms.languages.switcher import readable

LANGUAGES = [code for code, _name in settings.LANGUAGES]
VIEWS = [
    *("topics:topics", "catalogue:course_list", "interop:index", "harvesting:items", "exchange:institutions"),
    *("credentials:verify_form", "search:search"),
]
pytestmark = pytest.mark.django_db


def structured(client: Any, address: str) -> list[dict[str, Any]]:
    html = client.get(address).content.decode()
    return [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]


def one_page_of_each_type(language: str) -> list[Page]:
    by_type: dict[int, Page] = {}
    for page in readable(Page.objects.filter(locale__language_code=language, depth__gt=1)).order_by("path"):
        by_type.setdefault(page.content_type_id, page)
    return list(by_type.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_is_described_in_its_language(client, language) -> None:
    pages = one_page_of_each_type(language)
    assert len(pages) > 20
    for page in pages:
        found = structured(client, page.url)
        assert found, page.url
        for data in found:
            assert data["@context"] == "https://schema.org"
            assert data["@type"]
            assert all(value not in ("", None, []) for value in data.values()), (page.url, data)
        whole = found[-1]
        assert whole["inLanguage"].lower() == language
        assert page.title in (whole.get("name"), whole.get("headline"))


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_so_is_every_other_public_page(client, name, language) -> None:
    with override(language):
        address = reverse(name)
    assert structured(client, address)[-1]["url"].endswith(address)
