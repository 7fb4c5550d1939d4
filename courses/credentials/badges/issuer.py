"""Who issues: a did:web identifier, its keys, and an Open Badges profile, published at /.well-known/."""

from urllib.parse import quote, urlsplit

from django.conf import settings

from courses.credentials.badges.linked_data import OB, VC, Json
from courses.credentials.badges.proofs import timestamp
from courses.credentials.models.keys import SigningKey

DID = "https://www.w3.org/ns/did/v1"
MULTIKEY = "https://w3id.org/security/multikey/v1"


def did() -> str:
    """did:web of the host at which the site is (W3C CCG, did:web Method Specification, section 2.5.1)."""
    return f"did:web:{quote(urlsplit(settings.BASE_URL).netloc, safe='')}"


def method_of(key: SigningKey) -> str:
    return f"{did()}#{key.public}"


def profile() -> Json:
    """The issuer as it stands in a credential (Open Badges 3.0, Profile)."""
    return {"id": did(), "type": ["Profile"], "name": settings.IMPRINT_ISSUER_NAME, "url": settings.BASE_URL}


def published_profile() -> Json:
    return {"@context": [VC, OB], **profile()}


def did_document() -> Json:
    """All keys that ever signed; those in use now are named once more as what asserts."""
    keys = list(SigningKey.objects.all())
    return {
        "@context": [DID, MULTIKEY],
        "id": did(),
        "verificationMethod": [_method(key) for key in keys],
        "assertionMethod": [method_of(key) for key in keys if key.revoked_at is None],
        "service": [{"id": f"{did()}#site", "type": "LinkedDomains", "serviceEndpoint": settings.BASE_URL}],
    }


def _method(key: SigningKey) -> Json:
    found = {"id": method_of(key), "type": "Multikey", "controller": did(), "publicKeyMultibase": key.public}
    if key.retired_at:
        found["expires"] = timestamp(key.retired_at)
    if key.revoked_at:
        found["revoked"] = timestamp(key.revoked_at)
    return found
