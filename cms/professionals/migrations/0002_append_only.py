from django.db import migrations

from cms.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("professionals", "0001_initial")]
    operations = [append_only("professionals_consent")]
