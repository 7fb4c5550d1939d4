"""Says what the licences that came with earlier versions permit."""

from django.db import migrations

TERMS = {
    "cc-by-4-0": {"spdx": "CC-BY-4.0"},
    "cc-by-sa-4-0": {"spdx": "CC-BY-SA-4.0", "requires_share_alike": True},
    "all-rights-reserved": {
        "permits_sharing": False,
        "permits_adaptation": False,
        "permits_commercial_use": False,
    },
}


def fill(apps, schema_editor):
    licences = apps.get_model("vocabulary", "Licence")._default_manager
    for slug, terms in TERMS.items():
        licences.filter(slug=slug, spdx="").update(**terms)


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0003_licence_terms_and_broader_topics")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
