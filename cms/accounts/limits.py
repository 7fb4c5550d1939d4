"""How often somebody may do what costs us or others: counted per address, and per account where there is one."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def allows(request: HttpRequest, action: str, most: int, seconds: int) -> bool:
    """Counts one more ``action``; false once there were more than ``most`` within ``seconds``."""
    # allauth knows the client behind a proxy as well as its own limits do.
    who = request.user.pk if request.user.is_authenticated else get_adapter().get_client_ip(request)
    return allows_for(str(who), action, most, seconds)


def allows_for(who: str, action: str, most: int, seconds: int) -> bool:
    """The same, counted for whomever or whatever ``who`` names, by whichever client it is done."""
    key = f"limit:{action}:{who}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, seconds)
        return True
