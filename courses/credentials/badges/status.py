"""The published list of revoked credentials (W3C, Bitstring Status List 1.0): one bit for each, most of them 0."""

import gzip
from base64 import urlsafe_b64encode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from courses.credentials.badges import issuer
from courses.credentials.badges.keys import current_key
from courses.credentials.badges.linked_data import VC, Json
from courses.credentials.badges.proofs import sign, timestamp
from courses.credentials.issuing import LIST_LENGTH
from courses.credentials.models import Certificate


def status_url(number: int) -> str:
    return settings.BASE_URL.rstrip("/") + reverse("well_known:status", args=[number])


def status_list(number: int) -> Json:
    """The list as a signed credential. The first bit is the leftmost; a list is never shorter than the standard's
    least, so that its length tells nothing."""
    bits = bytearray(LIST_LENGTH // 8)
    revoked = Certificate.objects.filter(status_list=number, revocation__isnull=False)
    for index in revoked.values_list("status_index", flat=True):
        bits[index // 8] |= 0x80 >> index % 8
    now, key = timezone.now(), current_key()
    document = {
        "@context": [VC],
        "id": status_url(number),
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did(),
        "validFrom": timestamp(now),
        "credentialSubject": {
            "id": f"{status_url(number)}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u" + urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("="),
        },
    }
    return sign(document, key.private(), issuer.method_of(key), now)


def exists(number: int) -> bool:
    """The first list is there from the beginning, the next ones when a certificate has its place there."""
    return number == 0 or Certificate.objects.filter(status_list=number).exists()
