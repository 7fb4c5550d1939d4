"""Taking what partners share, from repositories that behave and from some that do not."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse

from cms.harvesting import fetching, harvesting
from cms.harvesting.errors import HarvestError
from cms.harvesting.fetching import Fetcher, Limits
from cms.harvesting.models import ExternalItem, Harvest, Source
from cms.harvesting.receivers import look_into_what_is_due
from cms.harvesting.tasks import look_into
from cms.vocabulary.models import Licence
from tests.search.conftest import refreshed

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
FRAME = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>{now}</responseDate>{content}</OAI-PMH>'
)


def frame(content: str, now: str = "2027-03-01T12:00:00Z") -> bytes:
    return FRAME.format(now=now, content=content).encode()


def identify(deleted: str = "persistent") -> bytes:
    return frame(
        f"<Identify><deletedRecord>{deleted}</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
    )


def record(number: int, *, stamp: str = "2027-02-28T10:00:00Z", deleted: bool = False, **values: str) -> str:
    status = ' status="deleted"' if deleted else ""
    header = (
        f"<header{status}><identifier>oai:partner.example:{number}</identifier><datestamp>{stamp}</datestamp></header>"
    )
    if deleted:
        return f"<record>{header}</record>"
    values = {"title": f"Item {number}", "identifier": f"https://partner.example/{number}", "language": "en"} | values
    fields = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in values.items() if value)
    return (
        f"<record>{header}<metadata><oai_dc:dc xmlns:oai_dc='http://www.openarchives.org/OAI/2.0/oai_dc/' "
        f"xmlns:dc='http://purl.org/dc/elements/1.1/'>{fields}</oai_dc:dc></metadata></record>"
    )


def listed(*records: str, token: str = "", now: str = "2027-03-01T12:00:00Z") -> bytes:
    rest = f"<resumptionToken>{token}</resumptionToken>" if token else ""
    return frame(f"<ListRecords>{''.join(records)}{rest}</ListRecords>", now)


NOTHING = frame('<error code="noRecordsMatch">nothing</error>')


class Repository:
    """Answers in turn; remembers what it was asked."""

    def __init__(self, *answers: bytes, identity: bytes | None = None) -> None:
        self.answers, self.identity, self.asked = list(answers), identity or identify(), []

    def __call__(self, arguments: dict[str, str]) -> bytes:
        if arguments["verb"] == "Identify":
            return self.identity
        self.asked.append(arguments)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture(autouse=True)
def _clock(monkeypatch) -> None:
    monkeypatch.setattr("cms.harvesting.harvesting.timezone.now", lambda: NOW)


@pytest.fixture
def source() -> Source:
    licence = Licence.objects.get(slug="cc-by-4-0") if Licence.objects.filter(slug="cc-by-4-0").exists() else None
    return Source.objects.create(
        name="Partner Library", base_url="https://partner.example/oai", licence=licence or Licence.objects.first()
    )


def take(source: Source, repository: Any, **more: Any) -> Harvest:
    source.refresh_from_db()
    run = Harvest.objects.create(source=source)
    harvesting.harvest(run, repository, **more)
    run.refresh_from_db()
    return run


def shown(source: Source) -> set[str]:
    return set(ExternalItem.objects.shown().filter(source=source).values_list("title", flat=True))


# --- a repository that behaves ------------------------------------------------------------------------
def test_items_are_taken_changed_and_taken_down_as_the_source_says(source) -> None:
    first = take(source, Repository(listed(record(1), record(2), token="a"), listed(record(3))))
    assert (first.received, first.added, first.state) == (3, 3, "ready")
    assert shown(source) == {"Item 1", "Item 2", "Item 3"}
    second = Repository(listed(record(1, title="Item one"), record(2, deleted=True), record(9, deleted=True)))
    run = take(source, second)
    assert (run.added, run.changed, run.taken_down) == (0, 1, 1)
    assert shown(source) == {"Item one", "Item 3"}
    assert second.asked == [{"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2027-02-28T12:00:00Z"}]
    again = take(source, Repository(listed(record(1, title="Item one"))))
    assert (again.added, again.changed, again.taken_down) == (0, 0, 0)


def test_a_deleted_item_that_comes_back_is_the_same_item(source) -> None:
    take(source, Repository(listed(record(1))))
    before = ExternalItem.objects.get()
    take(source, Repository(listed(record(1, deleted=True))))
    assert shown(source) == set()
    take(source, Repository(listed(record(1))))
    assert ExternalItem.objects.shown().get().pk == before.pk


def test_a_source_that_forgets_what_it_deletes_is_read_whole_each_time(source) -> None:
    forgetful = {"identity": identify("no")}
    take(source, Repository(listed(record(1), record(2)), **forgetful))
    repository = Repository(listed(record(2)), **forgetful)
    assert take(source, repository).taken_down == 1
    assert "from" not in repository.asked[0]
    assert shown(source) == {"Item 2"}


def test_a_list_that_lost_most_of_its_items_is_believed_only_when_somebody_confirms_it(source) -> None:
    forgetful = {"identity": identify("transient")}
    take(source, Repository(listed(*map(record, range(40))), **forgetful))
    with pytest.raises(HarvestError, match="35 of 40"):
        take(source, Repository(listed(*map(record, range(5))), **forgetful))
    with pytest.raises(HarvestError, match="40 of 40"):
        take(source, Repository(NOTHING, **forgetful))
    assert len(shown(source)) == 40
    take(source, Repository(listed(*map(record, range(5))), **forgetful), force=True)
    assert len(shown(source)) == 5


def test_values_are_read_cleaned_and_joined_to_our_topics(source) -> None:
    fields = {
        "title": "  Les &lt;b&gt;brevets&lt;/b&gt;  en bref ",
        "language": "fra",
        "subject": "Brevets",
        "rights": "CC BY-SA",
        "date": "2026-11",
        "creator": "Awa Diop",
    }
    take(source, Repository(listed(record(1, **fields))))
    item = ExternalItem.objects.get()
    assert (item.title, item.language, item.published) == ("Les brevets en bref", "fr", "2026-11")
    assert [topic.slug for topic in item.topics.all()] == ["patents"]
    assert item.licence_text == "CC BY-SA"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("chi", "zh-hans"), ("zh-TW", ""), ("pt-BR", ""), ("en_GB", "en"), ("ar-EG", "ar"), ("", "en")],
)
def test_languages_are_told_by_any_of_their_codes(source, tag: str, language: str) -> None:
    take(source, Repository(listed(record(1, language=tag, title="The rights of the author and of the public"))))
    assert ExternalItem.objects.get().language == language


# --- repositories that do not -------------------------------------------------------------------------
def test_the_same_token_for_ever_is_broken_off_and_what_came_is_kept(source) -> None:
    with pytest.raises(HarvestError, match="same resumption token"):
        take(source, Repository(listed(record(1), token="x"), listed(record(2), token="x")))
    assert shown(source) == {"Item 1", "Item 2"}
    assert Source.objects.get().next_from == ""  # the next look begins where this one did


def test_ever_new_tokens_with_the_same_records_are_broken_off(source) -> None:
    answers = (listed(record(1), token=str(number)) for number in range(10**9))
    with pytest.raises(HarvestError, match="again and again"):
        take(source, lambda asked: identify() if asked["verb"] == "Identify" else next(answers))
    assert shown(source) == {"Item 1"}


def test_an_endless_list_of_empty_parts_is_broken_off(source, monkeypatch) -> None:
    monkeypatch.setattr(harvesting, "MOST_REQUESTS", 20)
    answers = (listed(token=str(number)) for number in range(10**9))
    with pytest.raises(HarvestError, match="on and on"):
        take(source, lambda asked: identify() if asked["verb"] == "Identify" else next(answers))


def test_dates_that_cannot_be_are_not_believed_and_cost_no_item(source) -> None:
    wrong = [record(1, stamp="2999-01-01T00:00:00Z"), record(2, stamp="yesterday", date="9999-99-99")]
    wrong.append(record(3, date="2030-01-01"))
    run = take(source, Repository(listed(*wrong, now="2051-01-01T00:00:00Z")))
    assert shown(source) == {"Item 1", "Item 2", "Item 3"}
    assert set(ExternalItem.objects.values_list("published", flat=True)) == {""}
    assert "2 records had dates" in run.notes[0]
    assert "clock" in run.notes[1]
    assert Source.objects.get().next_from == "2027-02-28T12:00:00Z"  # by our own clock


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>', "entities"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "entities"),
        (b"<html><p>Welcome", "cannot|not send XML"),
        (b"<html/>", "no OAI-PMH"),
        (b"", "not send XML"),
        (b"\xff\xfe\x00", "not send XML"),
        (b'<?xml version="1.0" encoding="klingon"?><x/>', "not send XML"),
        (frame("<Identify/>"), "did not answer what"),
        (frame('<error code="badArgument">no</error>'), "badArgument no"),
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence(source, content: bytes, message: str) -> None:
    with pytest.raises(HarvestError, match=message):
        take(source, Repository(content))


def test_records_without_a_title_or_an_address_are_counted_and_named(source) -> None:
    odd = [record(1, title=""), record(2, identifier="javascript:alert(1)"), record(3)]
    run = take(source, Repository(listed(*odd, "<record/>")))
    assert (run.refused, shown(source)) == (3, {"Item 3"})
    assert "oai:partner.example:1 has no title" in run.notes


# --- the line -----------------------------------------------------------------------------------------
@contextmanager
def server(answer: Any) -> Iterator[str]:
    """A machine on this one that answers as ``answer(handler)`` does."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *arguments: Any) -> None:
            pass

    machine = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    machine.daemon_threads = True
    threading.Thread(target=machine.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{machine.server_port}/oai"
    finally:
        machine.shutdown()
        machine.server_close()


def sends(body: bytes, **headers: str) -> Any:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(body)

    return answer


def trickles(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" ")
            time.sleep(0.02)
    except OSError:
        pass


def never_ends_its_headers(handler: BaseHTTPRequestHandler) -> None:
    try:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.02)
    except OSError:
        pass


