"""What courses store about people. Records of training are kept: an organisation must be able to prove it."""

from cms.personal_data import BLANK, KEEP, Kind
from courses.rosters.api import forget

YEAR = 365

KINDS = (
    Kind("player.Note", ("enrolment__learner",)),
    Kind("catalogue.Review", ("learner",)),
    Kind("discussion.Post", ("enrolment__learner",)),
    Kind("assignment.Marking", ("submission__enrolment__learner",), on_erasure=KEEP),
    Kind(
        "assignment.Submission",
        ("enrolment__learner",),
        on_erasure=BLANK,
        blank={"text": "", "file": "", "file_name": ""},
        files=("file",),
        hidden=("form_key",),
    ),
    Kind("assessment.Accommodation", ("learner",)),
    Kind("assessment.AttemptQuestion", ("attempt__learner",), on_erasure=KEEP, hidden=("content",)),
    Kind("assessment.Attempt", ("learner",), on_erasure=KEEP),
    Kind("records.Statement", ("enrolment__learner",), on_erasure=KEEP),
    Kind("records.EnrolmentProgress", ("enrolment__learner",), on_erasure=KEEP),
    Kind("records.CountedTime", ("learner",), on_erasure=KEEP),
    Kind("credentials.CertificateHolder", ("certificate__enrolment__learner",)),
    Kind("credentials.Revocation", ("certificate__enrolment__learner",), on_erasure=KEEP),
    Kind("credentials.CreditEntry", ("learner",), on_erasure=KEEP),
    Kind("credentials.Certificate", ("enrolment__learner",), on_erasure=KEEP),
    Kind("credentials.ExternalTraining", ("learner",), on_erasure=BLANK, blank={"proof": ""}, files=("proof",)),
    Kind("enrolment.PlanException", ("learner",), on_erasure=KEEP),
    Kind("enrolment.PlanAssignment", ("person",), on_erasure=KEEP),
    Kind("enrolment.Enrolment", ("learner",), on_erasure=KEEP),
    Kind(
        "competence_map.CompetenceEvidence",
        ("learner",),
        on_erasure=BLANK,
        blank={"proof": "", "text": ""},
        files=("proof",),
        hidden=("decided_by",),
    ),
    Kind("intermediaries.PaperResult", ("person",), on_erasure=KEEP),
    Kind("intermediaries.Practice", ("person",), on_erasure=KEEP, hidden=("decided_by",)),
    Kind("intermediaries.Application", ("person",), on_erasure=KEEP, hidden=("decided_by",)),
    Kind("intermediaries.Objection", ("person",), on_erasure=KEEP, hidden=("decided_by",)),
    # A public register is kept by law: the entry stays, and leads to no account any more.
    Kind("intermediaries.StatusChange", ("entry__user",), on_erasure=KEEP, hidden=("author",)),
    Kind("intermediaries.Renewal", ("entry__user",), on_erasure=KEEP, hidden=("author",)),
    Kind("intermediaries.IntegrityRecord", ("entry__user",), on_erasure=KEEP, hidden=("entered_by",)),
    Kind("intermediaries.RegisterEntry", ("user",), on_erasure=BLANK, blank={"user": None}),
    Kind("training.Notice", ("person",), days=2 * YEAR, age="made_at", hidden=("key",)),
    Kind("training.Obligation", ("learner",), on_erasure=KEEP),
    # A roster has the names of many people in its file; what it did can be undone for three months.
    Kind(
        "rosters.Roster",
        ("author",),
        on_erasure=KEEP,
        days=90,
        age="created_at",
        when_old=BLANK,
        blank={"file": ""},
        files=("file",),
        forget=forget,
    ),
    Kind("reports.SavedReport", ("owner",)),
    Kind("reports.Delivery", ("reader",), days=YEAR, age="sent_at"),
    Kind("evidence.Evidence", ("author",), on_erasure=KEEP),
)
