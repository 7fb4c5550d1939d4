import secrets
from datetime import UTC

from django.db import migrations


def fill(apps, editor):
    """Gives each certificate its place in the status list and its holder; each line its key, day and course."""
    certificate = apps.get_model("credentials", "Certificate")
    holder = apps.get_model("credentials", "CertificateHolder")
    entry = apps.get_model("credentials", "CreditEntry")
    topics = {topic.pk: topic for topic in apps.get_model("vocabulary", "Topic").objects.all()}

    def with_broader(found):
        slugs, steps = set(), list(found)
        while steps:
            topic = topics[steps.pop()]
            if topic.slug not in slugs:
                slugs.add(topic.slug)
                steps += [topic.broader_id] if topic.broader_id else []
        return sorted(slugs)

    taken = set()
    for row in certificate.objects.select_related("enrolment__learner").iterator():
        index = secrets.randbelow(131_072)
        while index in taken:
            index = secrets.randbelow(131_072)
        taken.add(index)
        language = row.enrolment.learner.preferred_language
        certificate.objects.filter(pk=row.pk).update(status_index=index, language=language)
        holder.objects.create(certificate=row, name=row.holder_name)
    for row in entry.objects.select_related("certificate__enrolment__course").iterator():
        enrolment = row.certificate.enrolment
        entry.objects.filter(pk=row.pk).update(
            key=f"completion:{enrolment.pk}",
            earned_on=row.entered_at.astimezone(UTC).date(),
            titles=row.certificate.course_titles,
            topics=with_broader(enrolment.course.topics.values_list("pk", flat=True)),
            audiences=sorted(enrolment.course.audiences.values_list("slug", flat=True)),
            course=enrolment.course,
        )


class Migration(migrations.Migration):
    # Not reversible: lines of events and corrections have no place in the ledger as it was.
    dependencies = [("credentials", "0003_ledger"), ("vocabulary", "0004_fill_licence_terms")]
    operations = [migrations.RunPython(fill)]