@pytest.fixture
def nearby(settings) -> None:
    settings.IMPRINT_HARVEST_PRIVATE = True


@pytest.mark.usefixtures("nearby")
@pytest.mark.parametrize("answer", [trickles, never_ends_its_headers])
def test_a_source_that_sends_a_byte_now_and_then_is_cut_off(answer) -> None:
    with server(answer) as url, pytest.raises(HarvestError, match="too slow"):
        Fetcher(url, Limits(seconds=0.3)).get({})


@pytest.mark.usefixtures("nearby")
def test_more_than_the_limit_is_refused_also_when_it_was_compressed() -> None:
    huge = b" " * (3 * 1024 * 1024)
    small = Limits(size=1024 * 1024)
    with server(sends(huge)) as url, pytest.raises(HarvestError, match="more than 1 MB"):
        Fetcher(url, small).get({})
    with server(sends(gzip.compress(huge), Content_Encoding="gzip")) as url, pytest.raises(HarvestError, match="1 MB"):
        Fetcher(url, small).get({})


@pytest.mark.usefixtures("nearby")
def test_a_source_that_moved_is_not_followed_but_named() -> None:
    def moved(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(301)
        handler.send_header("Location", "https://elsewhere.example/oai")
        handler.end_headers()

    with server(moved) as url, pytest.raises(HarvestError, match="elsewhere.example"):
        Fetcher(url).get({})


@pytest.mark.usefixtures("nearby")
def test_a_busy_source_is_asked_again_after_as_long_as_it_says() -> None:
    waits: list[float] = []
    states = iter([503, 503, 200])

    def busy(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(next(states))
        handler.send_header("Retry-After", "7")
        handler.end_headers()
        handler.wfile.write(b"<x/>")

    with server(busy) as url:
        assert Fetcher(url, sleep=waits.append).get({}) == b"<x/>"
    assert waits == [7, 7]
    with server(sends(b"")) as url:
        pass
    with pytest.raises(HarvestError, match="cannot be reached"):
        Fetcher(url).get({})


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/oai", "http://localhost:1/oai", "http://[::1]/oai", "http://169.254.169.254/", "ftp://x/y"],
)
def test_machines_of_our_own_network_are_not_asked(url: str) -> None:
    with pytest.raises(HarvestError):
        Fetcher(url).get({})


def test_a_name_that_leads_to_our_own_network_is_seen_when_the_line_stands(monkeypatch) -> None:
    asked: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)

    monkeypatch.setattr(fetching, "check_address", lambda url: None)  # the first look was told something else
    with server(answer) as url, pytest.raises(HarvestError, match="private network"):
        Fetcher(url).get({})
    assert asked == []


