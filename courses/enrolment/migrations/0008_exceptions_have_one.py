from django.db import migrations


def fill(apps, schema_editor):
    """Where the person learned last when it was noted."""
    membership = apps.get_model("directory", "Membership")
    for row in apps.get_model("enrolment", "PlanException").objects.filter(organisation=None):
        places = membership.objects.filter(user=row.learner_id, role="learner").order_by("starts_on", "pk")
        place = places.filter(starts_on__lte=row.created_at.date()).last() or places.last()
        if place:
            row.organisation_id = place.organisation_id
            row.save(update_fields=["organisation"])


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0007_exception_organisation")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
