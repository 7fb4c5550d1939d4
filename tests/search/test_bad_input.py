"""Whatever is typed gets an answer or a sentence, never an error."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from modelsearch.query import Fuzzy, Phrase
from wagtail.models import Page

pytestmark = pytest.mark.django_db

BAD = {
    "10,000 letters": "x" * 10_000,
    "10,000 characters of words": "patent licence " * 667,
    "10,000 Chinese characters": "专利法实施细则保护" * 1112,
    "10,000 combining marks": "e" + "\u0301" * 10_000,
    "only stop words": "the of and",
    "only Chinese stop words": "的 了 和",
    "a lone quotation mark": '"patent',
    "nothing but quotation marks": '""" “” «» ""',
    "a wildcard bomb": "a*****",
    "more wildcards": "* ?* ~* ^^ a*b*c*d*",
    "control characters": "pat\x00ent\x07\x1b[31m\r\n",
    "right-to-left marks": "\u202epatent\u202c\u200f",
    "nothing but marks": "\u200f\u200e\u2066\u2069",
    "SQL": "'; DROP TABLE wagtailcore_page; --",
    "query syntax": "title:patent AND NOT (x OR y)~2^4",
    "a regular expression bomb": "(((((a+)+)+)+$",
    "HTML": "<script>alert(1)</script>",
    "emoji": "🎵🎶 ™ ©",
    "letters that are mathematics": "𝓅𝒶𝓉ℯ𝓃𝓉",
    "every script at once": "专利patent許可лицензияبراءة",
    "forty unknown words": " ".join(f"bqzx{number}k" for number in range(40)),
}


@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
@pytest.mark.parametrize("query", BAD.values(), ids=BAD.keys())
def test_the_page_answers(client: Client, query: str, language: str) -> None:
    for path in ("search/", "search/completions/"):
        response = client.get(f"/{language}/{path}", {"q": query})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


@pytest.mark.parametrize("query", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("kind", [str, Phrase, Fuzzy])
def test_the_backend_answers(query: str, kind: Any) -> None:
    results = Page.objects.search(kind(query))
    assert results.count() >= len(list(results[:5]))
    assert isinstance(list(Page.objects.autocomplete(query)[:5]), list)


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%00", "%E4%B8", "a%", "%%%"])
def test_broken_encoding_is_answered(client: Client, raw: str) -> None:
    assert client.get(f"/en/search/?q={raw}").status_code == 200
    assert client.get(f"/en/search/completions/?q={raw}").status_code == 200


@pytest.mark.parametrize(
    "parameters",
    [
        "kind=nothing",
        "topic=" + "x" * 1000,
        "year=0",
        "year=99999",
        "year=-1",
        "year=２０２６",
        "year=1e3",
        "stage='",
        "language=xx",
        "page=1e9",
        "topic=patents&audience=teachers&stage=primary&kind=course&year=2026",
        "q=other",
        "q[]=x",
    ],
)
def test_filters_that_make_no_sense_leave_nothing_or_do_nothing(client: Client, parameters: str) -> None:
    assert client.get(f"/en/search/?q=patent&{parameters}").status_code == 200


def test_a_long_query_is_cut_and_says_so(client: Client) -> None:
    html = client.get("/en/search/", {"q": "pencil " + "x" * 300}).content.decode()
    assert "we looked for its first 200 characters" in html


def test_marks_that_turn_the_text_are_taken_out(client: Client) -> None:
    html = client.get(f"/en/search/?q={quote(chr(0x202E) + 'patent')}").content.decode()
    assert chr(0x202E) not in html
    assert "results for “patent”" in html


def test_what_was_typed_is_shown_as_text(client: Client) -> None:
    html = client.get("/en/search/", {"q": '"><img src=x onerror=alert(1)>'}).content.decode()
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html
