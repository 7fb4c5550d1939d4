"""What each verb of OAI-PMH 2.0 (section 4) answers: the children of its element."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from cms.interop.models import Record
from cms.interop.provider.arguments import RESUMPTION, Question
from cms.interop.provider.dates import written
from cms.interop.provider.errors import BadResumptionToken
from cms.interop.provider.formats import FORMATS, Format, format_named
from cms.interop.provider.identifiers import identifier_of, namespace, record_named
from cms.interop.provider.lists import Part, part_of
from cms.interop.provider.sets import all_sets, specs_of
from cms.interop.provider.tokens import LIFETIME
from cms.interop.provider.xml import Element, add, root

OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"


def identify(answer: Element, question: Question, base_url: str) -> None:
    first = Record.objects.order_by("datestamp", "pk").values_list("datestamp", flat=True).first()
    add(answer, "repositoryName", settings.IMPRINT_ISSUER_NAME)
    add(answer, "baseURL", base_url)
    add(answer, "protocolVersion", "2.0")
    add(answer, "adminEmail", _admin_email())
    add(answer, "earliestDatestamp", written(first or timezone.now()))
    add(answer, "deletedRecord", "persistent")
    add(answer, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    add(answer, "compression", "gzip")
    scheme = root("oai-identifier", {None: OAI_IDENTIFIER}, f"{OAI_IDENTIFIER}.xsd")
    add(scheme, "scheme", "oai")
    add(scheme, "repositoryIdentifier", namespace())
    add(scheme, "delimiter", ":")
    sample = Record.objects.order_by("pk").first()
    add(scheme, "sampleIdentifier", identifier_of(sample) if sample else f"oai:{namespace()}:page/1/en")
    add(answer, "description").append(scheme)


def _admin_email() -> str:
    """The address inside DEFAULT_FROM_EMAIL; the schema asks for one with a full stop in its host."""
    address = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">").strip()
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return address if "." in address.rpartition("@")[2] else f"imprint@{host}"


def list_metadata_formats(answer: Element, question: Question, base_url: str) -> None:
    if identifier := question.get("identifier"):
        record_named(identifier)  # every record is there in every format
    for one in FORMATS.values():
        element = add(answer, "metadataFormat")
        add(element, "metadataPrefix", one.prefix)
        add(element, "schema", one.schema)
        add(element, "metadataNamespace", one.namespace)


def list_sets(answer: Element, question: Question, base_url: str) -> None:
    if question.get(RESUMPTION):
        raise BadResumptionToken("The list of sets is given in one part, without a token.")
    for one in all_sets():
        element = add(answer, "set")
        add(element, "setSpec", one.spec)
        add(element, "setName", one.name)


def get_record(answer: Element, question: Question, base_url: str) -> None:
    record = record_named(question.get("identifier"))
    _record(answer, record, format_named(question.get("metadataPrefix")))


def list_identifiers(answer: Element, question: Question, base_url: str) -> None:
    part = part_of(question)
    for record in part.records:
        _header(answer, record)
    _resumption(answer, part)


def list_records(answer: Element, question: Question, base_url: str) -> None:
    part = part_of(question)
    for record in part.records:
        _record(answer, record, FORMATS[part.prefix])
    _resumption(answer, part)


def _record(answer: Element, record: Record, wanted: Format) -> None:
    element = add(answer, "record")
    _header(element, record)
    if not record.is_deleted:
        add(element, "metadata").append(wanted.metadata(record))


def _header(parent: Element, record: Record) -> None:
    header = add(parent, "header", **({"status": "deleted"} if record.is_deleted else {}))
    add(header, "identifier", identifier_of(record))
    add(header, "datestamp", written(record.datestamp))
    for spec in specs_of(record):
        add(header, "setSpec", spec)


def _resumption(answer: Element, part: Part) -> None:
    """Section 3.5: the last part of a list in parts has an empty token."""
    if part.is_whole:
        return
    attributes = {"completeListSize": str(part.size), "cursor": str(part.cursor)}
    if part.token:
        attributes["expirationDate"] = written(timezone.now() + LIFETIME)
    add(answer, "resumptionToken", part.token, **attributes)


ANSWERS: dict[str, Callable[[Element, Question, str], None]] = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}
