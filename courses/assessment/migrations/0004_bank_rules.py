import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0003_questions_to_banks")]

    operations = [
        migrations.RemoveField(
            model_name='question',
            name='quiz',
        ),
        migrations.AlterField(
            model_name='attempt',
            name='activity_key',
            field=models.UUIDField(help_text='The quiz in every version of its course.'),
        ),
        migrations.AlterField(
            model_name='option',
            name='match_key',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name='question',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(condition=models.Q(('submitted_at__isnull', True)), fields=('activity_key', 'learner'), name='one_open_attempt_per_quiz'),
        ),
        migrations.AlterField(
            model_name='question',
            name='bank',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='assessment.questionbank', verbose_name='bank'),
        ),
        migrations.DeleteModel(
            name='Response',
        ),
    ]
