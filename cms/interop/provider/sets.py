"""Sets: one for each wing and one for each language, each below a set of all (OAI-PMH 2.0, section 2.7.2)."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from cms.interop.models import Record
from cms.interop.provider.errors import BadArgument, NoRecordsMatch
from cms.interop.works import CMS, COURSES, CURRICULUM

SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")
WINGS = {CMS: "Campaigns, news and laws", CURRICULUM: "Curricula and lesson plans", COURSES: "Online courses"}


@dataclass(frozen=True)
class Set:
    spec: str
    name: str
    condition: Q


def all_sets() -> list[Set]:
    wings = [Set(f"wing:{wing}", name, Q(wing=wing)) for wing, name in WINGS.items()]
    languages = [Set(f"language:{code}", name, Q(language=code)) for code, name in settings.LANGUAGES]
    return [Set("wing", "By wing", Q()), *wings, Set("language", "By language", Q()), *languages]


def specs_of(record: Record) -> list[str]:
    return [f"wing:{record.wing}", f"language:{record.language}"]


def in_set(records: "QuerySet[Record]", spec: str) -> "QuerySet[Record]":
    if not spec:
        return records
    if not SPEC.fullmatch(spec):
        raise BadArgument("set is no setSpec.")
    found = next((one for one in all_sets() if one.spec == spec), None)
    if found is None:
        raise NoRecordsMatch("There is no such set. ListSets names them all.")
    return records.filter(found.condition)
