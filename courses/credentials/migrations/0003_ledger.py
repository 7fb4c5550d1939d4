import courses.credentials.models.external
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from cms.append_only import lifted


class Migration(migrations.Migration):
    dependencies = [
        ('catalogue', '0007_training'),
        ('credentials', '0002_append_only'),
        ('directory', '0004_people_and_roles'),
        ('enrolment', '0006_training'),
        ('vocabulary', '0004_fill_licence_terms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        lifted("credentials_certificate"),
        lifted("credentials_creditentry"),
        migrations.CreateModel(
            name='CertificateHolder',
            fields=[
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='holder', serialize=False, to='credentials.certificate')),
                ('name', models.CharField(max_length=200, verbose_name='holder')),
            ],
            options={
                'verbose_name': 'holder',
                'verbose_name_plural': 'holders',
            },
        ),
        migrations.CreateModel(
            name='ExternalTraining',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=160, verbose_name='what it was')),
                ('provider', models.CharField(max_length=160, verbose_name='who gave it')),
                ('held_on', models.DateField(verbose_name='last day of it')),
                ('hours', models.DecimalField(decimal_places=1, max_digits=5, validators=[django.core.validators.MinValueValidator(0.5), django.core.validators.MaxValueValidator(200)], verbose_name='hours')),
                ('proof', models.FileField(storage=courses.credentials.models.external.proofs, upload_to=courses.credentials.models.external.proof_name, verbose_name='proof')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('recognised_hours', models.DecimalField(decimal_places=1, help_text='0 declines it.', max_digits=5, null=True, verbose_name='recognised hours')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'external training',
                'verbose_name_plural': 'external trainings',
                'ordering': ['-asked_at'],
            },
        ),
        migrations.CreateModel(
            name='Revocation',
            fields=[
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='revocation', serialize=False, to='credentials.certificate')),
                ('reason', models.CharField(max_length=400, verbose_name='reason')),
                ('revoked_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'revocation',
                'verbose_name_plural': 'revocations',
            },
        ),
        migrations.AlterModelOptions(
            name='creditentry',
            options={'ordering': ['-earned_on', '-pk'], 'verbose_name': 'credit entry', 'verbose_name_plural': 'credit entries'},
        ),
        migrations.AddField(
            model_name='certificate',
            name='expires_on',
            field=models.DateField(help_text='The last day on which it is valid.', null=True, verbose_name='expires'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('zh-hans', '简体中文'), ('fr', 'Français'), ('es', 'Español'), ('ru', 'Русский'), ('ar', 'العربية')], default='en', max_length=10),
        ),
        migrations.AddField(
            model_name='certificate',
            name='score',
            field=models.PositiveSmallIntegerField(help_text='Percent; empty for what is not assessed.', null=True),
        ),
        migrations.AddField(
            model_name='certificate',
            name='status_index',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='certificate',
            name='status_list',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='audiences',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='course',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.course'),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='earned_on',
            field=models.DateField(null=True, help_text='In the time zone of the organisation.', verbose_name='earned'),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='key',
            field=models.CharField(default='', max_length=80),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='plan',
            field=models.ForeignKey(help_text='It counts for this one only.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enrolment.trainingplan'),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='reason',
            field=models.CharField(blank=True, max_length=400, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='score',
            field=models.PositiveSmallIntegerField(help_text='Percent; empty for what is not assessed.', null=True),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='source',
            field=models.CharField(choices=[('course', 'Completed course'), ('event', 'Attended event'), ('external', 'Recognised training'), ('correction', 'Correction')], default='course', max_length=12, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='titles',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='creditentry',
            name='topics',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='creditentry',
            name='certificate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credit_entries', to='credentials.certificate'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['expires_on'], name='certificate_expiry'),
        ),
        migrations.AddIndex(
            model_name='creditentry',
            index=models.Index(fields=['learner', 'earned_on'], name='ledger_of_a_person'),
        ),
        migrations.AddField(
            model_name='externaltraining',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='externaltraining',
            name='learner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='external_trainings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='externaltraining',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='externaltraining',
            name='topics',
            field=models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic', verbose_name='topics'),
        ),
        migrations.AddField(
            model_name='revocation',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
