"""Notices as sentences in the current language."""

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses.training.models import Notice


def sentence(notice: Notice) -> str:
    """What a person reads, in the application and in the letter."""
    certificate = notice.certificate
    values = {
        "plan": str(notice.plan or ""),
        "unit": str(notice.organisation or ""),
        "day": date_format(notice.day, "DATE_FORMAT") if notice.day else "",
        "course": certificate.course_title(get_language() or "en") if certificate else "",
        "number": notice.count,
    }
    if notice.kind == Notice.Kind.ESCALATION:
        text = ngettext(
            "%(number)d person of %(unit)s is overdue with “%(plan)s”, which was due on %(day)s.",
            "%(number)d people of %(unit)s are overdue with “%(plan)s”, which was due on %(day)s.",
            notice.count,
        )
        return text % values
    return {
        Notice.Kind.SOON: _("“%(plan)s” is due on %(day)s."),
        Notice.Kind.TOMORROW: _("“%(plan)s” is due on %(day)s: a day or less is left."),
        Notice.Kind.OVERDUE: _("“%(plan)s” was due on %(day)s and is not done."),
        Notice.Kind.NUDGE: _("Your coordinator reminds you of “%(plan)s”, due on %(day)s."),
        Notice.Kind.RENEWAL: _("Your entry in the register of intermediaries is valid until %(day)s. Have it renewed."),
        Notice.Kind.EXPIRING: _("Your certificate “%(course)s” is valid until %(day)s. Renew it by taking it again."),
    }[Notice.Kind(notice.kind)] % values
