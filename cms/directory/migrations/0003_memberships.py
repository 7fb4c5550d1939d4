import datetime

import django.db.models.deletion
import django.db.models.functions
from django.conf import settings
from django.db import migrations, models

import cms.directory.roles
import cms.directory.zones


def first_days(apps, editor):
    membership = apps.get_model("directory", "Membership")
    membership.objects.update(starts_on=django.db.models.functions.TruncDate("joined_at", tzinfo=datetime.UTC))


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_organisation_logo"),
        ("vocabulary", "0001_initial"),
        ("wagtailimages", "0027_image_description"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "membership",
            "starts_on",
            models.DateField(default=cms.directory.roles.today, verbose_name="first day"),
        ),
        migrations.RunPython(first_days, migrations.RunPython.noop),
    ]
