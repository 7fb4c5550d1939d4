from collections.abc import Iterable

from django import template

from cms.guides.blocks import LinkValue

register = template.Library()


@register.filter
def readable_links(links: Iterable[LinkValue]) -> list[tuple[str, str]]:
    """Title and address of each link that leads somewhere in the reader's language."""
    return [found for link in links if (found := link.resolved())]
