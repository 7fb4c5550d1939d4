"""Asking another machine, which may be slow, endless or hostile: everything it sends has a limit."""

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter
from requests.utils import default_user_agent
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from cms.harvesting.errors import HarvestError

CHUNK = 64 * 1024
MOST_PATIENCE = 30  # seconds that a source may ask us to wait (Retry-After)
ATTEMPTS = 3


@dataclass(frozen=True)
class Limits:
    """Of one answer: bytes after decompression, and seconds. ``silence`` is the longest time without a byte."""

    size: int = 20 * 1024 * 1024
    seconds: float = 120
    silence: float = 30


class Fetcher:
    """Gets documents from one address. ``sleep`` takes seconds."""

    def __init__(self, url: str, limits: Limits | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self.url, self.limits, self.sleep = url, limits or Limits(), sleep
        self.line: socket.socket | None = None
        self.was_cut = False
        self.session = requests.Session()
        self.session.trust_env = False  # neither proxies nor passwords of this machine
        agent = f"Imprint (OAI-PMH harvester) {default_user_agent()}"
        self.session.headers.update({"User-Agent": agent, "Connection": "close"})
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, WatchedAdapter(self._connected))

    def get(self, arguments: Mapping[str, str]) -> bytes:
        """The answer’s content.

        :raises HarvestError: no answer, a refusal, or more than the limits allow
        """
        for attempt in range(ATTEMPTS):
            content, wait = self._tried(arguments)
            if content is not None:
                return content
            if attempt + 1 < ATTEMPTS:
                self.sleep(wait)
        raise HarvestError(_("The source is busy and asked to come back later."))

    def _tried(self, arguments: Mapping[str, str]) -> tuple[bytes | None, float]:
        """The content, or how many seconds to wait for it."""
        self.was_cut = False
        timer = Timer(self.limits.seconds, self._cut)
        timer.start()
        try:
            with self._ask(arguments) as response:
                wait = _asked_to_wait(response)
                content = self._content(response) if wait is None else None
        except requests.Timeout:
            raise HarvestError(_("The source did not answer in time.")) from None
        except (requests.RequestException, OSError):
            if not self.was_cut:
                raise HarvestError(_("The source cannot be reached.")) from None
            content, wait = None, None
        finally:
            timer.cancel()
        if self.was_cut:
            raise HarvestError(_("The source is too slow: its answer did not end in time."))
        return content, wait or 0

    def _ask(self, arguments: Mapping[str, str]) -> requests.Response:
        check_address(self.url)
        return self.session.get(
            self.url, params=arguments, timeout=self.limits.silence, stream=True, allow_redirects=False
        )

    def _content(self, response: requests.Response) -> bytes:
        if response.is_redirect:
            message = _("The source has moved to %(address)s. Change its address here, if that is right.")
            raise HarvestError(message % {"address": response.headers.get("Location", "")[:400]})
        if response.status_code != requests.codes.ok:
            raise HarvestError(_("The source answered with the error %(code)d.") % {"code": response.status_code})
        content = bytearray()
        for chunk in response.iter_content(CHUNK):
            content += chunk
            if len(content) > self.limits.size:
                size = self.limits.size // (1024 * 1024)
                raise HarvestError(_("The source sent more than %(size)d MB in one answer.") % {"size": size})
        return bytes(content)

    def _connected(self, line: socket.socket) -> None:
        """Looks at whom we are really talking to, before a word is said: a name may lead elsewhere the next time."""
        self.line = line
        check_ip(str(line.getpeername()[0]))

    def _cut(self) -> None:
        """Ends a conversation that drags on: a byte now and then would keep it alive for ever."""
        self.was_cut = True
        if self.line is not None:
            with suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)


class WatchedAdapter(HTTPAdapter):
    """Tells of every connection as soon as it stands."""

    def __init__(self, connected: Callable[[socket.socket], None]) -> None:
        self.connected = connected
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _watched(HTTPConnectionPool, self.connected),
            "https": _watched(HTTPSConnectionPool, self.connected),
        }


def _watched(pool: type[Any], connected: Callable[[socket.socket], None]) -> type[Any]:
    def connect(self: Any) -> None:
        pool.ConnectionCls.connect(self)
        connected(self.sock)

    connection = type("WatchedConnection", (pool.ConnectionCls,), {"connect": connect})
    return type("WatchedPool", (pool,), {"ConnectionCls": connection})


def _asked_to_wait(response: requests.Response) -> float | None:
    """The seconds of Retry-After (OAI-PMH 2.0, section 3.1.2.2), within our patience; None for any other answer."""
    if response.status_code not in {requests.codes.service_unavailable, requests.codes.too_many_requests}:
        return None
    asked = response.headers.get("Retry-After", "")
    seconds = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    if seconds > MOST_PATIENCE:
        raise HarvestError(_("The source is busy and asked to come back later."))
    return float(seconds)


def check_address(url: str) -> None:
    """Refuses what no partner has: another scheme, or a machine of our own network."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise HarvestError(_("The address of a source begins with http:// or https:// and has no password."))
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, proto=socket.IPPROTO_TCP)
    except (OSError, ValueError):
        raise HarvestError(_("The source cannot be reached.")) from None
    for *_rest, place in found:
        check_ip(str(place[0]))


def check_ip(address: str) -> None:
    if not settings.IMPRINT_HARVEST_PRIVATE and not ipaddress.ip_address(address.partition("%")[0]).is_global:
        raise HarvestError(_("The address of the source is in a private network."))
