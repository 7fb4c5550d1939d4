from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from courses.credentials.models import CreditEntry
from courses.training.models import Notice, Status
from courses.training.reminding.sentences import sentence

register = template.Library()
# Class and sign of each status: never told by colour alone.
LOOKS = {
    Status.OVERDUE: ("late", "!"),
    Status.BEHIND: ("upcoming", "▲"),
    Status.ON_TRACK: ("live", "●"),
    Status.DONE: ("done", "✓"),
}


@register.simple_tag
def status_word(status: str) -> SafeString:
    """A status as a word with its sign."""
    found = Status(status)
    look, sign = LOOKS.get(found, ("", "·"))
    return format_html('<span class="state {}"><span aria-hidden="true">{}</span> {}</span>', look, sign, found.label)


@register.filter
def titled(entry: CreditEntry) -> str:
    """What a line of the ledger was for, in the reader's language."""
    return entry.title(get_language() or "en")


@register.filter
def told(notice: Notice) -> str:
    """A notice as a sentence."""
    return sentence(notice)
