"""Passing a page on, counted without watching anyone: the link leads through us to where it is shared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Channel:
    """A way to pass an address on; ``address`` makes the channel's own from ours and the title."""

    slug: str
    label: str | Promise
    address: Callable[[str, str], str]


def _with(base: str, **names: str) -> Callable[[str, str], str]:
    """An address with our address and the title in the parameters that the channel calls so."""
    return lambda url, title: (
        f"{base}?{urlencode({name: url if what == 'url' else title for name, what in names.items()})}"
    )


CHANNELS = {
    channel.slug: channel
    for channel in (
        Channel("mail", _("E-mail"), lambda url, title: f"mailto:?subject={quote(title)}&body={quote(url)}"),
        Channel("weibo", _("Weibo"), _with("https://service.weibo.com/share/share.php", url="url", title="title")),
        Channel("whatsapp", "WhatsApp", lambda url, title: f"https://wa.me/?{urlencode({'text': f'{title} {url}'})}"),
        Channel("telegram", "Telegram", _with("https://t.me/share/url", url="url", text="title")),
        Channel("vk", _("VK"), _with("https://vk.com/share.php", url="url", title="title")),
        Channel("facebook", "Facebook", _with("https://www.facebook.com/sharer/sharer.php", u="url")),
        Channel("linkedin", "LinkedIn", _with("https://www.linkedin.com/sharing/share-offsite/", url="url")),
    )
}


def share_links(page: Any) -> list[tuple[Channel, str]]:
    """Each channel with the address that counts and leads there."""
    return [
        (channel, reverse("campaigns:share", args=[page.translation_key, channel.slug]))
        for channel in CHANNELS.values()
    ]