@pytest.mark.usefixtures("nearby")
def test_a_harvest_over_the_line_by_the_task_shows_what_became_of_it(source, rf) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        verb = dict(parse_qsl(urlsplit(handler.path).query))["verb"]
        sends(identify() if verb == "Identify" else listed(record(1)))(handler)

    with server(answer) as url:
        Source.objects.filter(pk=source.pk).update(base_url=url)
        run = Harvest.objects.create(source=source)
        look_into.call(str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.added) == ("ready", 1)
    broken = Harvest.objects.create(source=source)
    look_into.call(str(broken.pk))
    broken.refresh_from_db()
    assert (broken.state, broken.error) == ("failed", "The source cannot be reached.")


# --- what people see ----------------------------------------------------------------------------------
def test_items_stand_as_external_with_source_and_licence_in_their_language_and_are_found(client, source) -> None:
    take(source, Repository(listed(record(1, title="Guide to geographical indications", subject="Honey"))))
    page = client.get(reverse("harvesting:items"))
    assert "Guide to geographical indications" in page.content.decode()
    item = ExternalItem.objects.get()
    text = client.get(item.get_absolute_url()).content.decode()
    assert "Partner Library" in text
    assert str(source.licence) in text
    assert "https://partner.example/1" in text
    with refreshed():
        found = client.get("/en/search/?q=geographical+indications+guide").content.decode()
    assert item.get_absolute_url() in found
    assert "Guide to geographical" not in client.get("/fr/partners/").content.decode()


