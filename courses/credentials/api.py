"""What other rooms ask of credentials."""

from courses.credentials.issuing import find, grant, is_renewable, revoke
from courses.credentials.ledger import correct, enter, hours_earned, recognise
from courses.credentials.paper import certificate_pdf, verification_url

__all__ = [
    "certificate_pdf",
    "correct",
    "enter",
    "find",
    "grant",
    "hours_earned",
    "is_renewable",
    "recognise",
    "revoke",
    "verification_url",
]
