"""Says for the lessons of earlier versions what they bring along and where their grades end."""

from django.db import migrations


def fill(apps, schema_editor):
    lessons = apps.get_model("plans", "LessonPlanPage").objects
    for lesson in lessons.all():
        kinds = {attachment.kind for attachment in lesson.attachments.all()}
        kinds |= {"worksheet"} if lesson.worksheets else set()
        order = ["worksheet", "slides", "picture", "video", "audio", "reading", "other"]
        found = "".join(f"|{kind}" for kind in order if kind in kinds) + "|" * bool(kinds)
        lessons.filter(pk=lesson.pk).update(material_types=found, grade_to=lesson.grade_to or lesson.grade_from)


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_programmes")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
