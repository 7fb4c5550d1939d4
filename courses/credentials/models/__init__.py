"""What learning earns: certificates and credit hours. Granted once, never changed."""

from courses.credentials.models.certificates import ALPHABET, Certificate, CertificateHolder, Revocation, new_code
from courses.credentials.models.external import ExternalTraining
from courses.credentials.models.keys import SigningKey
from courses.credentials.models.ledger import CreditEntry, CreditEntryQuerySet
from courses.credentials.models.once import GrantedOnce

__all__ = [
    "ALPHABET",
    "Certificate",
    "CertificateHolder",
    "CreditEntry",
    "CreditEntryQuerySet",
    "ExternalTraining",
    "GrantedOnce",
    "Revocation",
    "SigningKey",
    "new_code",
]
