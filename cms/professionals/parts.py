"""The parts of a profile that its owner may show or keep back. Names, headline and fields are always shown: without
them nobody could be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Part(models.TextChoices):
    ABOUT = "about", _("About me")
    REGION = "region", _("Region")
    LANGUAGES = "languages", _("Languages")
    SECTORS = "sectors", _("Industries")
    POST = "post", _("Posts")
    EDUCATION = "education", pgettext_lazy("profile", "Education")
    QUALIFICATION = "qualification", _("Qualifications")
    PUBLICATION = "publication", _("Publications")
    POOLS = "pools", _("Talent pools")
    TEACHING = "teaching", _("Teaching")


# The parts that consist of claims, each with where it comes from.
CLAIMED = (Part.POST, Part.EDUCATION, Part.QUALIFICATION, Part.PUBLICATION)
