from collections.abc import Collection

from django.db.models import Model
from django.utils.crypto import get_random_string
from django.utils.text import slugify

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none is mistaken for another
LONGEST = 40


def free_slug(model: type[Model], text: str, kind: str, reserved: Collection[str] = ()) -> str:
    """A slug that no other row has; a text without Latin letters gets its kind and letters by lot."""
    base = slugify(text)[:LONGEST] or f"{kind}-{get_random_string(6, LETTERS)}"
    rows = model._default_manager.filter(slug__startswith=base)
    taken = {*rows.values_list("slug", flat=True), *reserved}
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 2))
    return next(slug for slug in (base, *numbered) if slug not in taken)
