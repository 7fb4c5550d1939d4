from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import ClusterForm

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.vocabulary.forms import NamedForm, language_fields
from cms.vocabulary.slugs import free_slug
from courses.catalogue.models import Course
from courses.enrolment.models import Cohort, PlanAssignment, TrainingPlan
from courses.planning.people import learners_named

SECTIONS = (
    (_("Who owes it"), ("organisation", "audiences", "is_in_force")),
    (_("By when"), ("period", "year", "is_recurring", "days", "quiet_days", "escalation_days")),
    (
        _("What is owed"),
        ("hours", "is_prorated", "carry_over", "courses", "topics", "minimum_score", "counts_repeats"),
    ),
)
RESERVED = {"new"}  # words of our own addresses


class AssignmentForm(ClusterForm):
    """Whom the plan names; a person is named by their address."""

    email = forms.CharField(label=_("Person’s e-mail address"), required=False, max_length=254)

    class Meta:
        model = PlanAssignment
        fields = ["organisation", "grade", "cohort"]

    def limit_to(self, manager: User) -> None:
        """Offers the units and cohorts that ``manager`` manages, and what stands there already."""
        self.manager = manager
        managed = Organisation.objects.managed_by(manager)
        units = Organisation.objects.filter(Q(pk__in=managed) | Q(pk=self.instance.organisation_id))
        _offer(self, "organisation", units)
        _offer(self, "cohort", Cohort.objects.filter(Q(organisation__in=managed) | Q(pk=self.instance.cohort_id)))
        if self.instance.person_id:
            self.initial["email"] = self.instance.person.email

    def clean_email(self) -> str:
        text: str = self.cleaned_data["email"].strip()
        is_same = self.instance.person_id and text.lower() == self.instance.person.email.lower()
        if text and not is_same:
            found = learners_named(text, self.manager)
            if len(found) > 1:
                raise ValidationError(_("Name one person in each row."))
            self.instance.person = found[0]
        elif not text:
            self.instance.person = None
        return text


def _offer(form: forms.BaseForm, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = choices


class PlanForm(NamedForm[TrainingPlan], ClusterForm):
    """A plan that binds units which the person manages."""

    named = "title"

    class Meta:
        model = TrainingPlan
        fields = [
            *language_fields("title"),
            *(name for _heading, names in SECTIONS for name in names),
        ]
        widgets = dict.fromkeys(("audiences", "courses", "topics"), forms.CheckboxSelectMultiple)
        formsets = {"assignments": {"form": AssignmentForm, "fields": ["organisation", "grade", "cohort"], "extra": 2}}

    def __init__(self, *args: Any, manager: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager = manager
        managed = Organisation.objects.managed_by(manager)
        _offer(self, "organisation", managed)
        self.fields["organisation"].required = True
        self.fields["organisation"].help_text = _("It binds this body and those below it.")
        if not self.instance.organisation_id:
            self.initial["organisation"] = managed.first()
        chosen = self.instance.courses.all() if self.instance.pk else []
        offered = Q(is_published=True, current__isnull=False) | Q(pk__in=[course.pk for course in chosen])
        _offer(self, "courses", Course.objects.filter(offered))
        for form in self.assignments.forms:
            form.limit_to(manager)

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields as a coordinator thinks of them: who, by when, what."""
        return [(heading, [self[name] for name in names]) for heading, names in SECTIONS]

    @property
    def assignments(self) -> Any:
        return self.formsets["assignments"]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("period") == TrainingPlan.Period.JOINING and not values.get("days"):
            self.add_error("days", _("Say within how many days of joining it is owed."))
        if not (values.get("hours") or values.get("courses")):
            self.add_error("hours", _("Ask for hours, or for courses, or for both."))
        return values

    def save(self, commit: bool = True) -> TrainingPlan:
        plan = self.instance
        if not plan.slug:
            plan.slug = free_slug(TrainingPlan, self.cleaned_data["title_en"], "plan", RESERVED)
        for form in self.assignments.forms:
            if not form.instance.assigned_by_id:
                form.instance.assigned_by = self.manager
        saved: TrainingPlan = super().save(commit)
        return saved


class CohortForm(forms.ModelForm[Cohort]):
    addresses = forms.CharField(
        label=_("People"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        help_text=_("Their e-mail addresses, one a line. They must be learners of this unit or of one below it."),
    )

    class Meta:
        model = Cohort
        fields = ["title", "organisation"]

    def __init__(self, *args: Any, manager: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager = manager
        _offer(self, "organisation", Organisation.objects.managed_by(manager))
        if self.instance.pk:
            people = self.instance.people.order_by("email")
            self.initial["addresses"] = "\n".join(people.values_list("email", flat=True))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        body = values.get("organisation")
        if body is not None:
            try:
                values["people"] = learners_named(values.get("addresses", ""), self.manager, body)
            except ValidationError as error:
                self.add_error("addresses", error)
        return values

    def save(self, commit: bool = True) -> Cohort:
        cohort = super().save(commit)
        cohort.people.set(self.cleaned_data["people"])
        return cohort
