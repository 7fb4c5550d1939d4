"""What other systems harvest: OAI-PMH 2.0, asked rightly and wrongly, and the feeds."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.urls import reverse
from lxml import etree
from wagtail.models import Page, PageViewRestriction

from cms.interop.keeping import refresh
from cms.interop.models import Record
from cms.interop.provider import lists
from courses.catalogue.models import Course

NS = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "lom": "http://ltsc.ieee.org/xsd/LOM",
}
pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _records(db: None, monkeypatch) -> None:
    # What is done on commit here must not write a test's pages into the index, which is part of no transaction.
    monkeypatch.setattr("cms.search.backend.write_pending_changes", SimpleNamespace(enqueue=lambda *values: None))
    Record.objects.all().delete()
    refresh(NOW)


def ask(client: Any, query: str = "", **arguments: str) -> Any:
    response = client.get("/oai" + (f"?{query or urlencode(arguments)}" if query or arguments else ""))
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/xml")
    return etree.fromstring(response.content)


def error_of(document: Any) -> str:
    codes = document.xpath("oai:error/@code", namespaces=NS)
    return codes[0] if codes else ""


def texts(document: Any, path: str) -> list[str]:
    return [element.text for element in document.xpath(path, namespaces=NS)]


def identifiers(document: Any) -> list[str]:
    return texts(document, "//oai:header/oai:identifier")


def test_identify_names_the_repository_in_the_order_of_the_schema(client) -> None:
    found = ask(client, verb="Identify").find("oai:Identify", NS)
    assert [etree.QName(child).localname for child in found] == [
        *("repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord"),
        *("granularity", "compression", "description"),
    ]
    assert found.findtext("oai:earliestDatestamp", namespaces=NS) == "2027-03-01T12:00:00Z"
    assert found.findtext("oai:deletedRecord", namespaces=NS) == "persistent"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=", "badVerb"),
        ("verb=Destroy", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=wing", "badArgument"),
        ("verb=Identify&utm_source=x", "badArgument"),
        ("verb=ListSets&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=oai:x:y", "badArgument"),
        ("verb=GetRecord&identifier=oai:x:y&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=GetRecord&identifier=%00&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=%ff&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListMetadataFormats&identifier=invalid%22id", "idDoesNotExist"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=lom", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2027-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2027-2-3", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2027-03-01T00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2027-03-01T00:00:00", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2027-03-02&until=2027-03-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2027-03-01&until=2027-03-02T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2027-03-02", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-12-31", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=wing:none", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=a%20b", "badArgument"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListIdentifiers&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc" + "&x=1" * 40, "badArgument"),
    ],
)
def test_what_is_asked_wrongly_is_answered_with_the_protocols_error(client, query: str, code: str) -> None:
    document = ask(client, query)
    assert error_of(document) == code
    echoed = document.find("oai:request", NS).attrib
    assert bool(echoed) == (code not in {"badVerb", "badArgument"})


def test_a_post_answers_as_a_get_and_its_errors_are_the_same(client) -> None:
    arguments = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "language:ar"}
    body = {"data": urlencode(arguments), "content_type": "application/x-www-form-urlencoded"}
    posted = etree.fromstring(client.post("/oai", **body).content)
    assert identifiers(posted) == identifiers(ask(client, **arguments)) != []
    mixed = client.post("/oai?verb=Identify", **body)
    assert error_of(etree.fromstring(mixed.content)) == "badArgument"
    as_form = client.post("/oai", {"verb": "Identify"})  # multipart
    assert error_of(etree.fromstring(as_form.content)) == "badArgument"
    assert client.put("/oai").status_code == 405


def test_a_list_in_parts_gives_every_record_once_and_ends_with_an_empty_token(client, monkeypatch) -> None:
    monkeypatch.setattr(lists, "PART", 7)
    document = ask(client, verb="ListIdentifiers", metadataPrefix="lom", set="wing:curriculum")
    found, cursors = identifiers(document), []
    while token := document.findtext(".//oai:resumptionToken", namespaces=NS):
        element = document.find(".//oai:resumptionToken", NS)
        cursors.append(int(element.get("cursor")))
        size = int(element.get("completeListSize"))
        again = ask(client, verb="ListIdentifiers", resumptionToken=token)
        document = ask(client, verb="ListIdentifiers", resumptionToken=token)
        assert identifiers(again) == identifiers(document)  # the same token gives the same part
        found += identifiers(document)
    assert document.find(".//oai:resumptionToken", NS) is not None
    assert len(found) == len(set(found)) == size == Record.objects.filter(wing="curriculum").count()
    assert cursors == [7 * number for number in range(len(cursors))]


def test_a_token_is_good_for_its_verb_for_two_days_and_cannot_be_made_up(client, monkeypatch) -> None:
    monkeypatch.setattr(lists, "PART", 3)
    document = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    token = document.findtext(".//oai:resumptionToken", namespaces=NS)
    assert error_of(ask(client, verb="ListRecords", resumptionToken=token)) == ""
    assert error_of(ask(client, verb="ListIdentifiers", resumptionToken=token)) == "badResumptionToken"
    assert error_of(ask(client, verb="ListRecords", resumptionToken=token[:-2] + "xx")) == "badResumptionToken"
    forged = signing.dumps({"verb": "ListRecords"}, key="guessed", salt="oai-pmh")
    assert error_of(ask(client, verb="ListRecords", resumptionToken=forged)) == "badResumptionToken"
    later = signing.time.time() + timedelta(days=3).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert error_of(ask(client, verb="ListRecords", resumptionToken=token)) == "badResumptionToken"


def test_days_and_seconds_include_both_ends(client) -> None:
    listing = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "wing:courses"}
    everything = identifiers(ask(client, **listing))
    for span in (
        {"from": "2027-03-01", "until": "2027-03-01"},
        {"from": "2027-03-01T12:00:00Z", "until": "2027-03-01T12:00:00Z"},
    ):
        assert identifiers(ask(client, **listing, **span)) == everything
    assert error_of(ask(client, **listing, until="2027-03-01T11:59:59Z")) == "noRecordsMatch"


def test_sets_are_wings_and_languages(client) -> None:
    specs = texts(ask(client, verb="ListSets"), "//oai:setSpec")
    assert {"wing", "wing:courses", "language", "language:zh-hans"} <= set(specs)
    document = ask(client, verb="ListRecords", metadataPrefix="oai_dc", set="language:zh-hans")
    assert set(texts(document, "//dc:language")) == {"zh-Hans"}
    of_all = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", set="wing")
    assert int(of_all.find(".//oai:resumptionToken", NS).get("completeListSize")) == Record.objects.count()


def record_of(client: Any, page: Page, prefix: str) -> Any:
    key = f"lesson/{page.translation_key}/{page.locale.language_code}"
    found = [name for name in everything(client) if name.endswith(key)]
    return ask(client, verb="GetRecord", identifier=found[0], metadataPrefix=prefix)


def everything(client: Any) -> list[str]:
    document = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    found = identifiers(document)
    while token := document.findtext(".//oai:resumptionToken", namespaces=NS):
        document = ask(client, verb="ListIdentifiers", resumptionToken=token)
        found += identifiers(document)
    return found


def test_a_lesson_is_told_in_dublin_core_and_in_lom(client, lesson) -> None:
    core = record_of(client, lesson, "oai_dc")
    assert texts(core, "//dc:title") == [lesson.title]
    assert texts(core, "//dc:identifier") == [lesson.full_url]
    assert texts(core, "//dc:rights") == ["https://creativecommons.org/licenses/by/4.0/"]
    lom = record_of(client, lesson, "lom").find(".//lom:lom", NS)
    assert [etree.QName(part).localname for part in lom] == [
        *("general", "lifeCycle", "metaMetadata", "technical", "educational", "rights")
    ]
    assert texts(lom, "lom:educational/lom:typicalLearningTime/lom:duration") == [f"PT{lesson.minutes}M"]
    assert lom.xpath("lom:general/lom:title/lom:string/@language", namespaces=NS) == ["en"]


def headers(client: Any, page: Page) -> Any:
    return record_of(client, page, "oai_dc").find(".//oai:header", NS)


def test_what_is_unpublished_restricted_or_deleted_is_reported_as_deleted(
    client, lesson, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        lesson.unpublish()
    assert headers(client, lesson).get("status") == "deleted"
    assert record_of(client, lesson, "oai_dc").find(".//oai:metadata", NS) is None
    with django_capture_on_commit_callbacks(execute=True):
        lesson.save_revision().publish()
    assert headers(client, lesson).get("status") is None
    restriction = {"restriction_type": PageViewRestriction.LOGIN}
    with django_capture_on_commit_callbacks(execute=True):
        closed = PageViewRestriction.objects.create(page=lesson.get_parent(), **restriction)
    assert headers(client, lesson).get("status") == "deleted"
    with django_capture_on_commit_callbacks(execute=True):
        closed.delete()
    assert headers(client, lesson).get("status") is None
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=lesson.pk).delete()
    assert headers(client, lesson).get("status") == "deleted"


def test_a_course_is_shared_in_the_languages_that_it_has_until_it_is_taken_back(
    client, django_capture_on_commit_callbacks
) -> None:
    course = Course.objects.published().first()
    with django_capture_on_commit_callbacks(execute=True):
        course.title_fr = "Un titre nouveau"
        course.save()
    key = f"course/{course.slug}/fr"
    assert Record.objects.get(key=key).work["title"] == "Un titre nouveau"
    with django_capture_on_commit_callbacks(execute=True):
        course.is_published = False
        course.save()
    assert Record.objects.get(key=key).is_deleted


def test_looking_again_changes_nothing() -> None:
    assert refresh(NOW + timedelta(hours=1)) == 0


def test_a_title_with_characters_that_xml_cannot_hold_is_shared_without_them(client, lesson) -> None:
    Page.objects.filter(pk=lesson.pk).update(title="A\x0bB <&> 😀")
    refresh(NOW + timedelta(hours=1))
    assert texts(record_of(client, lesson, "oai_dc"), "//dc:title") == ["AB <&> 😀"]


def test_asking_for_a_part_costs_two_queries_whatever_its_size(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        ask(client, verb="ListRecords", metadataPrefix="lom")


# --- feeds --------------------------------------------------------------------------------------------
def test_the_feeds_name_the_newest_in_the_readers_language(client) -> None:
    atom = etree.fromstring(client.get("/zh-hans/feeds/curriculum/atom.xml").content)
    entries = atom.findall("{*}entry")
    assert entries
    assert all("/zh-hans/" in entry.find("{*}link").get("href") for entry in entries)
    assert entries[0].findtext("{*}rights")
    feed = json.loads(client.get("/fr/feeds/course/feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "fr"
    titles = {course.title_fr for course in Course.objects.published()}
    assert {item["title"] for item in feed["items"]} <= titles
    assert client.get("/en/feeds/nothing/atom.xml").status_code == 404


def test_the_page_about_sharing_leads_to_every_feed(client) -> None:
    response = client.get(reverse("interop:index"))
    for _label, atom, address in response.context["channels"]:
        assert client.get(atom).status_code == client.get(address).status_code == 200
    assert "/oai" in response.content.decode()
