"""Unqualified Dublin Core (DCMES 1.1) in the container of OAI-PMH."""

from django.conf import settings

from cms.interop.models import Record
from cms.interop.provider.xml import Element, add, root
from cms.languages.tags import language_tag

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"


def metadata(record: Record) -> Element:
    work, language = record.content, language_tag(record.language)
    element = root("oai_dc:dc", {"oai_dc": OAI_DC, "dc": DC}, SCHEMA)
    add(element, "dc:title", work.title, language)
    for creator in work.creators:
        add(element, "dc:creator", creator)
    for subject in work.subjects:
        add(element, "dc:subject", subject, language)
    if work.description:
        add(element, "dc:description", work.description, language)
    add(element, "dc:publisher", settings.IMPRINT_ISSUER_NAME)
    if work.published:
        add(element, "dc:date", work.published[:10])
    add(element, "dc:type", work.type)
    add(element, "dc:format", "text/html")
    add(element, "dc:identifier", record.url)
    add(element, "dc:language", language)
    if work.licence:
        add(element, "dc:rights", work.licence)
    return element
