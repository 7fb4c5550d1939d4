"""How often somebody may do what costs us or others: counted per address, and per account where there is one."""

from django.core.cache import cache
from django.http import HttpRequest


def allows(request: HttpRequest, action: str, most: int, seconds: int) -> bool:
    """Counts one more ``action``; false once there were more than ``most`` within ``seconds``."""
    who = request.user.pk if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")
    key = f"limit:{action}:{who}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, seconds)
        return True
