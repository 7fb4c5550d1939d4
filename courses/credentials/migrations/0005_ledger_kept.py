from django.db import migrations, models

from cms.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("credentials", "0004_fill_ledger")]

    operations = [
        migrations.RemoveField(
            model_name='certificate',
            name='holder_name',
        ),
        migrations.AlterField(
            model_name='creditentry',
            name='earned_on',
            field=models.DateField(help_text='In the time zone of the organisation.', verbose_name='earned'),
        ),
        migrations.AlterField(
            model_name='creditentry',
            name='key',
            field=models.CharField(max_length=80, unique=True),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('status_list', 'status_index'), name='certificate_status_place_once'),
        ),
        migrations.AddConstraint(
            model_name='creditentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', 'correction'), _negated=True), models.Q(('author__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='correction_says_who_and_why'),
        ),
        migrations.AddConstraint(
            model_name='creditentry',
            constraint=models.CheckConstraint(condition=models.Q(('source', 'correction'), ('hours__gte', 0), _connector='OR'), name='only_corrections_take'),
        ),
        migrations.AddConstraint(
            model_name='externaltraining',
            constraint=models.CheckConstraint(condition=models.Q(('decided_at__isnull', True), models.Q(('decided_by__isnull', False), ('recognised_hours__gte', 0), ('recognised_hours__isnull', False)), _connector='OR'), name='decision_says_who_and_how_many'),
        ),
        append_only("credentials_certificate"),
        append_only("credentials_creditentry"),
        append_only("credentials_revocation"),
    ]
