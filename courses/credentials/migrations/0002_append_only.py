from django.db import migrations

from cms.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_initial")]
    operations = [append_only("credentials_certificate"), append_only("credentials_creditentry")]
