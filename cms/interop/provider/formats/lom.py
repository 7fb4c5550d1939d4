"""IEEE 1484.12.1 Learning Object Metadata in the XML of IEEE 1484.12.3, elements in the standard's order."""

from django.conf import settings

from cms.interop.models import Record
from cms.interop.provider.identifiers import identifier_of
from cms.interop.provider.xml import Element, add, root
from cms.interop.works import Learning, Work
from cms.languages.tags import language_tag

LOM = "http://ltsc.ieee.org/xsd/LOM"
SCHEMA = "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd"
VOCABULARY = "LOMv1.0"


def metadata(record: Record) -> Element:
    work, language = record.content, language_tag(record.language)
    lom = root("lom", {None: LOM}, SCHEMA)
    _general(lom, record, work, language)
    _life_cycle(lom, work)
    _meta_metadata(lom, record)
    technical = add(lom, "technical")
    add(technical, "format", "text/html")
    add(technical, "location", record.url)
    if work.learning:
        _educational(lom, work, work.learning, language)
    _rights(lom, work)
    return lom


def _general(lom: Element, record: Record, work: Work, language: str) -> None:
    general = add(lom, "general")
    _identifier(general, "URI", record.url)
    _strings(general, "title", [work.title], language)
    add(general, "language", language)
    if work.description:
        _strings(general, "description", [work.description], language)
    for subject in work.subjects:
        _strings(general, "keyword", [subject], language)


def _life_cycle(lom: Element, work: Work) -> None:
    if work.published:
        life_cycle = add(lom, "lifeCycle")
        contribution = add(life_cycle, "contribute")
        _term(contribution, "role", "publisher")
        add(contribution, "entity", _vcard(settings.IMPRINT_ISSUER_NAME))
        date = add(contribution, "date")
        add(date, "dateTime", work.published[:10])


def _meta_metadata(lom: Element, record: Record) -> None:
    about = add(lom, "metaMetadata")
    _identifier(about, "oai", identifier_of(record))
    add(about, "metadataSchema", VOCABULARY)


def _educational(lom: Element, work: Work, learning: Learning, language: str) -> None:
    part = add(lom, "educational")
    _term(part, "learningResourceType", learning.resource_type)
    _term(part, "intendedEndUserRole", learning.role)
    _term(part, "context", learning.context)
    if learning.difficulty:
        _term(part, "difficulty", learning.difficulty)
    if learning.minutes:
        time = add(part, "typicalLearningTime")
        add(time, "duration", f"PT{learning.minutes}M")
    if work.audiences:
        _strings(part, "description", [", ".join(work.audiences)], language)
    add(part, "language", language)


def _rights(lom: Element, work: Work) -> None:
    rights = add(lom, "rights")
    _term(rights, "cost", "no")
    if work.licence:
        _term(rights, "copyrightAndOtherRestrictions", "yes")
        _strings(rights, "description", [work.licence], "x-none")


def _identifier(parent: Element, catalogue: str, entry: str) -> None:
    identifier = add(parent, "identifier")
    add(identifier, "catalog", catalogue)
    add(identifier, "entry", entry)


def _strings(parent: Element, tag: str, texts: list[str], language: str) -> None:
    element = add(parent, tag)
    for text in texts:
        add(element, "string", text, language=language)


def _term(parent: Element, tag: str, value: str) -> None:
    element = add(parent, tag)
    add(element, "source", VOCABULARY)
    add(element, "value", value)


def _vcard(name: str) -> str:
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nORG:{name}\nN:;;;;\nEND:VCARD"
