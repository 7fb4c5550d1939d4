import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_first_versions"), ("enrolment", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="catalogue.courseversion",
            ),
        ),
    ]