def test_what_the_source_deletes_or_somebody_switches_off_is_gone_at_once(client, source) -> None:
    take(source, Repository(listed(record(1, title="A treatise on quinces"), record(2))))
    address = ExternalItem.objects.get(title__startswith="A treatise").get_absolute_url()
    asked = "/en/search/?q=treatise+quinces"
    with refreshed():
        assert address in client.get(asked).content.decode()
        take(source, Repository(listed(record(1, deleted=True))))
        assert address not in client.get(asked).content.decode()  # before the index learns of it
    assert client.get(address).status_code == 404
    source.is_active = False
    source.save()
    assert shown(source) == set()
    source.is_active = True
    source.save()
    assert shown(source) == {"Item 2"}  # what the source deleted stays away


# --- when ---------------------------------------------------------------------------------------------
def test_sources_are_looked_into_when_it_is_time_and_never_twice_at_once(source, monkeypatch) -> None:
    asked: list[str] = []
    task = SimpleNamespace(enqueue=lambda pk, force: asked.append(pk))
    monkeypatch.setattr("cms.harvesting.tasks.look_into", task)
    look_into_what_is_due(NOW)
    assert Harvest.objects.count() == 1
    look_into_what_is_due(NOW)
    assert Harvest.objects.count() == 1
    Harvest.objects.update(state="ready", created_at=NOW - timedelta(hours=25))
    look_into_what_is_due(NOW)
    assert Harvest.objects.count() == len(asked) == 2


def test_only_those_who_keep_the_sources_may_look_into_them(admin_client, client, source) -> None:
    address = reverse("harvesting_admin:harvests", args=[source.pk])
    assert client.get(address).status_code == 302
    assert admin_client.get(address).status_code == 200
    assert admin_client.post(address, {"anew": "on"}).status_code == 302
    assert Harvest.objects.filter(source=source).exists()
