"""Resumption tokens: where a list goes on. They are signed, not stored, and the same one gives the same part again."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing

from cms.interop.provider.errors import BadResumptionToken

SALT = "oai-pmh"
LIFETIME = timedelta(days=2)


@dataclass(frozen=True)
class Place:
    """A list that was asked for, and how far it was given: ``cursor`` records, the last with these two values."""

    verb: str
    prefix: str
    start: str
    end: str
    set: str
    cursor: int = 0
    after: str = ""  # the datestamp of the last record, in ISO 8601
    after_pk: int = 0


def token_of(place: Place) -> str:
    return signing.dumps(asdict(place), salt=SALT, compress=True)


def place_of(token: str, verb: str) -> Place:
    try:
        place = Place(**signing.loads(token, salt=SALT, max_age=LIFETIME))
    except signing.SignatureExpired:
        raise BadResumptionToken("The token has expired. Begin the list anew.") from None
    except (signing.BadSignature, TypeError, ValueError):
        raise BadResumptionToken("This is no token of this repository.") from None
    if place.verb != verb:
        raise BadResumptionToken(f"The token belongs to {place.verb}.")
    return place
