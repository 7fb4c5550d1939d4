import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_first_versions")]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, editable=False, help_text='The same activity in every version.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('module', 'key'), name='activity_key_once_per_module'),
        ),
    ]
