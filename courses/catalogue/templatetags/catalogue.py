from django import template

from courses.catalogue.api import credit_hours_text

register = template.Library()
register.filter("credit_hours", credit_hours_text)
