"""In which words a record is given: Dublin Core for everybody, LOM for systems that know learning."""

from collections.abc import Callable
from dataclasses import dataclass

from cms.interop.models import Record
from cms.interop.provider.errors import CannotDisseminateFormat
from cms.interop.provider.formats import dublin_core, lom
from cms.interop.provider.xml import Element


@dataclass(frozen=True)
class Format:
    prefix: str
    schema: str
    namespace: str
    metadata: Callable[[Record], Element]


FORMATS = {
    "oai_dc": Format("oai_dc", dublin_core.SCHEMA, dublin_core.OAI_DC, dublin_core.metadata),
    "lom": Format("lom", lom.SCHEMA, lom.LOM, lom.metadata),
}


def format_named(prefix: str) -> Format:
    if prefix not in FORMATS:
        raise CannotDisseminateFormat(f"There is no such format here. Ask for one of: {', '.join(FORMATS)}.")
    return FORMATS[prefix]
