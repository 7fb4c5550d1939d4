from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.credentials.issuing import is_renewable
from courses.credentials.models import Certificate

register = template.Library()


@register.filter
def course_title(certificate: Certificate) -> str:
    """The title of its course in the reader's language."""
    return certificate.course_title(get_language() or "en")


@register.simple_tag
def standing_word(certificate: Certificate) -> SafeString:
    """Whether it is valid, as a word with a sign: never told by colour alone."""
    words = {
        "valid": ("done", "✓", _("Valid")),
        "expiring": ("upcoming", "▲", _("Expires soon")),
        "expired": ("late", "!", _("Expired")),
        "revoked": ("late", "×", _("Revoked")),
    }
    return format_html(
        '<span class="state {}"><span aria-hidden="true">{}</span> {}</span>', *words[certificate.standing()]
    )


@register.simple_tag
def can_renew(certificate: Certificate) -> bool:
    return is_renewable(certificate)
