from django.db import migrations

from cms.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("intermediaries", "0001_initial")]
    operations = [
        append_only("intermediaries_paperresult"),
        append_only("intermediaries_statuschange"),
        append_only("intermediaries_renewal"),
    ]
